import { assert, assertEquals } from "@std/assert";
import { attributeOf, classOf, labelIn } from "../../lib/model/look_up.ts";
import type { Attribute, Model } from "../../lib/model/model.ts";
import { readModel } from "../../lib/model/file/read_model.ts";
import { resolveModel } from "../../lib/model/file/resolve_model.ts";
import { changedText, type Changes, LIBRARY_TEXT } from "./changed_model.ts";

function modelOf(text: string): Model {
  const reading = readModel(text);
  assert(reading.ok);
  return reading.model;
}

const library = modelOf(LIBRARY_TEXT);

function attribute(model: Model, modelClass: string, code: string): Attribute {
  return attributeOf(classOf(model, modelClass), code);
}

function changedModel(changes: Changes): Model {
  return modelOf(changedText(changes));
}

function label(model: Model, modelClass: string, code: string, language: string): string {
  return labelIn(attribute(model, modelClass, code).labels, language, model, code);
}

Deno.test("a file that was checked resolves to the same model without its checks", () => {
  const reading = readModel(LIBRARY_TEXT);
  assert(reading.ok);
  assertEquals(resolveModel(JSON.parse(JSON.stringify(reading.file))), reading.model);
});

Deno.test("a subclass has the attributes of its parent first, then its own, then the generated ones", () => {
  assertEquals([...classOf(library, "Film").attributes.keys()], [
    "title",
    "genre_id",
    "price",
    "status",
    "loans",
    "minutes",
    "finalclass",
    "friendlyname",
    "obsolescence_flag",
    "obsolescence_date",
    "genre_id_friendlyname",
  ]);
});

Deno.test("parents, roots and the classes that have objects are known", () => {
  const facts = ["Item", "Book", "Film", "Loan"].map((code) => {
    const { parent, root, abstract, concreteClasses } = classOf(library, code);
    return { parent, root, abstract, concreteClasses };
  });
  assertEquals(facts, [
    { parent: null, root: "Item", abstract: true, concreteClasses: ["Book", "Film"] },
    { parent: "Item", root: "Item", abstract: false, concreteClasses: ["Book"] },
    { parent: "Item", root: "Item", abstract: false, concreteClasses: ["Film"] },
    { parent: null, root: "Loan", abstract: false, concreteClasses: ["Loan"] },
  ]);
});

Deno.test("a parent may stand behind its subclass in the file", () => {
  const model = changedModel({ "Comic": { parent: "Manga" }, "Manga": { parent: "Book" } });
  assertEquals(classOf(model, "Comic").root, "Item");
  assertEquals(classOf(model, "Item").concreteClasses, ["Book", "Manga", "Comic", "Film"]);
});

Deno.test("an inherited attribute knows who declared it", () => {
  assertEquals(attribute(library, "Book", "title").declaredBy, "Item");
  assertEquals(attribute(library, "Book", "isbn").declaredBy, "Book");
  assertEquals(attribute(library, "Book", "genre_id_friendlyname").declaredBy, "Item");
});

Deno.test("a subclass may change a label in one language, and keeps the other", () => {
  assertEquals(label(library, "Book", "title", "EN GB"), "Book title");
  assertEquals(label(library, "Book", "title", "FR FR"), "Titre");
  assertEquals(label(library, "Film", "title", "EN GB"), "Title");
});

Deno.test("what a file leaves out has its default", () => {
  const title = attribute(library, "Book", "title");
  assert(title.kind === "string");
  assertEquals({ ...title, labels: 0, aliases: 0 }, {
    kind: "string",
    code: "title",
    declaredBy: "Item",
    labels: 0,
    aliases: 0,
    nullAllowed: false,
    default: "",
    maxLength: 255,
    countsCase: false,
  } as unknown);
  const note = attribute(library, "Loan", "note");
  assert(note.kind === "text");
  assertEquals([note.maxLength, note.nullAllowed], [65535, true]);
  const key = attribute(library, "Loan", "item_id");
  assert(key.kind === "external_key");
  assertEquals([key.hierarchical, key.onDelete], [false, "restrict"]);
});

Deno.test("defaults, lengths, digits and values are taken from the file", () => {
  const isbn = attribute(library, "Book", "isbn");
  assert(isbn.kind === "string");
  assertEquals([isbn.maxLength, isbn.aliases.get("EN GB")], [17, ["ISBN-13"]]);
  const referenceOnly = attribute(library, "Book", "reference_only");
  assert(referenceOnly.kind === "boolean");
  assertEquals(referenceOnly.default, "no");
  const price = attribute(library, "Film", "price");
  assert(price.kind === "decimal");
  assertEquals([price.digits, price.decimals, price.default], [8, 2, null]);
  const status = attribute(library, "Film", "status");
  assert(status.kind === "enum");
  assertEquals(status.values.map((value) => [value.code, value.labels.get("FR FR")]), [
    ["on_shelf", "En rayon"],
    ["lent", "Prêté"],
    ["lost", "Perdu"],
  ]);
  assertEquals(status.default, "on_shelf");
});

Deno.test("the values of an enum may be codes, codes with labels, or an object", () => {
  const values = [["a", "b"], [{ code: "a" }, { code: "b", labels: "Bee" }], { a: "A", b: { "FR FR": "Bé" } }];
  const found = values.map((entry) => {
    const role = attribute(changedModel({ "Film.attributes.side": { kind: "enum", values: entry } }), "Film", "side");
    assert(role.kind === "enum");
    return role.values.map((value) => `${value.code}: ${[...value.labels].join()}`);
  });
  assertEquals(found, [["a: ", "b: "], ["a: ", "b: EN GB,Bee"], ["a: EN GB,A", "b: FR FR,Bé"]]);
});

