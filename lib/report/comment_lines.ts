/** The comment lines of a report, in the reference's order. */
import { reportLine } from "../messages/report.ts";
import type { OutputFormat } from "../parameters/settings/settings.ts";
import type { GoneCounts } from "../reconcile/gone_object.ts";
import type { RunColumns, RunEnd, RunHeading } from "./run_facts.ts";
import { rowCount, type RowCounts } from "./totals.ts";

/**
 * The lines that even a refused run has.
 * @param dataSize bytes; null: not known (yet), as with standard input
 */
export function headingLines(output: OutputFormat, heading: RunHeading, dataSize: number | null): string[] {
  return [
    reportLine.outputFormat(output),
    reportLine.class(heading.class),
    reportLine.separator(heading.dialect.separator),
    reportLine.qualifier(heading.dialect.qualifier),
    reportLine.charset(heading.charset),
    ...dateFormatLines(heading.dateFormat),
    reportLine.localize(heading.localize),
    ...(dataSize === null ? [] : [reportLine.dataSize(dataSize)]),
  ];
}

/** The lines behind those, for a run that came to its end. */
export function resultLines(
  heading: RunHeading,
  columns: RunColumns,
  counts: RowCounts,
  { warnings, rejects, notLoadedSince }: Pick<RunEnd, "warnings" | "rejects" | "notLoadedSince">,
): string[] {
  const { maxErrors, maxChanges } = heading.limits;
  return [
    reportLine.dataLines(rowCount(counts)),
    // Told only when it was asked for: the reference knows no other way.
    ...(heading.twins === "error" ? [] : [reportLine.twins(heading.twins)]),
    ...(maxErrors === null ? [] : [reportLine.maxErrors(maxErrors)]),
    ...(maxChanges === null ? [] : [reportLine.maxChanges(maxChanges)]),
    ...heading.further.map(({ name, value }) => reportLine.parameter(name === "gone" ? GONE_WAY : name, value)),
    reportLine.simulate(heading.simulate),
    reportLine.columns(loadedColumns(columns)),
    reportLine.reconciliationKeys(columns.keys),
    ...warnings.map(reportLine.warning),
    reportLine.comment(heading.comment),
    reportLine.issues(counts.rejected),
    reportLine.warnings(counts.warnings),
    reportLine.created(counts.created),
    reportLine.updated(counts.updated),
    reportLine.unchanged(counts.unchanged),
    ...(heading.mayCreateTargets ? [reportLine.createdTargets(counts.createdTargets)] : []),
    ...(heading.maySkip ? [reportLine.skipped(counts.skipped)] : []),
    ...(counts.gone === undefined ? [] : goneLines(counts.gone)),
    ...(notLoadedSince === undefined ? [] : [reportLine.notLoaded(notLoadedSince)]),
    ...(rejects === undefined || rejects.written === null ? [] : [reportLine.rejects(rejects.written)]),
  ];
}

/** `Gone` alone is how many there are. */
const GONE_WAY = "gone_way";

function goneLines({ gone, refused }: GoneCounts): string[] {
  return [reportLine.gone(gone), ...(refused === 0 ? [] : [reportLine.goneIssues(refused)])];
}

/** Codes. */
export function loadedColumns({ columns }: Pick<RunColumns, "columns">): readonly string[] {
  return columns.filter((code) => code !== "");
}

function dateFormatLines(format: RunHeading["dateFormat"]): string[] {
  if (format === null) return [reportLine.noDateFormat()];
  return [reportLine.dateTimeFormat(format.dateTime), reportLine.dateFormat(format.date)];
}
