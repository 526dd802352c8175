import { assertEquals } from "@std/assert";
import { attributeIn, columnIn, derive, ofColumn } from "./derived_schema.ts";

/** The kind of a column without a name of its own, and what belongs to the kind. */
function kind(declaration: string): string {
  const { attribute } = ofColumn(`c ${declaration}`);
  switch (attribute.kind) {
    case "decimal":
      return `decimal ${attribute.digits} ${attribute.decimals}`;
    case "integer":
      return `integer ${attribute.bits ?? 32}`;
    case "loose":
      return attribute.isNumeric ? "loose number" : "loose";
    case "string":
      return `string ${attribute.maxLength}`;
    default:
      return attribute.kind;
  }
}

Deno.test("rule 11: the kind follows the declared type, by the first that fits", () => {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    boolean: ["BOOL", "boolean", "BIT", "TINYINT(1)", "tinyint (1)", "BIT(1)"],
    datetime: ["DATETIME", "datetime(6)", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "timestamptz"],
    date: ["DATE", "date"],
    "integer 64": [
      "INT",
      "INT(11)",
      "BIGINT",
      "integer",
      "INT UNSIGNED",
      "TINYINT",
      "TINYINT(4)",
      "UNSIGNED BIG INT",
      "INT2",
    ],
    number: [
      "REAL",
      "DOUBLE",
      "FLOAT(8)",
      "double precision",
      "NUMERIC",
      "DECIMAL",
      "NUMBER",
      "NUMERIC(10)",
      "NUMBER(10,2)",
    ],
    "decimal 10 2": ["NUMERIC(10,2)", "decimal ( 10 , 2 )"],
    "decimal 15 0": ["DECIMAL(15,0)"],
    text: ["TEXT", "CLOB", "text"],
    bytes: ["BLOB", "LONGBLOB"],
    loose: [""],
    "loose number": ["uuid", "JSON", "STRING", "TIME", "ANY", "MONEY", "XML", "DATES", "GUID", "BITS"],
    "string 40": ["VARCHAR(40)", "NVARCHAR(40)", "CHARACTER VARYING(40)", "TEXT(40)", "character(40)"],
    "string 1000000000": ["VARCHAR", "VARCHAR(0)", "CHAR"],
  };
  for (const [expected, types] of Object.entries(kinds)) {
    for (const type of types) assertEquals(kind(type), expected, type);
  }
});

Deno.test("rule 11: a decimal that a double does not hold is a number", () => {
  for (const type of ["DECIMAL(16,2)", "NUMERIC(38,10)", "DECIMAL(2,4)", "DECIMAL(0,0)"]) {
    assertEquals(kind(type), "number");
  }
});

Deno.test("rule 11: types of STRICT tables follow the same rules, and ANY has no affinity there", () => {
  const derivation = derive("CREATE TABLE t (a INT, b INTEGER, c REAL, d TEXT, e BLOB, f ANY) STRICT");
  const kinds = ["a", "b", "c", "d", "e", "f"].map((code) => attributeIn(derivation, "t", code).kind);
  assertEquals(kinds, ["integer", "integer", "number", "text", "bytes", "loose"]);
  assertEquals(columnIn(derivation, "t", "f").affinity, "BLOB");
  assertEquals(columnIn(derivation, "t", "f").form, { kind: "loose", isNumeric: false });
});

Deno.test("affinities are SQLite's", () => {
  const types = [
    "INT",
    "CHARINT",
    "VARCHAR(3)",
    "CLOB",
    "BLOB",
    "",
    "REAL",
    "DOUBLE",
    "FLOATING POINT",
    "DECIMAL(1,1)",
    "STRING",
  ];
  assertEquals(types.map((type) => ofColumn(`c ${type}`).column.affinity), [
    "INTEGER",
    "INTEGER",
    "TEXT",
    "TEXT",
    "BLOB",
    "BLOB",
    "REAL",
    "REAL",
    "INTEGER",
    "NUMERIC",
    "NUMERIC",
  ]);
});

