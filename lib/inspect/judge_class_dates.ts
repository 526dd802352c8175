/** The columns whose dates count: those of attributes of dates, if a class says which these are. */
import { columnName } from "../columns/heading.ts";
import type { MatchedHeader } from "./class_match.ts";
import type { ColumnFacts } from "./column_tally.ts";
import type { Findings } from "./finding.ts";
import { judgeDates } from "./judge_looks.ts";
import { isDate } from "./value_checks.ts";

/** @returns as `judgeDates` */
export function judgeDatesOfClass(
  columns: readonly ColumnFacts[],
  matched: MatchedHeader,
  isKnown: boolean,
  findings: Findings,
): string | null {
  const cells =
    matched.plan?.direct.flatMap(({ attribute, cell }) => attribute !== "id" && isDate(attribute) ? [cell + 1] : []) ??
      [];
  const own = columns.filter(({ number }) => cells.includes(number));
  if (!isKnown) { for (const column of own) tellRefused(column, findings); }
  return judgeDates(own, isKnown, findings);
}

/** What no format could make a date of. */
function tellRefused({ number, name, look, filled }: ColumnFacts, findings: Findings): void {
  const isDates = look?.kind === "dates";
  if (filled === 0 || (isDates && (look.formats.length > 0 || look.isStored))) return;
  const example = isDates ? look.example : null;
  findings.error({ kind: "dates_refused", column: number, name: columnName(name), example, count: filled });
}
