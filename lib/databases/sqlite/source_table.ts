/** The rows of a table of ours in SQLite, which takes any value in any column: those that no column of ours can have are refused. */
import { EXIT, RunStop } from "../../errors.ts";
import { valueNotCopied, type WrongValue } from "../../messages/copy.ts";
import type { CopiedColumn, CopiedRow, CopiedTable } from "../copying/copied_table.ts";
import type { PagedTable, TableSize } from "../copying/pages.ts";
import { placeholders, quoteName, quoteNames } from "../sql/sql_text.ts";
import type { Database, Row } from "./connection.ts";
import { MOST_ARGUMENTS } from "./table_rows.ts";

/** What comes in place of bytes that are no UTF-8. Texts may have it, too. */
const REPLACED = "\uFFFD";

export class SourceTable implements PagedTable {
  readonly #bytes: string;
  readonly #page: string;
  readonly #cells: string;

  constructor(private readonly database: Database, private readonly table: CopiedTable) {
    const texts = table.columns.filter(({ holds }) => holds === "text").map(({ name }) => quoteName(name));
    this.#bytes = texts.length === 0 ? "0" : sumOf(texts.map((text) => `coalesce(octet_length(${text}), 0)`));
    this.#page = pageColumns(table);
    this.#cells = cellsOf(table.columns);
  }

  size(): TableSize {
    const sql = `SELECT count(*) AS rows, max(${this.#bytes}) AS longest FROM ${quoteName(this.table.name)}`;
    const { rows, longest } = this.database.prepare(sql).get() ?? {};
    return { rows: Number(rows), longest: Number(longest ?? 0) };
  }

  lengths(behind: CopiedRow | null, most: number): readonly number[] {
    const rows = `SELECT ${this.#bytes} AS bytes ${this.#behind(behind)}`;
    const row = this.#ask(`SELECT json_group_array(bytes) AS found FROM (${rows})`, behind, most);
    return JSON.parse(String(row?.["found"]));
  }

  rows(behind: CopiedRow | null, most: number): readonly CopiedRow[] {
    const found = `SELECT ${this.#page} ${this.#behind(behind)}`;
    const row = this.#ask(
      `SELECT json_group_array(${this.#cells}) FILTER (WHERE NOT odd) AS found, max(odd) AS odd FROM (${found})`,
      behind,
      most,
    );
    if (Number(row?.["odd"] ?? 0) > 0) throw this.#oddValue();
    const text = String(row?.["found"]);
    const rows: readonly CopiedRow[] = this.table.columns.length > MOST_ARGUMENTS
      ? (JSON.parse(text) as CopiedRow[][]).map((parts) => parts.flat())
      : JSON.parse(text);
    if (text.includes(REPLACED)) this.#requireUtf8(rows);
    return rows;
  }

  #behind(behind: CopiedRow | null): string {
    const { name, key } = this.table;
    const where = behind === null ? "" : `WHERE (${quoteNames(key)}) > ${placeholders(key.length)} `;
    return `FROM ${quoteName(name)} ${where}ORDER BY ${quoteNames(key)} LIMIT ?`;
  }

  #ask(sql: string, behind: CopiedRow | null, most: number): Row | undefined {
    return this.database.prepare(sql).get(...behind ?? [], most);
  }

  /** The first one that is found. */
  #oddValue(): RunStop {
    const { name, key } = this.table;
    for (const column of this.table.columns) {
      const found = this.database.prepare(
        `SELECT ${keyText(key)} AS key, typeof(${quoteName(column.name)}) AS type FROM ${quoteName(name)} ` +
          `WHERE ${isOdd(column)} LIMIT 1`,
      ).get();
      if (found !== undefined) return this.#wrong(column.name, String(found["key"]), String(found["type"]));
    }
    throw new Error(`${name} has no odd value any more`);
  }

  /** @throws RunStop 78 */
  #requireUtf8(rows: readonly CopiedRow[]): void {
    const { name, columns, key } = this.table;
    const places = key.map((one) => columns.findIndex((column) => column.name === one));
    for (const row of rows) {
      const keys = places.map((place) => row[place] ?? null);
      for (const [place, column] of columns.entries()) {
        const value = row[place];
        if (typeof value !== "string" || !value.includes(REPLACED)) continue;
        const sql = `SELECT CAST(${quoteName(column.name)} AS BLOB) AS bytes FROM ${quoteName(name)} ` +
          `WHERE (${quoteNames(key)}) = ${placeholders(key.length)}`;
        const bytes = this.database.prepareRaw(sql).all(...keys)[0]?.["bytes"];
        if (!isUtf8(bytes)) throw this.#wrong(column.name, keys.join(", "), "bytes");
      }
    }
  }

  #wrong(column: string, key: string, found: string): RunStop {
    const value: WrongValue = { table: this.table.name, column, key, found };
    return new RunStop(EXIT.databaseNotUsable, [valueNotCopied(this.database.path, value)]);
  }
}