Deno.test("rule 11: a foreign key of one column and a list of a CHECK come before the type", () => {
  const derivation = derive(
    "CREATE TABLE p (n INTEGER PRIMARY KEY); CREATE TABLE t (a DATETIME REFERENCES p, b DATETIME CHECK (b IN ('x')))",
  );
  assertEquals(["a", "b"].map((code) => attributeIn(derivation, "t", code).kind), ["external_key", "enum"]);
  assertEquals(columnIn(derivation, "t", "a").form, { kind: "reference" });
});

Deno.test("a text that may have lines takes every text; one of some length or of a key has one line", () => {
  const derivation = derive(
    "CREATE TABLE t (pk TEXT PRIMARY KEY, u TEXT, c TEXT, body TEXT, part TEXT, UNIQUE (c, u)); CREATE UNIQUE INDEX i ON t (part) WHERE c > 1",
  );
  const kinds = ["pk", "u", "c", "body", "part"].map((code) => attributeIn(derivation, "t", code).kind);
  assertEquals(kinds, ["string", "string", "string", "text", "string"]);
});

Deno.test("rule 13: booleans are stored as 1 and 0", () => {
  assertEquals(ofColumn("c BOOLEAN").column.form, { kind: "boolean", no: 0, yes: 1 });
  const overlaid = derive("CREATE TABLE t (c VARCHAR(1), d BOOLEAN)", {
    t: { attributes: { c: { kind: "boolean", stored: ["f", "t"] }, d: { stored: ["f", "t"] } } },
  });
  assertEquals(overlaid.problems, []);
  for (const code of ["c", "d"]) {
    assertEquals(columnIn(overlaid, "t", code).form, { kind: "boolean", no: "f", yes: "t" });
  }
});

Deno.test("rule 14: dates are texts unless the overlay says otherwise; nothing else is a date without it", () => {
  assertEquals(ofColumn("c DATE").column.form, { kind: "date", holds: "date", as: "text" });
  assertEquals(ofColumn("c TIMESTAMP").column.form, { kind: "date", holds: "datetime", as: "text" });
  assertEquals(ofColumn("created_at INTEGER").attribute.kind, "integer");
  const overlaid = derive("CREATE TABLE t (c BIGINT, d DATETIME, e TEXT)", {
    t: {
      attributes: {
        c: { kind: "datetime", stored: "unix_seconds" },
        d: { stored: "julian_days" },
        e: { kind: "date" },
      },
    },
  });
  assertEquals(overlaid.problems, []);
  assertEquals(columnIn(overlaid, "t", "c").form, { kind: "date", holds: "datetime", as: "unix_seconds" });
  assertEquals(columnIn(overlaid, "t", "d").form, { kind: "date", holds: "datetime", as: "julian_days" });
  assertEquals(columnIn(overlaid, "t", "e").form, { kind: "date", holds: "date", as: "text" });
});

/** Whether there need be no value, and whether that is the empty text. */
function empty(declaration: string): readonly unknown[] {
  const { attribute, column } = ofColumn(declaration);
  return ["nullAllowed" in attribute && attribute.nullAllowed, column.emptyIsText];
}

Deno.test("rule 15: an empty cell is NULL where NULL may be, and '' where the column is NOT NULL DEFAULT ''", () => {
  assertEquals(empty("c TEXT"), [true, false]);
  assertEquals(empty("c TEXT DEFAULT ''"), [true, false]);
  assertEquals(empty("c TEXT NOT NULL DEFAULT ''"), [true, true]);
  assertEquals(empty("c TEXT NOT NULL DEFAULT ('')"), [true, true]);
  assertEquals(empty('c TEXT NOT NULL DEFAULT ""'), [true, true]);
});

Deno.test("rule 15: else it is an error; primary keys are never empty", () => {
  assertEquals(empty("c TEXT NOT NULL"), [false, false]);
  assertEquals(empty("c TEXT NOT NULL DEFAULT 'x'"), [false, false]);
  assertEquals(empty("c TEXT PRIMARY KEY"), [false, false]);
  assertEquals(empty("c TEXT NOT NULL DEFAULT '' PRIMARY KEY"), [false, false]);
});

