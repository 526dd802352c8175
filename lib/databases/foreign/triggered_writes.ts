/**
 * What SQLite writes by itself along with a statement: triggers, those that they set off, and what foreign keys do to rows. SQLite's own
 * program for the statement (EXPLAIN) tells it, with all that becomes part of it: the program of each trigger begins with `Init`, each of its
 * statements with `Trace`, which tells its text. Whatever is not understood may be anything.
 */
import { foldName } from "../../model/derive/ascii_names.ts";
import type { TableFacts } from "../../model/derive/schema_facts.ts";
import { atCommas, inBrackets, isSign, isWord, type SqlToken, sqlTokens } from "../../model/derive/sql_tokens.ts";
import type { Database, Row } from "../sqlite/connection.ts";

/** Columns that are set, folded; null: any, or rows come and go. */
export type WrittenColumns = ReadonlySet<string> | null;

/** By the names of tables as they are; null: nobody can tell. */
export type TriggeredWrites = ReadonlyMap<string, WrittenColumns> | null;

/** The bit of the fifth parameter by which the page of a table is not told. */
const PAGE_IS_ELSEWHERE = 0x10;

/** The number of the database itself: TEMP, in which keys are kept, has another one. */
const MAIN = 0;

/** @param sql a statement that writes rows of a table @param table its name */
export function triggeredWrites(database: Database, sql: string, table: string): TriggeredWrites {
  const pages = pagesOf(database);
  const written = new Map<string, WrittenColumns>();
  let programs = 0;
  let statement = "";
  let isOwn = false;
  for (const { opcode, p1, p2, p3, p4, p5 } of database.prepare(`EXPLAIN ${sql}`).all()) {
    if (opcode === "Init") {
      programs++;
      statement = "";
    } else if (opcode === "Trace") statement = String(p4);
    const page = opcode === "OpenWrite" && p3 === MAIN ? p2 : opcode === "Clear" && p2 === MAIN ? p1 : undefined;
    if (page === undefined) continue;
    const name = pages.get(Number(page));
    if (name === undefined || (Number(p5) & PAGE_IS_ELSEWHERE) !== 0) return null;
    if (programs > 1) written.set(name, together(written.get(name), columnsSet(statement)));
    else if (name === table) isOwn = true;
  }
  return isOwn ? written : null;
}

/** Tables by the first page of each of their trees. */
function pagesOf(database: Database): ReadonlyMap<number, string> {
  const rows: readonly Row[] = database.prepare("SELECT rootpage, tbl_name FROM main.sqlite_schema WHERE rootpage > 0")
    .all();
  return new Map(rows.map(({ rootpage, tbl_name: name }) => [Number(rootpage), String(name)]));
}

function together(known: WrittenColumns | undefined, more: WrittenColumns): WrittenColumns {
  return known === undefined ? more : known === null || more === null ? null : known.union(more);
}

/** Of an UPDATE; null: it is none, or not understood. @param statement of a trigger in one line, behind `--` */
function columnsSet(statement: string): WrittenColumns {
  const text = statement.replace(/^-- /, "");
  // The line in which a comment ends is not told.
  if (text.includes("--")) return null;
  const tokens = sqlTokens(text);
  const start = tokens.findIndex((token) => isWord(token, "SET"));
  if (!isWord(tokens[0], "UPDATE") || isWord(tokens[1], "OR") || start < 0) return null;
  const names = atCommas(assignmentsIn(tokens.slice(start + 1))).map(namesIn);
  return names.includes(null) ? null : new Set(names.flatMap((some) => some ?? []));
}

function assignmentsIn(tokens: readonly SqlToken[]): readonly SqlToken[] {
  let depth = 0;
  const end = tokens.findIndex((token, index) => {
    if (isSign(token, "(")) depth++;
    else if (isSign(token, ")")) depth--;
    const isFrom = isWord(token, "FROM") && !isWord(tokens[index - 1], "DISTINCT");
    return depth === 0 && (isFrom || isWord(token, "WHERE"));
  });
  return end < 0 ? tokens : tokens.slice(0, end);
}

/** Of `name = …` or `(name, …) = …`. */
function namesIn(assignment: readonly SqlToken[]): readonly string[] | null {
  const list = inBrackets(assignment, 0) ?? { inner: assignment.slice(0, 1), after: 1 };
  const names = atCommas(list.inner).map(([name, ...more]) =>
    name !== undefined && more.length === 0 && /^(word|name|quoted|text)$/.test(name.kind) ? foldName(name.text) : null
  );
  const known = names.filter((name) => name !== null);
  return isSign(assignment[list.after], "=") && known.length === names.length ? known : null;
}

/** Whether an UPDATE of columns that SQLite computes nothing of writes nothing but these. */
export function keepsOthers({ columns, sql }: TableFacts): boolean {
  return !columns.some(({ isGenerated }) => isGenerated) && !/\bON\s+CONFLICT\b/i.test(sql);
}
