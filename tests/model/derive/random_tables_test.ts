/** Tables with random declarations: what is read of their text is what SQLite makes of it. */
import { assert, assertEquals } from "@std/assert";
import { readSchema } from "../../../lib/databases/foreign/read_schema.ts";
import type { Database } from "../../../lib/databases/sqlite/connection.ts";
import { deriveModel } from "../../../lib/model/derive/derive_model.ts";
import type { DerivedColumn } from "../../../lib/model/derive/derived_model.ts";
import type { Attribute } from "../../../lib/model/model.ts";
import { quoteName, quoteText } from "../../../lib/databases/sql/sql_text.ts";
import { Random } from "../../torture/random.ts";
import { withSchema } from "./derived_schema.ts";

const NAMES = ["c", "check", "a b", 'q"q', "in", "größe", "x]y", "COLLATE", "it's", "--", "/*", "n`m"];
const BLANKS = [" ", "\n", "\t", " /* ' */ ", ' -- "\n', " /**/ ", "  "];
const WORDS = ["a", "b", "A", "it''s", "x,y", ")", "(", "CHECK", "--", "/*", "*/", "", " ", "ä"];
const TYPES = ["TEXT", "VARCHAR(9)", "INTEGER", "", "BLOB", "NUMERIC", "REAL"];

interface RandomTable {
  readonly sql: string;
  readonly column: string;
}

function randomTable(random: Random): RandomTable {
  const column = random.pick(NAMES);
  const written = writtenName(column, random);
  const blank = () => random.pick(BLANKS);
  const parts = random.shuffled([
    random.pick(["", "COLLATE NOCASE", 'COLLATE "rtrim"', "collate [nocase]"]),
    random.pick(["", "DEFAULT 'CHECK (c IN (1)) COLLATE NOCASE'", "DEFAULT (1 + (2))", "DEFAULT -1"]),
    `CHECK${blank()}(${randomCheck(random, written)})`,
    random.pick(["", 'CONSTRAINT "COLLATE" CHECK (1)', `CHECK (${written} IS NOT 'never')`]),
  ]);
  const declared = [written, random.pick(TYPES), ...parts].join(blank());
  const table = random.pick(["", `,${blank()}CHECK (${randomCheck(random, written)})`]);
  return { sql: `CREATE TABLE${blank()}t${blank()}(${blank()}other INT,${blank()}${declared}${table})`, column };
}

function writtenName(name: string, random: Random): string {
  const ways = [quoteName(name)];
  if (!name.includes("]")) ways.push(`[${name}]`);
  ways.push(`\`${name.replaceAll("`", "``")}\``);
  if (name === "c" || name === "größe") ways.push(name, name.toUpperCase().replace("GRÖSSE", "größe"));
  return random.pick(ways);
}

function randomCheck(random: Random, column: string): string {
  const blank = () => random.pick(BLANKS);
  const value = () =>
    random.pick([
      () => `'${random.pick(WORDS)}'`,
      () => `'${random.pick(WORDS)}'`,
      () => String(random.int(0, 3)),
      () => `-${random.int(0, 3)}`,
      () => random.pick(["NULL", "1.5", "'a' || 'b'", "(1)", "x'61'", "0x1", "+1"]),
    ])();
  const values = Array.from({ length: 1 + random.int(0, 3) }, value).join(`${blank()},${blank()}`);
  const list = `${column}${blank()}IN${blank()}(${values})`;
  return random.pick([
    () => list,
    () => list,
    () => `(${blank()}${list})`,
    () => `${column} IS NULL OR ${list}`,
    () => `${list} OR ${column} ISNULL`,
    () => `${list} AND 1`,
    () => `${list} OR ${column} = 'other'`,
    () => `NOT ${list}`,
    () => `${column} <> ''`,
  ])();
}

/** Whether SQLite takes a value there. */
function takes(database: Database, column: string, value: string): boolean {
  try {
    database.exec(`INSERT INTO t (${quoteName(column)}) VALUES (${value})`);
    return true;
  } catch (error) {
    assert(error instanceof Error && error.message.includes("CHECK constraint failed"), String(error));
    return false;
  }
}

function listed(attribute: Attribute, { form }: DerivedColumn): readonly string[] | null {
  if (form.kind === "boolean") return [form.no, form.yes].map(sqlOf);
  if (attribute.kind !== "enum") return null;
  const isInteger = form.kind === "enum" && form.areIntegers;
  return attribute.values.map(({ code }) => isInteger ? code : quoteText(code));
}

function sqlOf(value: string | number): string {
  return typeof value === "number" ? String(value) : quoteText(value);
}

/** What is no member of any list. */
const STRANGERS = ["'zz'", "99", "'CHECK (c IN (1)) '"];

function hasOneCheck(sql: string): boolean {
  return sql.match(/CHECK\s*(?:\/\*.*?\*\/|--.*\n|\s)*\(/g)?.length === 1;
}

Deno.test("what is read as a list is what SQLite takes there, and columns compare by the collations that are read", () => {
  const random = new Random(20_261);
  let lists = 0;
  for (let round = 0; round < 1500; round++) {
    const { sql, column } = randomTable(random);
    withSchema(sql, (database) => {
      const { derived } = deriveModel(readSchema(database), null);
      const table = derived.tables.get("t");
      const found = [...table?.columns.values() ?? []][1];
      const attribute = derived.model.classes.get("t")?.attributes.get(found?.attribute ?? "");
      assert(attribute !== undefined && found !== undefined, sql);
      const values = listed(attribute, found);
      const isBoolean = attribute.kind === "boolean";
      if (values !== null) {
        lists++;
        for (const stranger of STRANGERS) {
          assertEquals(takes(database, column, stranger), false, `${stranger} in ${sql}`);
        }
        if (!isBoolean && hasOneCheck(sql)) {
          for (const value of values) assertEquals(takes(database, column, value), true, `${value} in ${sql}`);
        }
      }
      assertEquals(found.collation.toUpperCase(), collationOf(database, column), sql);
    });
  }
  assert(lists > 300, `${lists} lists`);
});

/** As an index on the column has it. */
function collationOf(database: Database, column: string): string {
  database.exec(`CREATE INDEX i ON t (${quoteName(column)})`);
  const [row] = database.prepare("SELECT coll FROM pragma_index_xinfo('i') WHERE key = 1").all();
  return String(row?.["coll"]).toUpperCase();
}