Deno.test("generated attributes have English and French labels", () => {
  const codes = ["finalclass", "friendlyname", "obsolescence_flag", "obsolescence_date", "genre_id_friendlyname"];
  assertEquals(codes.map((code) => [label(library, "Book", code, "EN GB"), label(library, "Book", code, "FR FR")]), [
    ["Item sub-class", "Sous-classe de Document"],
    ["Full name", "Nom complet"],
    ["Obsolete", "Obsolète"],
    ["Obsolescence date", "Date d'obsolescence"],
    ["Genre", "Genre"],
  ]);
});

Deno.test("an external field without label gets those of its key and its target", () => {
  assertEquals(label(library, "Authorship", "author_name", "FR FR"), "Author->Nom");
  assertEquals(label(library, "Loan", "item_id_finalclass_recall", "FR FR"), "Item->Sous-classe de Document");
  assertEquals(label(library, "Loan", "item_id_obsolescence_flag", "EN GB"), "Item->Obsolete");
});

Deno.test("only classes of a hierarchy have a real class, only those that age an obsolescence", () => {
  assertEquals([...classOf(library, "Genre").attributes.keys()], [
    "name",
    "parent_id",
    "parent_name",
    "friendlyname",
    "parent_id_friendlyname",
  ]);
  assertEquals(classOf(library, "Loan").attributes.has("item_id_finalclass_recall"), true);
  assertEquals(classOf(library, "Authorship").attributes.has("book_id_finalclass_recall"), false);
  assertEquals(classOf(library, "Authorship").attributes.has("book_id_obsolescence_flag"), true);
});

Deno.test("obsolescence in one subclass belongs to the whole hierarchy", () => {
  const model = changedModel({
    "Item.obsolete_when": undefined,
    "Film.obsolete_when": { attribute: "status", value: "lost" },
  });
  assert(classOf(model, "Book").attributes.has("obsolescence_flag"));
  assertEquals(classOf(model, "Book").obsoleteWhen, null);
  assertEquals(classOf(model, "Film").obsoleteWhen, { attribute: "status", value: "lost" });
});

Deno.test("keys, name, rules and obsolescence are inherited unless a class says otherwise", () => {
  const book = classOf(library, "Book");
  assertEquals(book.reconciliationKeys, ["isbn"]);
  assertEquals(book.friendlyName, [{ attribute: "title" }]);
  assertEquals(book.obsoleteWhen, { attribute: "status", value: "lost" });
  assertEquals(book.uniquenessRules.map(({ name, declaredBy, unlessEmpty }) => ({ name, declaredBy, unlessEmpty })), [
    { name: "isbn", declaredBy: "Book", unlessEmpty: ["isbn"] },
  ]);
  const film = classOf(library, "Film");
  assertEquals([film.reconciliationKeys, film.uniquenessRules], [["title"], []]);
});

Deno.test("a friendly name that nobody wrote is the name, else the first key", () => {
  assertEquals(classOf(library, "Author").friendlyName, [{ attribute: "name" }]);
  const model = changedModel({ "Loan.friendly_name": undefined });
  assertEquals(classOf(model, "Loan").friendlyName, [{ attribute: "item_id" }]);
});

Deno.test("a template is cut into texts and attributes", () => {
  assertEquals(classOf(library, "Loan").friendlyName, [
    { attribute: "item_id_friendlyname" },
    { text: ", " },
    { attribute: "reader" },
  ]);
});

Deno.test("a uniqueness rule without message gets one", () => {
  const [rule] = classOf(library, "Authorship").uniquenessRules;
  assertEquals([...rule?.messages ?? []], [["EN GB", "Another Authorship has the same Book, Author"]]);
});

Deno.test("an external field that stands for a key generates what a key does", () => {
  const model = changedModel({
    "Loan.attributes.genre": { kind: "external_field", key: "item_id", attribute: "genre_id" },
  });
  const field = attribute(model, "Loan", "genre_friendlyname");
  assert(field.kind === "external_field");
  assertEquals([field.key, field.attribute], ["item_id", "genre_id_friendlyname"]);
  assertEquals(label(model, "Loan", "genre_friendlyname", "EN GB"), "Item->Genre");
});

Deno.test("what a file says of a generated attribute wins, and it keeps its place", () => {
  const model = changedModel({ "Genre.attributes.parent_id_friendlyname": { labels: { "FR FR": "Au-dessus" } } });
  assertEquals(label(model, "Genre", "parent_id_friendlyname", "FR FR"), "Au-dessus");
  assertEquals(label(model, "Genre", "parent_id_friendlyname", "EN GB"), "Parent");
  assertEquals([...classOf(model, "Genre").attributes.keys()].at(-1), "parent_id_friendlyname");
});

Deno.test("profiles have their grants; a description that nobody wrote is the name", () => {
  assertEquals(library.profiles, [
    { id: 1, name: "Administrator", description: "Administrator", administrator: true, bulkWrite: [] },
    {
      id: 2,
      name: "Librarian",
      description: "Looks after books and films",
      administrator: false,
      bulkWrite: ["Item", "Author", "Authorship"],
    },
  ]);
});
