import { assertEquals } from "@std/assert";
import { stemOf } from "../../../lib/model/derive/key_names.ts";
import { attributeIn, classIn, columnIn, derive } from "./derived_schema.ts";
import type { Derivation } from "../../../lib/model/derive/derive_model.ts";

/** Where an external key leads, by which attribute of the target where that is not its key, and what happens when that is deleted. */
function reference(derivation: Derivation, code: string, attribute: string): unknown {
  const found = attributeIn(derivation, code, attribute);
  if (found.kind !== "external_key") return found.kind;
  return [found.target, found.referenced ?? null, found.onDelete];
}

function names(derivation: Derivation, code: string, attribute: string): readonly string[] {
  return attributeIn(derivation, code, attribute).otherNames ?? [];
}

const PARENTS = "CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT UNIQUE, name TEXT);" +
  "CREATE TABLE q (a TEXT, b TEXT, PRIMARY KEY (a, b)); CREATE TABLE r (code TEXT PRIMARY KEY);";

Deno.test("rule 20: a foreign key of one column is an external key; its value is that of the referenced column", () => {
  const derivation = derive(
    `${PARENTS} CREATE TABLE t (a INTEGER REFERENCES p, b TEXT REFERENCES p(code) ON DELETE CASCADE, c TEXT REFERENCES R(CODE) ON DELETE SET NULL,
    d INTEGER, e INTEGER REFERENCES t(n) ON DELETE SET DEFAULT, n INTEGER PRIMARY KEY, FOREIGN KEY (d) REFERENCES p(ID))`,
  );
  assertEquals(reference(derivation, "t", "a"), ["p", null, "restrict"]);
  assertEquals(reference(derivation, "t", "b"), ["p", "code", "cascade"]);
  assertEquals(reference(derivation, "t", "c"), ["r", null, "set_null"]);
  assertEquals(reference(derivation, "t", "d"), ["p", null, "restrict"]);
  assertEquals(reference(derivation, "t", "e"), ["t", null, "restrict"]);
  assertEquals(columnIn(derivation, "t", "b").references, { class: "p", column: "code" });
  assertEquals(columnIn(derivation, "t", "c").references, { class: "r", column: "code" });
  assertEquals(columnIn(derivation, "t", "a").references, { class: "p", column: "id" });
});

Deno.test("rule 20: of several keys of one column the first one counts", () => {
  const derivation = derive(
    `${PARENTS} CREATE TABLE t (a REFERENCES p REFERENCES r, b, FOREIGN KEY (b) REFERENCES r, FOREIGN KEY (b) REFERENCES p)`,
  );
  assertEquals([reference(derivation, "t", "a"), reference(derivation, "t", "b")], [["p", null, "restrict"], [
    "r",
    null,
    "restrict",
  ]]);
});

Deno.test("rule 20: the stem is the column without a last word Id, _id, ID, uuid, guid", () => {
  const stems: Readonly<Record<string, string | null>> = {
    AlbumId: "Album",
    film_id: "film",
    customerID: "customer",
    "Product ID": "Product",
    "product id": "product",
    user_uuid: "user",
    userUuid: "user",
    OwnerGUID: "Owner",
    "owner-guid": "owner",
    ORDER_ID: "ORDER",
    original_language_id: "original_language",
    SupportRepId: "SupportRep",
    ReportsTo: null,
    id: null,
    Id: null,
    _id: null,
    uuid: null,
    paid: null,
    valid: null,
    grid: null,
    idea: null,
    id_film: null,
  };
  for (const [column, stem] of Object.entries(stems)) assertEquals(stemOf(column), stem, column);
});

Deno.test("rule 20: a key may be called by its column, its stem and its target's table", () => {
  const derivation = derive(
    "CREATE TABLE Employee (EmployeeId INTEGER PRIMARY KEY, ReportsTo INTEGER REFERENCES Employee);" +
      "CREATE TABLE Customer (CustomerId INTEGER PRIMARY KEY, SupportRepId INTEGER REFERENCES Employee);" +
      "CREATE TABLE Album (AlbumId INTEGER PRIMARY KEY); CREATE TABLE Track (AlbumId INTEGER REFERENCES Album)",
  );
  assertEquals(names(derivation, "Employee", "ReportsTo"), ["Employee"]);
  assertEquals(names(derivation, "Customer", "SupportRepId"), ["SupportRep", "Employee"]);
  assertEquals(names(derivation, "Track", "AlbumId"), ["Album"]);
});

Deno.test("rule 20: not by its stem where a column is called so", () => {
  const derivation = derive(
    `${PARENTS} CREATE TABLE t (p_id INTEGER REFERENCES p, P TEXT, r_id TEXT REFERENCES r, "R" TEXT)`,
  );
  assertEquals([names(derivation, "t", "p_id"), names(derivation, "t", "r_id")], [[], []]);
  assertEquals(classIn(derivation, "t").ambiguousNames, undefined);
});

