/** Sentences that end a run of an import, and do not belong to one room. */
import type { RecordProblem } from "../csv/record.ts";
import type { StopMessage } from "../errors.ts";

/** @param near a class that is spelt nearly like it */
export function unknownClass(name: string, near: string | null): StopMessage {
  const hint = near === null
    ? "Class names are case-sensitive: csvrecon model show lists them"
    : `Did you mean ${near}? Class names are case-sensitive: csvrecon model show lists them`;
  return { text: `#Unknown class: '${name}'`, hint };
}

/** @param line on which the header begins, from 1 */
export function badHeader(problem: RecordProblem, line: number): StopMessage {
  if (problem.kind === "too_many_cells") {
    return {
      text: `#The header at line ${line} has ${problem.found} columns: at most ${problem.limit} are read`,
      hint: "Is the separator the right one? Split the file by its columns if it is",
    };
  }
  return {
    text: `#The header at line ${problem.line} has text behind a closing text qualifier`,
    hint: "A column name in qualifiers ends with the closing one; double a qualifier that belongs to the name",
  };
}

/** A bug of ours. */
export function internalError(error: string): StopMessage {
  return {
    text: `#Internal error: ${error}. Nothing was written`,
    hint: "This is a bug of csvrecon. Please report it with the lines below, the command and, if you can, the input",
  };
}

/** A bug outside of an import. */
export function bugReport(error: unknown): StopMessage {
  return internalError(error instanceof Error ? error.message : String(error));
}
