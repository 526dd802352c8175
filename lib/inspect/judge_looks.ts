/** What is to be said of dates and numbers. */
import { columnName } from "../columns/heading.ts";
import { parseDateFormat } from "../values/date_format.ts";
import type { ColumnFacts } from "./column_tally.ts";
import type { DateFacts } from "./date_tally.ts";
import type { Findings, NamedColumn } from "./finding.ts";

interface DateColumn extends NamedColumn {
  readonly dates: DateFacts;
}

/**
 * @param isKnown the caller has said how dates are written
 * @returns the format to give for the file's dates; null: none is needed, or nobody can tell
 */
export function judgeDates(columns: readonly ColumnFacts[], isKnown: boolean, findings: Findings): string | null {
  if (isKnown) return null;
  const dated = columns.flatMap(({ number, name, look }): DateColumn[] =>
    look?.kind === "dates" ? [{ column: number, name: columnName(name), dates: look }] : []
  );
  for (const column of dated) tellColumn(column, findings);
  return oneFormat(dated, findings);
}

function tellColumn({ column, name, dates }: DateColumn, findings: Findings): void {
  const { formats, example, others } = dates;
  const [format, ...more] = formats;
  if (more.length > 0) findings.warn({ kind: "dates_undecided", column, name, formats });
  if (format === undefined && !dates.isStored) findings.warn({ kind: "dates_unreadable", column, name, example });
  if (others.count > 0) {
    findings.warn({ kind: "dates_mixed", column, name, format: format ?? example, rows: others });
  }
}

/** One format is given for all: that of the column with a time of day, if the other columns agree with its date. */
function oneFormat(dated: readonly DateColumn[], findings: Findings): string | null {
  const decided = dated.flatMap(({ column, name, dates }) => {
    const [format, ...more] = dates.formats;
    return format === undefined || more.length > 0 ? [] : [{ column, name, format, dates }];
  });
  const withTime = decided.filter(({ dates }) => dates.hasTime);
  const [main] = [...withTime, ...decided];
  if (main === undefined) return null;
  const others = decided.filter((other) => !agree(main.format, other.format, other.dates.hasTime));
  if (others.length > 0) {
    const formats = [main, ...others].map(({ column, name, format }) => ({ column, name, format }));
    findings.warn({ kind: "date_formats_differ", formats });
    return null;
  }
  return decided.every(({ dates }) => dates.isStored) ? null : main.format;
}

function agree(main: string, other: string, hasTime: boolean): boolean {
  if (main === other) return true;
  const parsed = parseDateFormat(main);
  return !hasTime && parsed.ok && parsed.format.date === other;
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