Deno.test("rule 20: not by its stem where two columns have it; where both are keys the ways to write it are listed", () => {
  const plain = derive(`${PARENTS} CREATE TABLE t (owner_id INTEGER REFERENCES p, owner_uuid TEXT)`);
  assertEquals(names(plain, "t", "owner_id"), ["p"]);
  assertEquals(classIn(plain, "t").ambiguousNames, undefined);
  const keys = derive(`${PARENTS} CREATE TABLE t (owner_id INTEGER REFERENCES p, Owner_uuid TEXT REFERENCES p(code))`);
  assertEquals([names(keys, "t", "owner_id"), names(keys, "t", "Owner_uuid")], [[], []]);
  assertEquals(
    classIn(keys, "t").ambiguousNames,
    new Map([["owner", ["owner_id", "Owner_uuid"]], ["p", ["owner_id", "Owner_uuid"]]]),
  );
});

Deno.test("rule 20: not by the table where its name is taken by now, or two keys lead there", () => {
  const stem = derive(`${PARENTS} CREATE TABLE t (p_id TEXT REFERENCES r, x INTEGER REFERENCES p)`);
  assertEquals([names(stem, "t", "p_id"), names(stem, "t", "x")], [["p", "r"], []]);
  const two = derive(
    "CREATE TABLE language (language_id INTEGER PRIMARY KEY); CREATE TABLE film (language_id INTEGER REFERENCES language," +
      " original_language_id INTEGER REFERENCES language, a INTEGER REFERENCES film, film_id INTEGER PRIMARY KEY, b INTEGER REFERENCES film)",
  );
  assertEquals(names(two, "film", "language_id"), ["language"]);
  assertEquals(names(two, "film", "original_language_id"), ["original_language"]);
  assertEquals(classIn(two, "film").ambiguousNames, new Map([["film", ["a", "b"]]]));
});

Deno.test("rule 20: names are compared without case", () => {
  const derivation = derive(
    `CREATE TABLE Größe (n INTEGER PRIMARY KEY); CREATE TABLE t (a INTEGER REFERENCES Größe, "größe" TEXT)`,
  );
  assertEquals(names(derivation, "t", "a"), []);
});

Deno.test("rule 20: id is no further name of a key", () => {
  const derivation = derive(
    `CREATE TABLE id (n INTEGER PRIMARY KEY); CREATE TABLE t (a INTEGER REFERENCES id, id_id INTEGER REFERENCES id)`,
  );
  assertEquals([names(derivation, "t", "a"), names(derivation, "t", "id_id")], [[], []]);
});

Deno.test("rule 21: columns of a foreign key of several columns are plain ones", () => {
  const derivation = derive(
    `${PARENTS} CREATE TABLE t (a TEXT, b TEXT, c INTEGER REFERENCES p, FOREIGN KEY (a, b) REFERENCES q, FOREIGN KEY (a, c) REFERENCES q (a, b))`,
  );
  assertEquals(["a", "b", "c"].map((code) => attributeIn(derivation, "t", code).kind), [
    "text",
    "text",
    "external_key",
  ]);
});

Deno.test("rule 21: a key whose target does not exist or is not unique is a plain column", () => {
  const derivation = derive(
    `${PARENTS} CREATE VIEW v AS SELECT * FROM p; CREATE TABLE u (a TEXT, b TEXT, d TEXT); CREATE UNIQUE INDEX ua ON u (a) WHERE b > 1;
    CREATE UNIQUE INDEX ud ON u (d COLLATE NOCASE);
    CREATE TABLE t (a INTEGER REFERENCES nowhere, b TEXT REFERENCES p(name), c TEXT REFERENCES q, d TEXT REFERENCES p(lacking), e REFERENCES v(id),
    f TEXT REFERENCES u, g TEXT REFERENCES u(a), h TEXT REFERENCES q(a), i TEXT REFERENCES u(d))`,
  );
  const kinds = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map((code) => attributeIn(derivation, "t", code).kind);
  assertEquals(kinds, ["integer", "text", "text", "text", "loose", "text", "text", "text", "text"]);
});

Deno.test("a key that leads to a hidden table is a plain column", () => {
  const derivation = derive(`${PARENTS} CREATE TABLE t (a INTEGER REFERENCES p)`, { p: { hidden: true } });
  assertEquals(attributeIn(derivation, "t", "a").kind, "integer");
});

Deno.test("a key that refers to a unique column which is a key itself keeps its way", () => {
  const derivation = derive(
    "CREATE TABLE user (id INTEGER PRIMARY KEY); CREATE TABLE profile (user_id INTEGER PRIMARY KEY REFERENCES user);" +
      "CREATE TABLE picture (profile_id INTEGER REFERENCES profile)",
  );
  assertEquals(reference(derivation, "profile", "user_id"), ["user", null, "restrict"]);
  assertEquals(reference(derivation, "picture", "profile_id"), ["profile", null, "restrict"]);
  assertEquals(columnIn(derivation, "picture", "profile_id").references, { class: "profile", column: "user_id" });
});

Deno.test("whatever stands in an external key may be a value of its target", () => {
  const attribute = attributeIn(derive(`${PARENTS} CREATE TABLE t (a INTEGER REFERENCES p)`), "t", "a");
  assertEquals(
    attribute.kind === "external_key" && [attribute.takesAnyId, attribute.hierarchical, attribute.keepsWhatIsStored],
    [
      true,
      false,
      true,
    ],
  );
});
