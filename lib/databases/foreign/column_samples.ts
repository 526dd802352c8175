/** What the values of a column are, and how many of them another table has: what a person must know to say what the column means. */
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { ColumnPlace, ColumnSample } from "../../model/overlay/proposal.ts";
import type { StoredValue } from "../../model/model.ts";
import { quoteText } from "../sql/sql_text.ts";
import type { Database } from "../sqlite/connection.ts";
import { columnOf, ROW, tableName } from "./foreign_table.ts";

/** Values that are looked at, whichever they are. */
const MOST_VALUES = 1000;

/** Rows in which they are looked for. */
const MOST_ROWS = 1_000_000;

/** Different values that are looked for in another table. */
const MOST_SEARCHED = 10_000;

/** Of one value, in characters. */
const SHOWN = 40;

const DIGIT = "[0-9]";
const HEX = "[0-9a-fA-F]";
const DAY = [DIGIT.repeat(4), DIGIT.repeat(2), DIGIT.repeat(2)].join("-");
const MOMENT = `${DAY}[ T]${DIGIT.repeat(2)}:${DIGIT.repeat(2)}*`;
const UUID = [8, 4, 4, 4, 12].map((count) => HEX.repeat(count)).join("-");

const IS_NUMBER = "typeof(v) IN ('integer', 'real')";
const IS_TEXT = "typeof(v) = 'text'";

/** The collation of the column may be one that only its program has. */
const COUNTS = [
  "count(*) AS count",
  countOf(IS_NUMBER, "numbers"),
  `min(CASE WHEN ${IS_NUMBER} THEN CAST(v AS REAL) END) AS least`,
  `max(CASE WHEN ${IS_NUMBER} THEN CAST(v AS REAL) END) AS most`,
  countOf(IS_TEXT, "texts"),
  countOf(`${IS_TEXT} AND length(v) = 0`, "empty"),
  countOf(likes(DAY), "days"),
  countOf(likes(MOMENT), "moments"),
  countOf(likes(UUID), "uuids"),
  countOf(likes(HEX.repeat(32)), "hexes"),
].join(", ");

function countOf(condition: string, name: string): string {
  return `count(CASE WHEN ${condition} THEN 1 END) AS ${name}`;
}

function likes(pattern: string): string {
  return `${IS_TEXT} AND v GLOB ${quoteText(pattern)}`;
}

export function sampleColumn(database: Database, table: DerivedTable, column: DerivedColumn): ColumnSample {
  const rows = `SELECT ${columnOf(column)} COLLATE BINARY AS v FROM ${tableName(table)} ${ROW} LIMIT ${MOST_ROWS}`;
  const values = `SELECT v FROM (${rows}) WHERE v IS NOT NULL LIMIT ${MOST_VALUES}`;
  const counts = database.prepare(`SELECT ${COUNTS} FROM (${values})`).get() ?? {};
  const different = database.prepare(
    `SELECT DISTINCT substr(CAST(v AS TEXT), 1, ${SHOWN}) AS v FROM (${values}) WHERE typeof(v) <> 'blob' LIMIT 3`,
  ).all();
  const count = (name: string) => Number(counts[name] ?? 0);
  return {
    count: count("count"),
    numbers: count("numbers"),
    least: numberOrNull(counts["least"]),
    most: numberOrNull(counts["most"]),
    texts: count("texts"),
    empty: count("empty"),
    days: count("days"),
    moments: count("moments"),
    uuids: count("uuids"),
    hexes: count("hexes"),
    different: different.map(({ v }) => String(v)),
  };
}

function numberOrNull(value: StoredValue | undefined): number | null {
  return typeof value === "number" ? value : null;
}

/** What SQLite itself has. */
const COLLATIONS: readonly string[] = ["BINARY", "NOCASE", "RTRIM"];

/** How many different values the column has, and how many of these the target has. Null: only the program of the database can compare them. */
export function countFound(
  database: Database,
  { table, column }: ColumnPlace,
  target: ColumnPlace,
): { readonly values: number; readonly found: number } | null {
  const collations = [column, target.column].map(({ collation }) => collation.toUpperCase());
  if (!collations.every((collation) => COLLATIONS.includes(collation))) return null;
  const value = columnOf(column);
  const rows = `SELECT ${value} AS v FROM ${tableName(table)} ${ROW} LIMIT ${MOST_ROWS}`;
  const values = `SELECT DISTINCT v FROM (${rows}) WHERE v IS NOT NULL LIMIT ${MOST_SEARCHED}`;
  const isThere = `EXISTS (SELECT 1 FROM ${tableName(target.table)} o WHERE ${columnOf(target.column, "o")} = s.v)`;
  const row = database.prepare(
    `SELECT count(*) AS "values", count(CASE WHEN ${isThere} THEN 1 END) AS found FROM (${values}) s`,
  ).get();
  return { values: Number(row?.["values"] ?? 0), found: Number(row?.["found"] ?? 0) };
}
