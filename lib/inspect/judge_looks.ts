/** What is to be said of dates and numbers. */
import { columnName } from "../csv/heading.ts";
import { parseDateFormat } from "../values/date_format.ts";
import type { ColumnFacts } from "./column_tally.ts";
import type { DateFacts } from "./date_tally.ts";
import type { Findings, NamedColumn } from "./finding.ts";

interface DateColumn extends NamedColumn {
  readonly dates: DateFacts;
}

/** One with a single format, which no row leaves open. */
type DecidedColumn = DateColumn & { readonly format: string };

/**
 * @param isKnown the caller has said how dates are written
 * @param level of what an import would leave rows out for, if these are attributes of dates
 * @returns the format to give for the file's dates; null: none is needed, or nobody can tell
 */
export function judgeDates(
  columns: readonly ColumnFacts[],
  isKnown: boolean,
  findings: Findings,
  level: "error" | "warning" = "warning",
): string | null {
  if (isKnown) return null;
  const dated = columns.flatMap(({ number, name, look }): DateColumn[] =>
    look?.kind === "dates" ? [{ column: number, name: columnName(name), dates: look }] : []
  );
  const decided = dated.flatMap((column): DecidedColumn[] => {
    const [format, ...more] = column.dates.formats;
    return format === undefined || more.length > 0 ? [] : [{ ...column, format }];
  });
  const apart = thoseApart(decided);
  const format = apart.length > 0 ? null : oneFormat(decided, dated.flatMap(({ dates }) => dates.formats));
  for (const column of dated) tellColumn(column, format, findings, level);
  if (apart.length > 0) {
    const formats = apart.map(({ column, name, format }) => ({ column, name, format }));
    findings.tell(level, { kind: "date_formats_differ", formats });
  }
  return format;
}

/** @param given the format with which the column would be read; null: as dates are stored */
function tellColumn(
  { column, name, dates }: DateColumn,
  given: string | null,
  findings: Findings,
  level: "error" | "warning",
): void {
  const { formats, example, others } = dates;
  const [format, ...more] = formats;
  if (more.length > 0) {
    const isRead = given !== null && formats.some((own) => agree(given, own, dates.hasTime));
    findings.tell(isRead ? "warning" : level, { kind: "dates_undecided", column, name, formats });
  }
  if (format === undefined && !(dates.isStored && given === null)) {
    findings.tell(level, { kind: "dates_unreadable", column, name, example });
  }
  if (others.count > 0) {
    findings.tell(level, { kind: "dates_mixed", column, name, format: format ?? example, rows: others });
  }
}

/** One format is given for all: that of a column with a time of day, if the other columns agree with its date. */
function mainOf(decided: readonly DecidedColumn[]): DecidedColumn | undefined {
  return decided.find(({ dates }) => dates.hasTime) ?? decided[0];
}

/** The main column and those that do not agree with it; none: all do. */
function thoseApart(decided: readonly DecidedColumn[]): readonly DecidedColumn[] {
  const main = mainOf(decided);
  if (main === undefined) return [];
  const others = decided.filter((other) => !agree(main.format, other.format, other.dates.hasTime));
  return others.length === 0 ? [] : [main, ...others];
}

/** Null: none is needed. @param formats of all columns */
function oneFormat(decided: readonly DecidedColumn[], formats: readonly string[]): string | null {
  const main = mainOf(decided);
  if (main === undefined || decided.every(({ dates }) => dates.isStored)) return null;
  return loosened(main.format, formats.filter((other) => agree(main.format, other, false)));
}

/** Whether one format reads both, at the most with fewer zeros. */
function agree(main: string, other: string, hasTime: boolean): boolean {
  const [form, otherForm] = [padded(main), padded(other)];
  if (form === otherForm) return true;
  const parsed = parseDateFormat(form);
  return !hasTime && parsed.ok && parsed.format.date === otherForm;
}

/** Letters of numbers that have two digits, and those that have one or two. */
const LOOSE = new Map([["d", "j"], ["m", "n"], ["H", "G"], ["h", "g"]]);
const PADDED = new Map([...LOOSE].map(([letter, loose]) => [loose, letter]));
/** A letter, or one that stands for itself. */
const LETTERS = /\\.|[a-z]/gi;

function padded(format: string): string {
  return format.replace(LETTERS, (letter) => PADDED.get(letter) ?? letter);
}

/** The format that reads what the others read, too. */
function loosened(format: string, others: readonly string[]): string {
  const letters = new Set(others.flatMap((other) => other.match(LETTERS) ?? []));
  return format.replace(LETTERS, (letter) => {
    const loose = LOOSE.get(letter);
    return loose !== undefined && letters.has(loose) ? loose : letter;
  });
}

/** Without a class nobody knows whether an attribute takes them as texts. */
export function judgeNumbers(columns: readonly ColumnFacts[], findings: Findings): void {
  for (const { number, name, look } of columns) {
    if (look?.kind !== "numbers" || look.withSigns.count === 0 || look.example === null) continue;
    findings.warn({
      kind: "signs_in_numbers",
      column: number,
      name: columnName(name),
      rows: look.withSigns,
      example: look.example,
    });
  }
}
