/** Mistakes in the form of a model file. */
import { assertEquals } from "@std/assert";
import { changedText, LIBRARY_TEXT, problemsAfter, problemsIn } from "./changed_model.ts";

Deno.test("the library model has no mistake", () => {
  assertEquals(problemsAfter({}), []);
});

Deno.test("text that is no JSON is reported with line and column", () => {
  assertEquals(problemsIn('{\n  // a comment\n  "name": tru,\n}'), [
    { kind: "syntax", line: 3, column: 11, found: "tru" },
  ]);
});

Deno.test("text that ends too early is reported at its end", () => {
  assertEquals(problemsIn('{\r\n  "name": "x",\r\n'), [{ kind: "syntax", line: 3, column: 1, found: null }]);
});

Deno.test("an empty file ends too early", () => {
  assertEquals(problemsIn(""), [{ kind: "syntax", line: 1, column: 1, found: null }]);
});

Deno.test("a file that is no object has the wrong type", () => {
  assertEquals(problemsIn("[]"), [{ kind: "wrong_type", path: "$", found: "array", expected: ["object"] }]);
});

Deno.test("a name that stands twice in one object is reported with its line", () => {
  const text = '{ "name": "x",\n "classes": { "A": { "labels": "x{", /* "labels": */ "abstract": true },\n "A": {} } }';
  const problems = problemsIn(text);
  assertEquals(problems[0], { kind: "repeated_property", path: "$.classes.A", name: "A", line: 3 });
});

Deno.test("the same name in two objects, in a list or as a value is no repetition", () => {
  const names = { "Genre.unique": [{ name: "name", attributes: ["name"] }, { name: "again", attributes: ["name"] }] };
  assertEquals(problemsAfter(names), []);
});

Deno.test("an unknown property is reported with the nearest name", () => {
  assertEquals(problemsIn('{ "name": "x", "classes": {}, "profile": [] }'), [{
    kind: "unknown_property",
    path: "$.profile",
    name: "profile",
    nearest: "profiles",
    known: ["$schema", "name", "languages", "organizations", "classes", "profiles"],
  }]);
});

Deno.test("a missing name does not hide other mistakes", () => {
  assertEquals(problemsAfter({ "$.name": undefined, "Book.parent": "Itm" }), [
    "missing_property at $",
    "unknown_class at $.classes.Book.parent",
  ]);
});