function isUtf8(bytes: unknown): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes instanceof Uint8Array ? bytes : undefined);
    return true;
  } catch {
    return false;
  }
}

/** The values under names of their own, and whether one of them is odd. */
function pageColumns({ columns }: CopiedTable): string {
  const values = columns.map((column, index) => `${valueOf(column)} AS c${index}`);
  return [...values, `${anyOf(columns.map(isOdd))} AS odd`].join(", ");
}

/** One JSON array; of very many columns one of several. */
function cellsOf(columns: readonly CopiedColumn[]): string {
  const names = columns.map((_, index) => `c${index}`);
  if (names.length <= MOST_ARGUMENTS) return `json_array(${names.join(", ")})`;
  const parts: string[] = [];
  for (let start = 0; start < names.length; start += MOST_ARGUMENTS) {
    parts.push(`json_array(${names.slice(start, start + MOST_ARGUMENTS).join(", ")})`);
  }
  return `json_array(${parts.join(", ")})`;
}

/** A number that is not whole in as few digits as tell it from all others, as numbers are written. */
function valueOf({ name, holds }: CopiedColumn): string {
  const value = quoteName(name);
  if (holds !== "number") return value;
  const short = `printf('%!.15g', ${value})`;
  return `CASE typeof(${value}) WHEN 'real' THEN CASE WHEN CAST(${short} AS REAL) = ${value} THEN ${short} ` +
    `ELSE printf('%!.17g', ${value}) END WHEN 'null' THEN NULL ELSE CAST(${value} AS TEXT) END`;
}

const LARGEST = Number.MAX_SAFE_INTEGER;

/** Whether csvrecon cannot have written it. */
function isOdd({ name, holds }: CopiedColumn): string {
  const value = quoteName(name);
  switch (holds) {
    case "text":
      return `typeof(${value}) NOT IN ('text', 'null')`;
    case "integer":
      return `(typeof(${value}) NOT IN ('integer', 'null') OR ${value} NOT BETWEEN -${LARGEST} AND ${LARGEST})`;
    case "number":
      return `(typeof(${value}) NOT IN ('integer', 'real', 'null') OR abs(${value}) > 1e300)`;
  }
}

function keyText(key: readonly string[]): string {
  return key.map((name) => quoteName(name)).join(" || ', ' || ");
}

/** Neither a sum nor an alternative of many must be a deep expression. */
function sumOf(parts: readonly string[]): string {
  return balanced(parts, " + ");
}

function anyOf(conditions: readonly string[]): string {
  return balanced(conditions.map((condition) => `coalesce(${condition}, 0)`), " OR ");
}

function balanced(parts: readonly string[], sign: string): string {
  if (parts.length < 3) return parts.join(sign);
  const half = parts.length >> 1;
  return `(${balanced(parts.slice(0, half), sign)})${sign}(${balanced(parts.slice(half), sign)})`;
}