Deno.test("rule 15: where the overlay's `empty` would help, the attribute says so", () => {
  const helps = (declaration: string) => {
    const { attribute } = ofColumn(declaration);
    return "mayHoldEmptyText" in attribute && attribute.mayHoldEmptyText === true;
  };
  assertEquals(["c TEXT NOT NULL", "c VARCHAR(9) NOT NULL", "c NOT NULL", "c JSON NOT NULL"].map(helps), [
    true,
    true,
    true,
    true,
  ]);
  const others = [
    "c TEXT",
    "c TEXT NOT NULL DEFAULT ''",
    "c TEXT PRIMARY KEY",
    "c INTEGER NOT NULL",
    "c DATE NOT NULL",
  ];
  assertEquals(others.map(helps), [false, false, false, false, false]);
  const overlaid = derive("CREATE TABLE t (c TEXT NOT NULL)", { t: { attributes: { c: { empty: "text" } } } });
  const attribute = attributeIn(overlaid, "t", "c");
  assertEquals("nullAllowed" in attribute && attribute.nullAllowed, true);
  assertEquals("mayHoldEmptyText" in attribute, false);
  assertEquals(columnIn(overlaid, "t", "c").emptyIsText, true);
});

Deno.test("rule 17: a column with a DEFAULT, and a key that is the rowid, are filled by the database", () => {
  const filled = (declaration: string) => {
    const { attribute } = ofColumn(declaration);
    return "filledByDatabase" in attribute && attribute.filledByDatabase === true;
  };
  const by = [
    "n INTEGER PRIMARY KEY",
    "c TEXT DEFAULT 'x'",
    "c DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP",
    "c INT DEFAULT (1+1)",
  ];
  assertEquals(by.map(filled), [true, true, true, true]);
  const not = [
    "n INT PRIMARY KEY",
    "c TEXT",
    "c TEXT NOT NULL",
    "c TEXT NOT NULL DEFAULT NULL",
    "c TEXT DEFAULT (null)",
  ];
  assertEquals(not.map(filled), [false, false, false, false, false]);
  const overlaid = derive("CREATE TABLE t (c TEXT PRIMARY KEY, d TEXT NOT NULL)", {
    t: { attributes: { c: { generate: "uuid" }, d: { default: { sql: "CURRENT_TIMESTAMP" } } } },
  });
  for (const code of ["c", "d"]) {
    const attribute = attributeIn(overlaid, "t", code);
    assertEquals("filledByDatabase" in attribute && attribute.filledByDatabase, true);
  }
  assertEquals(columnIn(overlaid, "t", "c").generate, "uuid");
  assertEquals([columnIn(overlaid, "t", "d").default, columnIn(overlaid, "t", "d").fill], [null, "CURRENT_TIMESTAMP"]);
});

Deno.test("rule 18: generated columns can be read, and not written", () => {
  const derivation = derive(
    "CREATE TABLE t (a TEXT, b TEXT GENERATED ALWAYS AS (upper(a)) STORED UNIQUE, c INT AS (length(a)))",
  );
  for (const code of ["b", "c"]) {
    const attribute = attributeIn(derivation, "t", code);
    assertEquals("isGenerated" in attribute && attribute.isGenerated, true);
    assertEquals(columnIn(derivation, "t", code).isGenerated, true);
  }
  assertEquals(derivation.derived.model.classes.get("t")?.keySets, [["b"]]);
  assertEquals("isGenerated" in attributeIn(derivation, "t", "a"), false);
});

Deno.test("what tells rows apart is fixed", () => {
  const derivation = derive("CREATE TABLE t (a TEXT, b TEXT, c TEXT UNIQUE, PRIMARY KEY (a, b))");
  const fixed = ["a", "b", "c"].filter((code) => "isFixed" in attributeIn(derivation, "t", code));
  assertEquals(fixed, ["a", "b"]);
});
