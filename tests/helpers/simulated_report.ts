/** A simulation's report beside that of the real run. */
import { parseOurReport } from "./our_report.ts";

/**
 * A report in which the ids that the real run gave to new objects are 0, as a simulation prints them.
 * @param report of the simulation, or of the real run
 * @param real the real run's report, with the table of all rows
 */
export function withoutNewIds(report: string, real: string): { comments: string[]; rows: string[][] } {
  const rows = parseOurReport(real).table?.rows ?? [];
  const newIds = rows.filter((row) => row[1] === "created").map((row) => row[3]);
  const isNew = (id: string) => newIds.includes(id);
  // A parent that would lead back to its own object is told by its id, and so are objects in the way: `Person::7`.
  const withoutNew = (cell: string) =>
    cell.replaceAll(/\[(\d+)\]/g, (text, id) => isNew(id) ? "[0]" : text)
      .replaceAll(/::(\d+)/g, (text, id) => isNew(id) ? "::0" : text);
  const { comments, table } = parseOurReport(report);
  return {
    comments: comments.filter((line) => !line.startsWith("#Simulate: ")),
    rows: (table?.rows ?? []).map((row) => row.map((cell, index) => index > 0 && isNew(cell) ? "0" : withoutNew(cell))),
  };
}
