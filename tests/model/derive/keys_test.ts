import { assertEquals } from "@std/assert";
import { attributeIn, classIn, columnIn, derive, tableIn } from "./derived_schema.ts";

function keySets(table: string): unknown {
  return classIn(derive(`CREATE TABLE t ${table}`), "t").keySets;
}

Deno.test("rule 24: a column is searched by its own collation", () => {
  const derivation = derive(
    "CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT COLLATE rtrim NOT NULL, c TEXT, d TEXT DEFAULT 'COLLATE NOCASE', [e] TEXT COLLATE \"NOCASE\"," +
      "\"COLLATE\" TEXT, f TEXT COLLATE RTRIM COLLATE NOCASE, g TEXT AS (a COLLATE NOCASE), h TEXT CHECK (h = 'x' COLLATE NOCASE))",
  );
  const collations = [...tableIn(derivation).columns.values()].map(({ collation }) => collation);
  assertEquals(collations, ["NOCASE", "rtrim", "BINARY", "BINARY", "NOCASE", "BINARY", "NOCASE", "BINARY", "BINARY"]);
});

Deno.test("rule 24: if it has none, and exactly one unique index on it alone has another, by that", () => {
  const collation = (indexes: string) =>
    columnIn(derive(`CREATE TABLE t (a TEXT, b TEXT); ${indexes}`), "t", "a").collation;
  assertEquals(collation("CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE)"), "NOCASE");
  assertEquals(collation("CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE); CREATE UNIQUE INDEX j ON t (a)"), "NOCASE");
  assertEquals(
    collation("CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE); CREATE UNIQUE INDEX j ON t (a COLLATE RTRIM)"),
    "BINARY",
  );
  assertEquals(collation("CREATE INDEX i ON t (a COLLATE NOCASE)"), "BINARY");
  assertEquals(collation("CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE, b)"), "BINARY");
  assertEquals(collation("CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE) WHERE b > 1"), "BINARY");
  const own = derive("CREATE TABLE t (a TEXT COLLATE RTRIM); CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE)");
  assertEquals(columnIn(own, "t", "a").collation, "RTRIM");
});

Deno.test("rule 24: case counts as the collation has it; texts that look alike are warned of", () => {
  const derivation = derive("CREATE TABLE t (a TEXT, b TEXT COLLATE NOCASE, c TEXT COLLATE RTRIM, d uuid)");
  const counts = ["a", "b", "c"].map((code) => {
    const attribute = attributeIn(derivation, "t", code);
    return "countsCase" in attribute && attribute.countsCase;
  });
  assertEquals(counts, [true, false, true]);
  for (const code of ["a", "b", "c", "d"]) assertEquals("warnsOfLikes" in attributeIn(derivation, "t", code), true);
});

Deno.test("rule 25: the default keys are the PRIMARY KEY, then unique constraints and indexes in the order in which they were made", () => {
  assertEquals(
    keySets(
      "(u TEXT UNIQUE, n INTEGER PRIMARY KEY, a TEXT, b TEXT, UNIQUE (b, a)); CREATE UNIQUE INDEX z ON t (a); CREATE UNIQUE INDEX c ON t (b)",
    ),
    [["n"], ["u"], ["b", "a"], ["a"], ["b"]],
  );
  assertEquals(keySets("(a TEXT PRIMARY KEY, b TEXT UNIQUE) WITHOUT ROWID"), [["a"], ["b"]]);
  assertEquals(keySets("(a TEXT NOT NULL UNIQUE, b TEXT UNIQUE)"), [["a"], ["b"]]);
});

Deno.test("rule 25: partial and expression indexes do not count; bytes cannot be given", () => {
  assertEquals(
    keySets(
      "(a TEXT, b BLOB UNIQUE); CREATE UNIQUE INDEX i ON t (a) WHERE b; CREATE UNIQUE INDEX j ON t (lower(a)); CREATE INDEX k ON t (a)",
    ),
    [],
  );
});

Deno.test("rule 25: a foreign key column counts as any other", () => {
  const derivation = derive(
    "CREATE TABLE p (n INTEGER PRIMARY KEY); CREATE TABLE t (p_id INTEGER REFERENCES p, a TEXT, UNIQUE (p_id, a))",
  );
  assertEquals(classIn(derivation, "t").keySets, [["p_id", "a"]]);
});

Deno.test("rule 25: what is unique twice counts once, and the overlay's keys in place of all", () => {
  assertEquals(keySets("(a TEXT PRIMARY KEY, UNIQUE (a)); CREATE UNIQUE INDEX i ON t (a)"), [["a"]]);
  const overlaid = derive("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT)", {
    t: { reconciliationKeys: ["b", "id"] },
  });
  const { reconciliationKeys, keySets: none } = classIn(overlaid);
  assertEquals([reconciliationKeys, none, overlaid.problems], [["b", "id"], undefined, []]);
});

