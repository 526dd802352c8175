import { assertEquals } from "@std/assert";
import { classIn, derive, ofColumn } from "./derived_schema.ts";
import type { Attribute } from "../../../lib/model/model.ts";

/** The codes of an enumeration, or the kind of what is none. */
function codes(attribute: Attribute | undefined): readonly string[] | string | undefined {
  return attribute?.kind === "enum" ? attribute.values.map(({ code }) => code) : attribute?.kind;
}

function listOf(declaration: string): readonly string[] | string | undefined {
  return codes(ofColumn(declaration).attribute);
}

Deno.test("rule 12: CHECK (c IN (…)) alone in its CHECK is an enumeration, at the column", () => {
  assertEquals(listOf("c TEXT CHECK (c IN ('a','b'))"), ["a", "b"]);
  assertEquals(listOf("c TEXT NOT NULL DEFAULT 'a' CONSTRAINT known CHECK(c in ('a', 'it''s', 'b,c'))"), [
    "a",
    "it's",
    "b,c",
  ]);
  assertEquals(listOf('"c" TEXT CHECK ("C" IN (\'a\'))'), ["a"]);
  assertEquals(listOf("[a b] TEXT CHECK ([A B] IN ('a'))"), ["a"]);
  assertEquals(listOf("`c` TEXT CHECK (`c` IN ('a'))"), ["a"]);
  assertEquals(listOf("c TEXT CHECK ((c IN ('a')))"), ["a"]);
  assertEquals(listOf("c TEXT /* ) */ CHECK -- (\n ( /* ' */ c IN ('a' -- ')\n , 'b'))"), ["a", "b"]);
});

Deno.test("rule 12: … and at the table, also one that speaks of a column further up", () => {
  const derivation = derive(
    "CREATE TABLE t (a TEXT, b TEXT, d TEXT CHECK (a IN ('x')), CONSTRAINT n CHECK (b IN ('y', 'z')) CHECK (d IN ('w')))",
  );
  const { attributes } = classIn(derivation);
  assertEquals(["a", "b", "d"].map((code) => codes(attributes.get(code))), [["x"], ["y", "z"], ["w"]]);
});

Deno.test("rule 12: `c IS NULL OR c IN (…)`, in either order, is the same", () => {
  assertEquals(listOf("c TEXT CHECK (c IS NULL OR c IN ('a'))"), ["a"]);
  assertEquals(listOf("c TEXT CHECK (c IN ('a') OR c ISNULL)"), ["a"]);
  assertEquals(listOf("c TEXT CHECK ((c IS NULL) OR (c IN ('a')))"), ["a"]);
  const other = derive("CREATE TABLE t (c TEXT CHECK (d IS NULL OR c IN ('a')), d TEXT)");
  assertEquals(codes(classIn(other).attributes.get("c")), "text");
});

Deno.test("rule 12: IN (1,2) is an enumeration of integers", () => {
  const { attribute, column } = ofColumn("c TINYINT CHECK (c IN (1, -2, 03))");
  assertEquals(codes(attribute), ["1", "-2", "3"]);
  assertEquals(column.form, { kind: "enum", areIntegers: true });
  assertEquals(ofColumn("c INTEGER CHECK (c IN ('1','2'))").column.form, { kind: "enum", areIntegers: true });
  assertEquals(ofColumn("c TEXT CHECK (c IN (1,2))").column.form, { kind: "enum", areIntegers: false });
  assertEquals(ofColumn("c CHECK (c IN (1,2))").column.form, { kind: "enum", areIntegers: true });
  assertEquals(ofColumn("c CHECK (c IN ('1','2'))").column.form, { kind: "enum", areIntegers: false });
});

