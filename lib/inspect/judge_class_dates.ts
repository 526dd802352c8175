/** The columns whose dates count: those of attributes of dates, if a class says which these are. */
import { columnName } from "../csv/heading.ts";
import { isDate } from "../model/look_up.ts";
import type { DateAttribute } from "../model/model.ts";
import type { MatchedHeader } from "./class_match.ts";
import type { ColumnFacts } from "./column_tally.ts";
import type { Findings } from "./finding.ts";
import { judgeDates } from "./judge_looks.ts";

/** Here it is certain that an import reads the cells as dates, and leaves out the rows of those that are none. @returns as `judgeDates` */
export function judgeDatesOfClass(
  columns: readonly ColumnFacts[],
  matched: MatchedHeader,
  isKnown: boolean,
  findings: Findings,
): string | null {
  if (isKnown) return null;
  const own = columns.flatMap((column) => {
    const kind = kindOf(column, matched);
    return kind === null || isRefused(column, kind, findings) ? [] : [asAttribute(column, kind)];
  });
  return judgeDates(own, isKnown, findings, "error");
}

/** Null: the column is of no attribute of dates. */
function kindOf({ number }: ColumnFacts, { plan }: MatchedHeader): DateAttribute["kind"] | null {
  const own = plan?.direct.find(({ cell }) => cell + 1 === number)?.attribute;
  return own === undefined || own === "id" || !isDate(own) ? null : own.kind;
}

/** What no format could make a date of: a date without a time of day is none with one. */
function isRefused({ number, name, look, filled }: ColumnFacts, kind: DateAttribute["kind"], findings: Findings) {
  if (filled === 0) return true;
  const dates = look?.kind === "dates" ? look : null;
  const isRead = dates !== null && (dates.formats.length > 0 || dates.isStored);
  if (isRead && !(dates.hasTime && kind === "date")) return false;
  const example = dates?.example ?? null;
  findings.error({ kind: "dates_refused", column: number, name: columnName(name), example, count: filled });
  return true;
}

/** A day is read of a format with a time of day, and midnight of one without. */
function asAttribute(column: ColumnFacts, kind: DateAttribute["kind"]): ColumnFacts {
  if (column.look?.kind !== "dates") return column;
  return { ...column, look: { ...column.look, hasTime: kind === "datetime" } };
}
