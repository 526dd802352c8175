/**
 * Whether our report agrees with the reference's. The two are the same but for what is named here; everything else is a difference.
 *
 * Comment lines:
 * - the list behind `Possible columns:` (we do not know every attribute of the reference)
 * - quotes and arrows in a column's name that a refusal shows (the reference drops them, we do not)
 *
 * Details table:
 * - the order of the rows: they are compared by `Line`
 * - the word `Modified` behind a changed value
 * - the examples behind `Some possible '…' value(s):`
 * - around a refusal at writing, what the reference says of its own inside
 * - the Object Id of an ambiguous row, ours is `n/a`
 *
 * A run that was refused has no counters: only its last line is compared, and of a missing argument the first.
 */
import { lines, parseOurReport, splitReport } from "./our_report.ts";
import { parseRecordedTable, type RecordedCell, type RecordedTable } from "./recorded_table.ts";

/** The differences, one line each; none: the reports agree. */
export function reportDifferences(recorded: string, ours: string): string[] {
  if (recorded.startsWith("ERROR: Missing argument ")) {
    return commentDifferences(lines(recorded).slice(0, 1), lines(ours).slice(0, 1));
  }
  if (!/^#Created: /m.test(recorded)) return commentDifferences([lastLine(recorded)], [lastLine(ours)]);
  const { comments, tableText } = splitReport(recorded);
  const table = tableText === "" ? null : parseRecordedTable(withoutWrappings(tableText));
  try {
    const our = parseOurReport(ours);
    return [...commentDifferences(comments, our.comments), ...tableDifferences(table, our.table)];
  } catch (error) {
    return [`our table is not valid CSV: ${error instanceof Error ? error.message : error}`];
  }
}

function lastLine(text: string): string {
  return lines(text).at(-1) ?? "";
}

function commentDifferences(recorded: readonly string[], ours: readonly string[]): string[] {
  const differences: string[] = [];
  for (let index = 0; index < Math.max(recorded.length, ours.length); index++) {
    const [expected, found] = [recorded[index], ours[index]];
    if (expected === undefined || found === undefined || comparable(expected) !== comparable(found)) {
      differences.push(`line ${index + 1}: expected ${show(expected)}, found ${show(found)}`);
    }
  }
  return differences;
}

const COLUMN_REFUSAL =
  /^(#Unknown column: '|#Unknown reconciliation key: '|#Reconciliation key not found in the input columns: ')(.*)('.*)$/s;

function comparable(line: string): string {
  const cut = line.startsWith("#Unknown column: ") ? line.replace(/( Possible columns: ).*$/, "$1") : line;
  return cut.replace(COLUMN_REFUSAL, (_, before, name, after) => before + name.replaceAll(/["<>]/g, "") + after);
}

/** The column of the Object Id. */
const OBJECT_ID = 3;

type OurTable = ReturnType<typeof parseOurReport>["table"];

function tableDifferences(recorded: RecordedTable | null, ours: OurTable): string[] {
  if (recorded === null || ours === null) {
    return recorded === ours ? [] : [`expected ${recorded ? "a" : "no"} table, found ${ours ? "one" : "none"}`];
  }
  if (recorded.heading.join(";") !== ours.heading.join(";")) {
    return [`heading: expected ${show(recorded.heading.join(";"))}, found ${show(ours.heading.join(";"))}`];
  }
  if (recorded.rows.length !== ours.rows.length) {
    return [`expected ${recorded.rows.length} rows, found ${ours.rows.length}`];
  }
  return recorded.rows.flatMap((row) => {
    const line = row[0]?.text;
    const sameLine = ours.rows.filter((candidate) => candidate[0] === line);
    if (sameLine.length !== 1) return [`Line ${line}: found ${sameLine.length} times`];
    return rowDifferences(row, sameLine[0] ?? [], recorded.heading);
  });
}

function rowDifferences(row: readonly RecordedCell[], ours: readonly string[], heading: readonly string[]): string[] {
  const isAmbiguous = row[1]?.text.startsWith("Issue: ambiguous reconciliation") === true;
  return row.flatMap((cell, index) => {
    const expected = isAmbiguous && index === OBJECT_ID ? "n/a" : cell.text;
    const found = ours[index] ?? "";
    if (withoutExamples(expected) === withoutExamples(found)) return [];
    return [`Line ${row[0]?.text}, ${heading[index]}: expected ${show(expected)}, found ${show(found)}`];
  });
}

function withoutExamples(text: string): string {
  return text.replace(/(Some possible '[^']*' value\(s\): ).*$/s, "$1");
}

/** `Issue: Internal error: CoreCannotSaveObjectException, <reasons>: issues = {…}, class = C, id = -1` is `Issue: <reasons>`. */
function withoutWrappings(table: string): string {
  return table
    .replaceAll(/^(\d+;Issue: )Internal error: CoreCannotSaveObjectException, /gm, "$1")
    .replaceAll(/: issues = \{0=>[^]*?\}, class = \w+, id = -?\d+(?=;)/g, "");
}

function show(text: string | undefined): string {
  return text === undefined ? "nothing" : JSON.stringify(text);
}
