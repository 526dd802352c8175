/**
 * The rows of a table, from one connection to another, exactly as they are: every value with its type, every row with its rowid. Deno 2.4
 * has no other way from one database into another: it lacks SQLite's backup, and the binary lacks the rights for ATTACH.
 */
import type { Breath } from "../../breath.ts";
import type { StoredValue } from "../../model/model.ts";
import { placeholders, quoteName, quoteNames, quoteText } from "../sql/sql_text.ts";
import type { Database } from "./connection.ts";
import { type CopiedTable, joined, MOST_ARGUMENTS, rowsOf } from "./table_rows.ts";

/** A table cannot be copied exactly. */
export class NotTheSame extends Error {}

/** Rows that are inserted with one statement. */
const ROWS_TOGETHER = 128;
/** Values that are bound to one statement. */
const MOST_VALUES = 4096;

/**
 * @param target an empty table of that name is there, without triggers
 * @throws NotTheSame when what arrived is not what there is
 */
export async function copyTable(source: Database, target: Database, table: CopiedTable, breath: Breath): Promise<void> {
  if (table.columns.length <= MOST_ARGUMENTS && isUtf8(source)) {
    await copyRows(source, target, table, breath, false);
    if (isSame(source, target, table)) return;
    // What is no text though it passes for one, such as bytes that are no UTF-8, does not come through.
    target.exec(`DELETE FROM ${quoteName(table.name)}`);
  }
  await copyRows(source, target, table, breath, true);
  if (!isSame(source, target, table)) throw new NotTheSame(table.name);
}

/** Half a character of UTF-16 becomes another one that is as long. */
function isUtf8(database: Database): boolean {
  return database.prepare("PRAGMA encoding").get()?.["encoding"] === "UTF-8";
}

async function copyRows(
  source: Database,
  target: Database,
  table: CopiedTable,
  breath: Breath,
  areLiteral: boolean,
): Promise<void> {
  const columns = quoteNames(table.columns.map(({ name }) => name));
  const into = `INSERT INTO ${quoteName(table.name)} (${columns}) VALUES `;
  for (const { json, literals } of rowsOf(source, table, areLiteral)) {
    insert(target, into, table.columns.length, JSON.parse(json));
    if (literals !== null) target.exec(into + literals);
    if (breath.isDue) await breath.take();
  }
}

/** @param width values of a row */
function insert(target: Database, into: string, width: number, rows: readonly (readonly StoredValue[])[]): void {
  const together = Math.max(1, Math.min(ROWS_TOGETHER, Math.floor(MOST_VALUES / width)));
  for (let start = 0; start < rows.length; start += together) {
    const some = rows.slice(start, start + together);
    target.prepare(into + Array(some.length).fill(placeholders(width)).join(", ")).run(...some.flat());
  }
}

/** Columns that are summed up at once: SQLite takes the square of their number to prepare for them. */
const SUMMED_TOGETHER = 200;
/** Sums of these tell how many values of each type there are, in all likelihood. */
const TYPE_WEIGHTS = { integer: 1, real: 101, text: 10_007, blob: 1_000_003 } as const;

/**
 * Whether there are as many rows, and in each column as many bytes and as many values of each type. Bytes that are no UTF-8 come out as
 * U+FFFD, which is as long as three of them: so the bytes of everything else are counted, too.
 */
function isSame(source: Database, target: Database, { name, columns }: CopiedTable): boolean {
  const types = Object.entries(TYPE_WEIGHTS).map(([type, weight]) => `WHEN ${quoteText(type)} THEN ${weight}`).join(
    " ",
  );
  for (let start = 0; start < columns.length; start += SUMMED_TOGETHER) {
    const sums = columns.slice(start, start + SUMMED_TOGETHER).map((column) => quoteName(column.name)).flatMap((
      value,
    ) => [
      `total(octet_length(${value}))`,
      `total(CASE typeof(${value}) ${types} END)`,
      `total(CASE typeof(${value}) WHEN 'text' THEN octet_length(replace(${value}, char(65533), '')) END)`,
    ]);
    const query = `SELECT ${joined(" ", ["COUNT(*)", ...sums])} AS sums FROM ${quoteName(name)}`;
    if (source.prepare(query).get()?.["sums"] !== target.prepare(query).get()?.["sums"]) return false;
  }
  return true;
}