Deno.test("rule 28: unique constraints that are neither partial nor of expressions are known rules", () => {
  const derivation = derive(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b TEXT, c TEXT COLLATE NOCASE, d BLOB UNIQUE);" +
      "CREATE UNIQUE INDEX two ON t (b, c); CREATE UNIQUE INDEX part ON t (b) WHERE a > 1; CREATE UNIQUE INDEX expr ON t (lower(b));" +
      "CREATE UNIQUE INDEX of_id ON t (id, b)",
  );
  const { uniquenessRules } = classIn(derivation);
  assertEquals(uniquenessRules.map(({ attributes, unlessEmpty, blocking }) => [attributes, unlessEmpty, blocking]), [
    [["a"], ["a"], true],
    [["b", "c"], ["b", "c"], true],
  ]);
  assertEquals(uniquenessRules.map(({ messages }) => messages.get("EN US")), [
    "UNIQUE constraint failed: t.a",
    "UNIQUE constraint failed: t.b, t.c",
  ]);
});

Deno.test("rule 28: an index that compares otherwise than a search is left to SQLite", () => {
  const derivation = derive(
    "CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT, c TEXT, d TEXT); CREATE UNIQUE INDEX i ON t (a COLLATE BINARY);" +
      "CREATE UNIQUE INDEX j ON t (b COLLATE NOCASE, c); CREATE UNIQUE INDEX k ON t (d COLLATE NOCASE)",
  );
  assertEquals(classIn(derivation).uniquenessRules.map(({ name }) => name), ["k"]);
});

Deno.test("a name in braces is no value that a message tells", () => {
  const { uniquenessRules } = classIn(derive('CREATE TABLE "{a}" ("{b}" TEXT UNIQUE, "{" TEXT)'));
  assertEquals(uniquenessRules[0]?.messages.get("EN US"), "UNIQUE constraint failed: (a).(b)");
});

/** What a row is called. */
function friendlyName(table: string, template?: string): string {
  const derivation = derive(`CREATE TABLE t ${table}`, template === undefined ? {} : { t: { friendlyName: template } });
  const { friendlyName: parts } = classIn(derivation, "t");
  return parts.map((part) => "text" in part ? part.text : `{${part.attribute}}`).join("");
}

Deno.test("a row is called by its first unique text, else its first NOT NULL text, else its key", () => {
  assertEquals(friendlyName("(id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT, c TEXT NOT NULL UNIQUE)"), "{c}");
  assertEquals(friendlyName("(id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT, c TEXT UNIQUE)"), "{a}");
  assertEquals(friendlyName("(id INTEGER PRIMARY KEY, b TEXT, c TEXT UNIQUE)"), "{c}");
  assertEquals(friendlyName("(a TEXT PRIMARY KEY, b TEXT NOT NULL)"), "{a}");
  assertEquals(friendlyName("(id INTEGER PRIMARY KEY, b TEXT, a TEXT NOT NULL, c TEXT NOT NULL)"), "{a}");
  assertEquals(friendlyName("(a INTEGER, b INTEGER, c TEXT, PRIMARY KEY (a, b))"), "{a} {b}");
  assertEquals(friendlyName("(id INTEGER PRIMARY KEY, c TEXT)"), "{id}");
  assertEquals(friendlyName("(d BLOB, c INTEGER, e TEXT)"), "{c}");
  assertEquals(
    friendlyName('(id INTEGER PRIMARY KEY, "first name" TEXT, b TEXT UNIQUE)', "{first name} ({b})"),
    "{first name} ({b})",
  );
});

Deno.test("every index of a table is told by the columns that it begins with", () => {
  const { indexes, uniques } = tableIn(derive(
    "CREATE TABLE t (n INTEGER PRIMARY KEY, a TEXT, b TEXT COLLATE NOCASE, UNIQUE (b)); CREATE INDEX i ON t (a DESC, b, lower(a), n);" +
      "CREATE INDEX j ON t (lower(a), b); CREATE INDEX k ON t (a) WHERE b > 1; CREATE INDEX l ON t (a COLLATE RTRIM)",
  ));
  assertEquals(indexes.map((index) => index.map(({ name, collation }) => `${name} ${collation}`).join(", ")), [
    "n BINARY",
    "b NOCASE",
    "a BINARY, b NOCASE",
    "a RTRIM",
  ]);
  assertEquals(uniques.map(({ columns }) => columns.map(({ name }) => name)), [["b"]]);
});