Deno.test("rule 12: IN (0,1), any subset, is a boolean", () => {
  for (const list of ["0,1", "1,0", "1", "0"]) {
    const { attribute, column } = ofColumn(`c INTEGER CHECK (c IN (${list}))`);
    assertEquals([attribute.kind, column.form], ["boolean", { kind: "boolean", no: 0, yes: 1 }]);
  }
  // The affinity makes texts of what is written there.
  assertEquals(ofColumn("c TEXT CHECK (c IN (0, 1))").column.form, { kind: "boolean", no: "0", yes: "1" });
});

Deno.test("rule 12: any other CHECK is left to SQLite", () => {
  const others = [
    "c NOT IN ('a')",
    "c IN ('a') AND length(c) > 0",
    "c IN ('a') OR c = 'b'",
    "c IN ('a', NULL)",
    "c IN ('a', 'b' || 'c')",
    "c IN ()",
    "lower(c) IN ('a')",
    "c = 'a'",
    "c IN ('a') IS TRUE",
    "c COLLATE NOCASE IN ('a')",
    "+c IN ('a')",
    "c IN (x'61')",
    "c IN (1.5)",
    "c IN (0x10)",
    "c IN ((1))",
    "length(c) > 2",
    "c IN ('a') OR c IN ('b')",
    "NOT c IN ('a')",
  ];
  for (const check of others) assertEquals(listOf(`c TEXT CHECK (${check})`), "text", check);
});

Deno.test("a text in double quotes is one where no column is called so", () => {
  assertEquals(listOf('c TEXT CHECK (c IN ("a", "b"))'), ["a", "b"]);
  const derivation = derive('CREATE TABLE t (c TEXT CHECK (c IN ("d")), d TEXT)');
  assertEquals(codes(classIn(derivation).attributes.get("c")), "text");
});

Deno.test("a list of texts and integers is one only where they are stored alike", () => {
  assertEquals(listOf("c INTEGER CHECK (c IN (1, 'a'))"), "integer");
  assertEquals(listOf("c TEXT CHECK (c IN (1, 'a'))"), ["1", "a"]);
});

Deno.test("the empty text in a list is no code, and what stands twice is one", () => {
  assertEquals(listOf("c TEXT NOT NULL DEFAULT '' CHECK (c IN ('', 'a', 'a'))"), ["a"]);
});

Deno.test("CHECK in a text, a name or a default is none", () => {
  assertEquals(listOf("c TEXT DEFAULT 'CHECK (c IN (''a''))'"), "text");
  assertEquals(listOf("c TEXT DEFAULT ('x' || 'CHECK (c IN (1))')"), "text");
  assertEquals(listOf("c TEXT /* CHECK (c IN ('a')) */"), "text");
  const named = derive("CREATE TABLE t (\"CHECK\" TEXT, c TEXT DEFAULT 'a', \"check (c in ('z'))\" TEXT)");
  assertEquals(codes(classIn(named).attributes.get("c")), "text");
});

Deno.test("case counts in a list as it does in the column", () => {
  const exact = ofColumn("c TEXT CHECK (c IN ('a'))").attribute;
  const folded = ofColumn("c TEXT COLLATE NOCASE CHECK (c IN ('a'))").attribute;
  assertEquals([exact.kind === "enum" && exact.countsCase, folded.kind === "enum" && folded.countsCase], [
    true,
    undefined,
  ]);
});

Deno.test("a table that was made of a query, or changed later, is read as it is now", () => {
  const derivation = derive(
    "CREATE TABLE s AS SELECT 1 AS a, 'x' AS b; CREATE TABLE t (a TEXT CHECK (a IN ('p')));" +
      "ALTER TABLE t ADD COLUMN b TEXT CHECK (b IN ('q')); ALTER TABLE t RENAME COLUMN a TO \"a b\"",
  );
  const { attributes } = classIn(derivation, "t");
  assertEquals([codes(attributes.get("a b")), codes(attributes.get("b"))], [["p"], ["q"]]);
  assertEquals([...classIn(derivation, "s").attributes.keys()], ["a", "b", "friendlyname"]);
});
