/** Lines before a header, and comments, as far as it is certain that they are no rows. */
import { foldCase } from "../model/look_up.ts";
import type { CsvRecord } from "../csv/record.ts";
import { isLikeData } from "./judge_header.ts";
import {
  agrees,
  type DialectEvidence,
  type GivenDialect,
  likelyDialect,
  LONG_SEPARATORS,
  recordsOf,
} from "./likely_dialect.ts";
import { SEPARATORS } from "./likely_separator.ts";
import { type RowCount, RowCounter } from "./row_count.ts";

/** What was found before a header and between rows. */
export interface LikelyHead {
  /** Null: there are none. */
  readonly comment: { readonly sign: string; readonly rows: RowCount } | null;
  /** Lines before the header. */
  readonly skipLines: number;
}

export interface HeadLook {
  /** Nothing follows the text. */
  readonly isWhole: boolean;
  /** Nobody has said which lines are passed over. */
  readonly mayHavePreamble: boolean;
  readonly mayHaveComments: boolean;
  readonly mayHaveEscapes: boolean;
  /** Lines of the file before the text. */
  readonly linesBefore: number;
}

export const BACKSLASH = "\\";

const SIGNS = ["#", "//"];
const MOST_LINES = 50;
/** Of a line that says the separator. */
const SEP_CELL = /^"?sep=/i;
const LINES = /(?<=\r\n|\r(?!\n)|\n)/;
const NOTHING: LikelyHead = { comment: null, skipLines: 0 };

/** @param text the beginning of a text */
export function likelyHead(text: string, given: GivenDialect, look: HeadLook): LikelyHead {
  const plain = headOf(text, given, look);
  if (plain.skipLines > 0 || plain.comment !== null || !look.mayHaveEscapes || !text.includes(BACKSLASH)) return plain;
  return headOf(text, { ...given, escape: BACKSLASH }, look);
}

function headOf(text: string, given: GivenDialect, look: HeadLook): LikelyHead {
  for (const sign of look.mayHaveComments ? SIGNS : []) {
    const lines = text.split(LINES);
    if (!lines.some((line) => line.startsWith(sign))) continue;
    const plain = lines.map((line) => line.startsWith(sign) ? lineEndOf(line) : line).join("");
    const skipLines = preambleOf(plain, given, look);
    const dialect = dialectBehind(plain, skipLines, given, look);
    const rows = commentsIn(text, skipLines, sign, dialect, look);
    if (rows !== null) return { comment: { sign, rows }, skipLines };
  }
  return { ...NOTHING, skipLines: preambleOf(text, given, look) };
}

/** A text without its first lines. */
export function behindLines(text: string, count: number): string {
  return count === 0 ? text : text.split(LINES).slice(count).join("");
}

/** The same lines without their comments. */
export function withoutComments(text: string, sign: string): string {
  return text.split(LINES).filter((line) => !line.startsWith(sign)).join("");
}

function lineEndOf(line: string): string {
  return /[\r\n]+$/.exec(line)?.[0] ?? "";
}

function dialectBehind(text: string, skipLines: number, given: GivenDialect, { isWhole }: HeadLook): DialectEvidence {
  return likelyDialect(behindLines(text, skipLines), given, { isWhole, passedOver: 0 });
}

/** The lines that begin with a sign; null: some may be rows. */
function commentsIn(
  text: string,
  skipLines: number,
  sign: string,
  dialect: DialectEvidence,
  { isWhole, linesBefore }: HeadLook,
): RowCount | null {
  const rest = behindLines(text, skipLines);
  if (dialect.columns < 2 || dialect.rows === 0 || !agrees(dialect)) return null;
  const records = recordsOf(rest, dialect, isWhole).filter(({ cells }) => cells[0]?.startsWith(sign) === true);
  const rows = new RowCounter();
  for (const { line } of records) rows.note(line + skipLines + linesBefore);
  const isSure = !rows.isEmpty && records.every(({ cells }) => cells.length !== dialect.columns);
  // A line of a cell of several lines may begin so, too.
  const lines = rest.split(LINES).slice(0, records.at(-1)?.line ?? 0).filter((line) => line.startsWith(sign));
  return isSure && lines.length === records.length ? rows : null;
}

