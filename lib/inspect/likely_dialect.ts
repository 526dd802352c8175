/** Separator and qualifier of a text, by which its rows have as many cells as its header. */
import type { Dialect } from "../csv/dialect.ts";
import type { CsvRecord } from "../csv/record.ts";
import { createRecordReader } from "../csv/record_reader.ts";
import { SEPARATORS } from "./likely_separator.ts";

/** How well a dialect fits. */
export interface DialectEvidence extends Dialect {
  /** In the header. */
  readonly columns: number;
  /** How many rows were looked at, and how many of them have as many cells as the header. */
  readonly rows: number;
  readonly sameRows: number;
}

/** Both as they were given; null: to be found out. */
export interface GivenDialect {
  readonly separator: string | null;
  readonly qualifier: string | null;
  /** Left out: none. */
  readonly escape?: string;
}

const MOST_RECORDS = 300;
const USUAL_QUALIFIER = '"';
const OTHER_QUALIFIER = "'";

/**
 * The dialect that fits best; one of a single column when no separator does.
 * @param text the beginning of a text @param isWhole nothing follows @param passedOver records before the header
 */
export function likelyDialect(
  text: string,
  given: GivenDialect,
  { isWhole, passedOver }: { readonly isWhole: boolean; readonly passedOver: number },
): DialectEvidence {
  const separators = given.separator === null ? SEPARATORS : [given.separator];
  const tried = separators.flatMap((separator) =>
    given.qualifier === separator ? [] : [evidenceOf(text, { ...given, separator }, isWhole, passedOver)]
  );
  const [first, ...others] = tried;
  if (first === undefined) throw new Error("A separator is tried at least");
  const best = others.reduce((one, other) => fit(other) > fit(one) ? other : one, first);
  return given.separator === null ? withLongSeparator(text, best, isWhole, passedOver) : best;
}

/** Signs that people put together, as no cell has them. */
export const LONG_SEPARATORS = ["||", "::", "|~|", "~|~", "^|^", "#|#", "~~", "##", "@@", "$$", "%%"];

/** One of several characters, where every row falls apart by it, and none does by a single one, or into columns without names. */
function withLongSeparator(
  text: string,
  best: DialectEvidence,
  isWhole: boolean,
  passedOver: number,
): DialectEvidence {
  for (const separator of LONG_SEPARATORS) {
    if (!text.includes(separator) || separator.includes(best.qualifier)) continue;
    if (best.columns > 1 && !(separator.includes(best.separator) && !areNamed(text, best, isWhole, passedOver))) {
      continue;
    }
    const { escape } = best;
    const found = evidenceOf(
      text,
      { separator, qualifier: null, ...escape === undefined ? {} : { escape } },
      isWhole,
      passedOver,
    );
    const isSure = found.columns > 1 && found.rows > 0 && found.sameRows === found.rows;
    if (isSure && areNamed(text, found, isWhole, passedOver)) return found;
  }
  return best;
}

/** Every column has a name of its own. */
function areNamed(text: string, dialect: Dialect, isWhole: boolean, passedOver: number): boolean {
  const [header] = recordsOf(text, dialect, isWhole).slice(passedOver);
  const names = header?.cells.map((cell) => cell?.trim() ?? "") ?? [];
  return names.every((name) => name !== "") && new Set(names).size === names.length;
}

/** Nearly all rows are as long as the header. */
export function agrees({ rows, sameRows }: DialectEvidence): boolean {
  return rows === 0 || sameRows / rows > 0.9 || (rows > 2 && rows - sameRows === 1);
}

/** Columns count, but rows that agree count more. */
function fit({ columns, rows, sameRows }: DialectEvidence): number {
  if (columns < 2) return 0;
  const share = rows === 0 ? 1 : sameRows / rows;
  return share * share * (1 + Math.log2(columns));
}

function evidenceOf(
  text: string,
  given: GivenDialect & { readonly separator: string },
  isWhole: boolean,
  passedOver: number,
): DialectEvidence {
  const { separator, qualifier } = given;
  const escape = given.escape === undefined ? {} : { escape: given.escape };
  const usual = qualifier ?? (separator === USUAL_QUALIFIER ? OTHER_QUALIFIER : USUAL_QUALIFIER);
  const records = recordsOf(text, { separator, qualifier: usual, ...escape }, isWhole).slice(passedOver);
  const isOther = qualifier === null && separator !== OTHER_QUALIFIER && areLikelyQualified(records, OTHER_QUALIFIER);
  if (isOther) return evidenceOf(text, { ...given, qualifier: OTHER_QUALIFIER }, isWhole, passedOver);
  const [header, ...rows] = records;
  const columns = header?.cells.length ?? 0;
  const sameRows = rows.filter(({ cells, problem }) => problem === null && cells.length === columns).length;
  return { separator, qualifier: usual, ...escape, columns, rows: rows.length, sameRows };
}

/** The first records of a text. */
export function recordsOf(text: string, dialect: Dialect, isWhole: boolean): readonly CsvRecord[] {
  const reader = createRecordReader(dialect);
  const records = reader.push(text);
  return (isWhole ? [...records, ...reader.end()] : records).slice(0, MOST_RECORDS);
}

/** Names of columns have no separators or line breaks in them, by which other cells would fall apart. */
function areLikelyQualified(records: readonly CsvRecord[], sign: string): boolean {
  return areQualified(records.slice(0, 1), sign) || areQualified(records, sign);
}

/** Whether most filled cells stand between two of a sign. */
function areQualified(records: readonly CsvRecord[], sign: string): boolean {
  const filled = records.flatMap(({ cells }) => cells).filter((cell) => cell !== null && cell !== "");
  const between = filled.filter((cell) => (cell?.length ?? 0) > 1 && cell?.startsWith(sign) && cell.endsWith(sign));
  return between.length > filled.length / 2;
}
