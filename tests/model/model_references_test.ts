/** Mistakes in what one part of a model says of another. */
import { assertEquals } from "@std/assert";
import { changedText, type Changes, problemsAfter, problemsIn } from "./changed_model.ts";

const KEY = { kind: "external_key", target: "Author" };

const CASES: readonly (readonly [string, Changes, readonly string[]])[] = [
  ["a parent that does not exist", { "Book.parent": "Itme" }, ["unknown_class at $.classes.Book.parent"]],
  ["parents in a circle", { "Item.parent": "Book" }, ["parent_cycle at $.classes.Item.parent"]],
  ["a class that is its own parent", { "Author.parent": "Author" }, ["parent_cycle at $.classes.Author.parent"]],
  ["a target that does not exist", { "Authorship.attributes.author_id.target": "Autor" }, [
    "unknown_class at $.classes.Authorship.attributes.author_id.target",
  ]],
  ["an external field without its key", { "Authorship.attributes.author_name.key": "autor_id" }, [
    "unknown_attribute at $.classes.Authorship.attributes.author_name.key",
  ]],
  ["an external field by an attribute that is no key", { "Authorship.attributes.author_name.key": "role" }, [
    "unsuitable_attribute at $.classes.Authorship.attributes.author_name.key",
  ]],
  [
    "an external field of an attribute that the target lacks",
    { "Authorship.attributes.author_name.attribute": "nam" },
    [
      "unknown_attribute at $.classes.Authorship.attributes.author_name.attribute",
    ],
  ],
  ["an external field of a link set", { "Authorship.attributes.author_name.attribute": "books" }, [
    "unsuitable_attribute at $.classes.Authorship.attributes.author_name.attribute",
  ]],
  ["a link class that does not exist", { "Book.attributes.authors.link_class": "Authorships" }, [
    "unknown_class at $.classes.Book.attributes.authors.link_class",
  ]],
  ["a link class that is abstract", { "Authorship.abstract": true }, [
    "link_class_abstract at $.classes.Author.attributes.books.link_class",
    "link_class_abstract at $.classes.Book.attributes.authors.link_class",
  ]],
  ["a link set whose key leads to another class", { "Book.attributes.authors.key_to_this": "author_id" }, [
    "unsuitable_attribute at $.classes.Book.attributes.authors.key_to_this",
    "same_keys at $.classes.Book.attributes.authors.key_to_remote",
  ]],
  ["a link set whose key is no key", { "Book.attributes.authors.key_to_this": "role" }, [
    "unsuitable_attribute at $.classes.Book.attributes.authors.key_to_this",
  ]],
  ["a link set whose remote key does not exist", { "Book.attributes.authors.key_to_remote": "writer_id" }, [
    "unknown_attribute at $.classes.Book.attributes.authors.key_to_remote",
  ]],
  ["a link set whose remote key is no key", { "Book.attributes.authors.key_to_remote": "role" }, [
    "unsuitable_attribute at $.classes.Book.attributes.authors.key_to_remote",
  ]],
  ["a list of a class that does not exist", { "Item.attributes.loans.listed_class": "Loans" }, [
    "unknown_class at $.classes.Item.attributes.loans.listed_class",
  ]],
  ["a list by a key to another class", {
    "Item.attributes.loans.listed_class": "Authorship",
    "Item.attributes.loans.key_to_this": "author_id",
  }, ["unsuitable_attribute at $.classes.Item.attributes.loans.key_to_this"]],
  ["a hierarchical key to another class", { "Loan.attributes.item_id.hierarchical": true }, [
    "hierarchy_elsewhere at $.classes.Loan.attributes.item_id.target",
  ]],
  ["set_null on a key that needs a value", { "Loan.attributes.item_id.on_delete": "set_null" }, [
    "set_null_not_allowed at $.classes.Loan.attributes.item_id.on_delete",
  ]],
  ["a reconciliation key that is no attribute", { "Book.reconciliation_keys": ["isbn", "titel"] }, [
    "unknown_attribute at $.classes.Book.reconciliation_keys[1]",
  ]],
  ["a reconciliation key that is a link set", { "Book.reconciliation_keys": ["authors"] }, [
    "unsuitable_attribute at $.classes.Book.reconciliation_keys[0]",
  ]],
  ["a friendly name with an unknown attribute", { "Loan.friendly_name": "{reder} {lent_on}" }, [
    "unknown_attribute at $.classes.Loan.friendly_name",
  ]],
  ["a friendly name with a list", { "Item.friendly_name": "{title} {loans}" }, [
    "unsuitable_attribute at $.classes.Item.friendly_name",
  ]],
  ["a friendly name with a lone brace", { "Item.friendly_name": "{title" }, [
    "template_braces at $.classes.Item.friendly_name",
    "template_without_attribute at $.classes.Item.friendly_name",
  ]],
  ["a friendly name that is the same for all", { "Item.friendly_name": "Thing" }, [
    "template_without_attribute at $.classes.Item.friendly_name",
  ]],
  ["a class whose objects have no name", {
    "Loan.friendly_name": undefined,
    "Loan.reconciliation_keys": undefined,
  }, ["no_friendly_name at $.classes.Loan"]],
  ["obsolescence by an attribute that is no enum", { "Item.obsolete_when.attribute": "title" }, [
    "unsuitable_attribute at $.classes.Item.obsolete_when.attribute",
  ]],
  ["obsolescence by an unknown attribute", { "Item.obsolete_when.attribute": "state" }, [
    "unknown_attribute at $.classes.Item.obsolete_when.attribute",
  ]],
  ["obsolescence by an unknown value", { "Item.obsolete_when.value": "Lost" }, [
    "not_one_of at $.classes.Item.obsolete_when.value",
  ]],
  ["a uniqueness rule over an unknown attribute", { "Genre.unique.0.attributes": ["name", "parent"] }, [
    "unknown_attribute at $.classes.Genre.unique[0].attributes[1]",
  ]],
  ["a uniqueness rule over an external field", { "Genre.unique.0.attributes": ["parent_name"] }, [
    "unsuitable_attribute at $.classes.Genre.unique[0].attributes[0]",
  ]],
  ["a uniqueness rule unless an unknown attribute is empty", { "Genre.unique.0.unless_empty": ["nam"] }, [
    "unknown_attribute at $.classes.Genre.unique[0].unless_empty[0]",
  ]],
  ["a uniqueness message with an unknown attribute", { "Genre.unique.0.messages": { "FR FR": "{nom}" } }, [
    'unknown_attribute at $.classes.Genre.unique[0].messages["FR FR"]',
  ]],
  ["a rule whose name is inherited", { "Item.unique": [{ name: "isbn", attributes: ["title"] }] }, [
    "repeated_item at $.classes.Book.unique[0].name",
  ]],
  ["a friendly name that is made of itself", { "Genre.friendly_name": "{parent_id_friendlyname} / {name}" }, [
    "name_cycle at $.classes.Genre.friendly_name",
  ]],
  ["two friendly names that are made of each other", {
    "Genre.attributes.first_id": { ...KEY, target: "Item" },
    "Genre.friendly_name": "{first_id_friendlyname}",
    "Item.friendly_name": "{title}, {genre_id_friendlyname}",
  }, ["name_cycle at $.classes.Genre.friendly_name"]],
  ["external fields that stand for each other", {
    "Author.attributes.genre_id": { kind: "external_key", target: "Genre" },
    "Author.attributes.taste": { kind: "external_field", key: "genre_id", attribute: "taste" },
    "Genre.attributes.founder_id": KEY,
    "Genre.attributes.taste": { kind: "external_field", key: "founder_id", attribute: "taste" },
  }, ["name_cycle at $.classes.Author.attributes.taste"]],
  ["an organisation in a model without organisations", { "Item.organization": "genre_id" }, [
    "organizations_missing at $.classes.Item.organization",
  ]],
];