/** How many lines stand before a header; 0: none, or nobody can be sure. */
function preambleOf(text: string, given: GivenDialect, look: HeadLook): number {
  if (!look.mayHavePreamble) return 0;
  const whole = likelyDialect(text, given, { isWhole: look.isWhole, passedOver: 0 });
  const [first] = recordsOf(text, whole, look.isWhole);
  if (whole.columns > 1 && agrees(whole) && !(first !== undefined && isTitle(first, whole.columns))) return 0;
  let best = { skipLines: 0, fit: 0 };
  for (const separator of given.separator === null ? [...SEPARATORS, ...LONG_SEPARATORS] : [given.separator]) {
    const qualifier = given.qualifier ?? '"';
    if (separator.includes(qualifier) && qualifier !== "") continue;
    if (!text.includes(separator)) continue;
    const found = headerIn(text, separator, recordsOf(text, { ...given, separator, qualifier }, look.isWhole));
    if (found !== null && found.columns > best.fit) best = { skipLines: found.line - 1, fit: found.columns };
  }
  if (best.skipLines === 0 || best.skipLines > MOST_LINES) return 0;
  return agrees(dialectBehind(text, best.skipLines, given, look)) ? best.skipLines : 0;
}

/** The first record that is as long as nearly all behind it, and longer by far than those before it. */
function headerIn(
  text: string,
  separator: string,
  all: readonly CsvRecord[],
): { readonly line: number; readonly columns: number } | null {
  const records = all.filter(({ cells }) => !SEP_CELL.test(cells[0] ?? ""));
  const columns = usualLength(records);
  const at = records.findIndex((record) => record.cells.length === columns && !isTitle(record, columns));
  const [header, ...rows] = records.slice(at);
  const before = records.slice(0, at);
  if (columns < 2 || at < 1 || header === undefined || rows.length === 0) return null;
  if (!before.every((record) => record.cells.length * 2 <= columns || isTitle(record, columns))) return null;
  if (!areNames(header)) return null;
  const lineBefore = text.split(LINES)[header.line - 2] ?? "";
  const isSure = lineBefore.replaceAll(separator, "").trim() === "" || SEP_CELL.test(lineBefore) || before.length > 1 ||
    haveOtherCells(rows, columns);
  return isSure ? { line: header.line, columns } : null;
}

/** Of most records. */
function usualLength(records: readonly CsvRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].reduce((most, one) => one[1] > most[1] ? one : most, [0, 0])[0];
}

/** As spreadsheets write it: as long as all rows, with one filled cell. */
function isTitle({ cells }: CsvRecord, columns: number): boolean {
  return columns > 2 && cells.length === columns && cells.filter((cell) => cell !== null && cell !== "").length < 2;
}

/** Only the last one may be missing, as where lines end with a separator. */
function areNames({ cells, problem }: CsvRecord): boolean {
  const all = cells.map((cell) => foldCase(cell?.trim() ?? ""));
  const names = all.length > 2 && all.at(-1) === "" ? all.slice(0, -1) : all;
  return problem === null && new Set(names).size === names.length &&
    names.every((name) => name !== "" && !isLikeData(name));
}

/** A column has numbers, dates or addresses in all its cells. */
function haveOtherCells(rows: readonly CsvRecord[], columns: number): boolean {
  return Array.from({ length: columns }, (_, cell) => rows.map(({ cells }) => cells[cell] ?? "")).some((cells) =>
    cells.some((cell) => cell !== "") && cells.every((cell) => cell === "" || isLikeData(cell))
  );
}
