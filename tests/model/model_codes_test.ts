/** Mistakes in codes, and in what subclasses say of inherited attributes. */
import { assertEquals } from "@std/assert";
import { changedText, type Changes, problemsAfter, problemsIn } from "./changed_model.ts";

const CASES: readonly (readonly [string, Changes, readonly string[]])[] = [
  ["the code of an object's number", { "Film.attributes.id": { kind: "integer" } }, [
    "reserved_code at $.classes.Film.attributes.id",
  ]],
  ["the same in capitals", { "Film.attributes.ID": { kind: "integer" } }, [
    "reserved_code at $.classes.Film.attributes.ID",
  ]],
  ["the code of a computed attribute with another kind", { "Film.attributes.friendlyname": { kind: "string" } }, [
    "reserved_code at $.classes.Film.attributes.friendlyname",
  ]],
  ["a computed kind under another code", { "Film.attributes.called": { kind: "friendly_name" } }, [
    "computed_elsewhere at $.classes.Film.attributes.called.kind",
  ]],
  ["attributes that differ in case only", { "Film.attributes.Minutes": { kind: "integer" } }, [
    "differs_in_case at $.classes.Film.attributes.Minutes",
  ]],
  ["an attribute that differs from an inherited one in case only", { "Film.attributes.Title": { kind: "string" } }, [
    "differs_in_case at $.classes.Film.attributes.Title",
  ]],
  ["an attribute that differs from a generated one in case only", {
    "Genre.attributes.Parent_id_friendlyname": { kind: "string" },
  }, ["differs_in_case at $.classes.Genre.attributes.Parent_id_friendlyname"]],
  ["classes that differ in case only", { "film": { attributes: { name: { kind: "string" } } } }, [
    "differs_in_case at $.classes.film",
  ]],
  [
    "a class that differs from a class of users in case only",
    { "USER": { attributes: { name: { kind: "string" } } } },
    [
      "differs_in_case at $.classes.USER",
    ],
  ],
  ["the table of the change log", { "Change": { attributes: { name: { kind: "string" } } } }, [
    "reserved_class at $.classes.Change",
  ]],
  ["the table of failed logins by address", { "Address_Failure": { attributes: { name: { kind: "string" } } } }, [
    "reserved_class at $.classes.Address_Failure",
  ]],
  ["a table of SQLite", { "Sqlite_x": { attributes: { name: { kind: "string" } } } }, [
    "reserved_class at $.classes.Sqlite_x",
  ]],
  ["an inherited attribute with another kind", { "Book.attributes.price": { kind: "integer" } }, [
    "other_kind at $.classes.Book.attributes.price.kind",
  ]],
  ["a generated attribute with another kind in a subclass", {
    "Book.attributes.genre_id_friendlyname": { kind: "string" },
  }, ["other_kind at $.classes.Book.attributes.genre_id_friendlyname.kind"]],
  ["an inherited key with another target", { "Book.attributes.genre_id": { target: "Author" } }, [
    "not_overridable at $.classes.Book.attributes.genre_id.target",
  ]],
  ["an inherited attribute with a property that its kind lacks", { "Book.attributes.price": { length: 9 } }, [
    "unknown_property at $.classes.Book.attributes.price.length",
  ]],
  ["an inherited attribute with a default of a wrong type", { "Book.attributes.price": { default: "1.00" } }, [
    "wrong_type at $.classes.Book.attributes.price.default",
  ]],
  ["a generated attribute with a default", { "Genre.attributes.parent_id_friendlyname": { default: "x" } }, [
    "unknown_property at $.classes.Genre.attributes.parent_id_friendlyname.default",
  ]],
  ["an entry without kind that changes nothing", { "Film.attributes.isbn": { labels: "ISBN" } }, [
    "missing_property at $.classes.Film.attributes.isbn",
  ]],
  ["an entry without kind below a wrong parent, which may have it", { "Book.parent": 5 }, [
    "wrong_type at $.classes.Book.parent",
  ]],
];

for (const [what, changes, expected] of CASES) {
  Deno.test(`found in the codes of a model: ${what}`, () => assertEquals(problemsAfter(changes), expected));
}

Deno.test("siblings may use one code for different things", () => {
  assertEquals(problemsAfter({ "Film.attributes.pages": { kind: "text" } }), []);
});

Deno.test("an inherited attribute may get other labels, values, length, default and null", () => {
  const changes = {
    "Film.attributes.title": { labels: "Film title", length: 90, null: true, default: "untitled", aliases: ["Name"] },
    "Film.attributes.status": { values: ["on_shelf", "lent", "lost", "worn"] },
    "Film.attributes.genre_id_friendlyname": { labels: "Sort" },
    "Film.attributes.friendlyname": { labels: "Film" },
  };
  assertEquals(problemsAfter(changes), []);
});

Deno.test("a redefined kind says what was inherited, and from where", () => {
  assertEquals(problemsIn(changedText({ "Book.attributes.price": { kind: "integer" } })), [{
    kind: "other_kind",
    path: "$.classes.Book.attributes.price.kind",
    found: "integer",
    inherited: "decimal",
    from: "Item",
  }]);
});