for (const [what, changes, expected] of CASES) {
  Deno.test(`found in the references of a model: ${what}`, () => assertEquals(problemsAfter(changes), expected));
}

Deno.test("an unknown name comes with the nearest one", () => {
  assertEquals(problemsIn(changedText({ "Book.parent": "Itm" })), [
    { kind: "unknown_class", path: "$.classes.Book.parent", name: "Itm", nearest: "Item" },
  ]);
});

Deno.test("a circle of parents names its classes", () => {
  assertEquals(problemsIn(changedText({ "Item.parent": "Book" })), [
    { kind: "parent_cycle", path: "$.classes.Item.parent", classes: ["Item", "Book", "Item"] },
  ]);
});

Deno.test("a circle of names tells the way round", () => {
  const problems = problemsIn(changedText({ "Genre.friendly_name": "{parent_id_friendlyname}" }));
  assertEquals(problems, [{
    kind: "name_cycle",
    path: "$.classes.Genre.friendly_name",
    attributes: ["Genre.friendlyname", "Genre.parent_id_friendlyname", "Genre.friendlyname"],
  }]);
});

const ORGANIZATIONS: Changes = {
  "$.organizations": { class: "Genre", parent: "parent_id" },
  "Genre.organization": "id",
};

Deno.test("a tree of organisations, a key to it and a field that stands for one are good", () => {
  const changes = {
    ...ORGANIZATIONS,
    "Item.organization": "genre_id",
    "Loan.organization": "genre",
    "Loan.attributes.genre": { kind: "external_field", key: "item_id", attribute: "genre_id" },
  };
  assertEquals(problemsAfter(changes), []);
});

const ORGANIZATION_CASES: readonly (readonly [string, Changes, readonly string[]])[] = [
  ["an unknown class", { "$.organizations": { class: "Genr" } }, ["unknown_class at $.organizations.class"]],
  ["an unknown parent", { "$.organizations": { class: "Genre", parent: "above" } }, [
    "unknown_attribute at $.organizations.parent",
  ]],
  ["a parent that is no hierarchical key", { "$.organizations": { class: "Item", parent: "genre_id" } }, [
    "unsuitable_attribute at $.organizations.parent",
  ]],
  ["id in another class", { ...ORGANIZATIONS, "Film.organization": "id" }, [
    "organization_id_elsewhere at $.classes.Film.organization",
  ]],
  ["an attribute that is no key", { ...ORGANIZATIONS, "Film.organization": "minutes" }, [
    "unsuitable_attribute at $.classes.Film.organization",
  ]],
  ["a key to another class", { ...ORGANIZATIONS, "Loan.organization": "item_id" }, [
    "unsuitable_attribute at $.classes.Loan.organization",
  ]],
  ["an unknown attribute", { ...ORGANIZATIONS, "Loan.organization": "org_id" }, [
    "unknown_attribute at $.classes.Loan.organization",
  ]],
];

for (const [what, changes, expected] of ORGANIZATION_CASES) {
  Deno.test(`found in the organisations of a model: ${what}`, () => assertEquals(problemsAfter(changes), expected));
}