const CASES: readonly (readonly [string, { readonly [place: string]: unknown }, readonly string[]])[] = [
  ["a property of a wrong type", { "Book.abstract": "no" }, ["wrong_type at $.classes.Book.abstract"]],
  ["an inherited attribute with a wrong kind, and nothing about the subclass that relabels it", {
    "Item.attributes.title.kind": "strng",
  }, ["not_one_of at $.classes.Item.attributes.title.kind"]],
  ["a parent that is no object, and nothing about what its subclasses inherit", { "Item": 5 }, [
    "wrong_type at $.classes.Item",
  ]],
  ["a class that is no object", { "Film": "film" }, ["wrong_type at $.classes.Film"]],
  ["classes that are a list", { "$.classes": [] }, ["wrong_type at $.classes"]],
  ["a property that no class has", { "Book.lables": {} }, ["unknown_property at $.classes.Book.lables"]],
  [
    "a property that its kind does not have",
    { "Book.attributes.pages.length": 3 },
    ["unknown_property at $.classes.Book.attributes.pages.length"],
  ],
  [
    "an unknown kind, and nothing about those who use it",
    { "Book.attributes.isbn.kind": "strng" },
    ["not_one_of at $.classes.Book.attributes.isbn.kind"],
  ],
  [
    "a key without target, and nothing about its fields",
    { "Authorship.attributes.author_id.target": undefined },
    ["missing_property at $.classes.Authorship.attributes.author_id"],
  ],
  [
    "a target of a wrong type, once",
    { "Authorship.attributes.author_id.target": 7 },
    ["wrong_type at $.classes.Authorship.attributes.author_id.target"],
  ],
  ["an enum without values", { "Authorship.attributes.role.values": undefined }, [
    "missing_property at $.classes.Authorship.attributes.role",
  ]],
  ["an enum with an empty list of values", { "Authorship.attributes.role.values": [] }, [
    "too_few_items at $.classes.Authorship.attributes.role.values",
  ]],
  ["a decimal with more than 15 digits", { "Item.attributes.price.digits": 16 }, [
    "out_of_range at $.classes.Item.attributes.price.digits",
  ]],
  ["a decimal with more decimals than digits", { "Item.attributes.price.decimals": 9 }, [
    "decimals_exceed_digits at $.classes.Item.attributes.price.decimals",
  ]],
  ["a length of nothing", { "Book.attributes.isbn.length": 0 }, [
    "out_of_range at $.classes.Book.attributes.isbn.length",
  ]],
  ["a class code that is no identifier", { "My class": {} }, ['wrong_form at $.classes["My class"]']],
  ["an attribute code that is no identifier", { "Film.attributes.2nd": { kind: "text" } }, [
    'wrong_form at $.classes.Film.attributes["2nd"]',
  ]],
  ["an empty label", { "Film.labels": " " }, ["wrong_form at $.classes.Film.labels"]],
  ["a language that is no code", { "$.languages": ["EN GB", "FR FR", "english"] }, ["wrong_form at $.languages[2]"]],
  ["a language that stands twice", { "$.languages": ["EN GB", "FR FR", "EN GB"] }, ["repeated_item at $.languages[2]"]],
  ["a label in a language that the model lacks", { "Film.labels": { "EN GB": "Film", "FR RF": "Film" } }, [
    'unknown_language at $.classes.Film.labels["FR RF"]',
  ]],
  ["an alias in a language that the model lacks", { "Film.attributes.minutes.aliases": { "DE DE": ["Minuten"] } }, [
    'unknown_language at $.classes.Film.attributes.minutes.aliases["DE DE"]',
  ]],
  [
    "a value's label in a language that the model lacks",
    { "Authorship.attributes.role.values": [{ code: "writer", labels: { "DE DE": "Verfasser" } }] },
    ['unknown_language at $.classes.Authorship.attributes.role.values[0].labels["DE DE"]'],
  ],
  ["a message in a language that the model lacks", { "Genre.unique.0.messages": { "DE DE": "doppelt" } }, [
    'unknown_language at $.classes.Genre.unique[0].messages["DE DE"]',
  ]],
  ["a text default that is no text", { "Book.attributes.isbn.default": 5 }, [
    "wrong_type at $.classes.Book.attributes.isbn.default",
  ]],
  ["a text default that is too long", { "Book.attributes.isbn.default": "x".repeat(18) }, [
    "default_too_long at $.classes.Book.attributes.isbn.default",
  ]],
  ["an integer default with a fraction", { "Book.attributes.pages.default": 1.5 }, [
    "wrong_type at $.classes.Book.attributes.pages.default",
  ]],
  ["an integer default beyond 32 bits", { "Book.attributes.pages.default": 2147483648 }, [
    "out_of_range at $.classes.Book.attributes.pages.default",
  ]],
  ["a decimal default with too many decimals", { "Item.attributes.price.default": 1.005 }, [
    "default_not_fitting at $.classes.Item.attributes.price.default",
  ]],
  ["a decimal default with too many digits", { "Item.attributes.price.default": 1000000 }, [
    "default_not_fitting at $.classes.Item.attributes.price.default",
  ]],
  ["a boolean default that is neither yes nor no", { "Book.attributes.reference_only.default": "maybe" }, [
    "not_one_of at $.classes.Book.attributes.reference_only.default",
  ]],
  ["a date default that no calendar has", { "Loan.attributes.lent_on.default": "2023-02-29" }, [
    "default_no_date at $.classes.Loan.attributes.lent_on.default",
  ]],
  ["a date-time default without time", { "Loan.attributes.returned_at.default": "2024-02-29" }, [
    "default_no_date at $.classes.Loan.attributes.returned_at.default",
  ]],
  ["an enum default that is no value", { "Item.attributes.status.default": "on shelf" }, [
    "not_one_of at $.classes.Item.attributes.status.default",
  ]],
  ["values that no longer hold the inherited default", { "Film.attributes.status": { values: ["lent"] } }, [
    "not_one_of at $.classes.Film.attributes.status.default",
  ]],
  ["values with the same code but for case", { "Authorship.attributes.role.values": ["writer", "Writer"] }, [
    "repeated_value at $.classes.Authorship.attributes.role.values[1]",
  ]],
  [
    "values with the same label in one language",
    {
      "Authorship.attributes.role.values": {
        writer: { "EN GB": "Writer", "FR FR": "Auteur" },
        author: { "EN GB": "Author", "FR FR": "Auteur" },
      },
    },
    ["repeated_value at $.classes.Authorship.attributes.role.values.author"],
  ],
];

for (const [what, changes, expected] of CASES) {
  Deno.test(`found in the form of a model: ${what}`, () => assertEquals(problemsAfter(changes), expected));
}

Deno.test("a language that the model lacks is reported once, with the number of its other places", () => {
  const [problem, ...others] = problemsIn(changedText({ "$.languages": ["EN GB"] }));
  assertEquals(others, []);
  assertEquals(problem, {
    kind: "unknown_language",
    path: '$.classes.Author.labels["FR FR"]',
    name: "FR FR",
    nearest: null,
    more: (LIBRARY_TEXT.match(/"FR FR": /g)?.length ?? 0) - 1,
  });
});

Deno.test("a wrong list of languages is one mistake", () => {
  assertEquals(problemsAfter({ "$.languages": "EN GB" }), ["wrong_type at $.languages"]);
});

Deno.test("good defaults of every kind pass", () => {
  const changes = {
    "Book.attributes.isbn.default": "é".repeat(17),
    "Book.attributes.pages.default": -2147483648,
    "Item.attributes.price.default": 999999.99,
    "Book.attributes.reference_only.default": "yes",
    "Loan.attributes.lent_on.default": "2024-02-29",
    "Loan.attributes.returned_at.default": "2024-02-29 23:59:59",
  };
  assertEquals(problemsAfter(changes), []);
});

Deno.test("mistakes of every sort are reported together", () => {
  const changes = {
    "$.extra": 1,
    "$.profiles.1.id": 1,
    "Film": "film",
    "Book.attributes.isbn.kind": "strng",
    "Book.reconciliation_keys": ["isbn", "titel"],
    "Loan.attributes.item_id.target": "Itm",
    "Genre.friendly_name": "{parent_id_friendlyname}",
  };
  assertEquals(problemsAfter(changes), [
    "not_one_of at $.classes.Book.attributes.isbn.kind",
    "wrong_type at $.classes.Film",
    "unknown_property at $.extra",
    "unknown_class at $.classes.Loan.attributes.item_id.target",
    "unknown_attribute at $.classes.Book.reconciliation_keys[1]",
    "repeated_profile at $.profiles[1].id",
    "name_cycle at $.classes.Genre.friendly_name",
  ]);
});
