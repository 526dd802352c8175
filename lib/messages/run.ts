/** Sentences that end a run of an import, and do not belong to one room. */
import type { StopMessage } from "../errors.ts";

/** @param near a class that is spelt nearly like it */
export function unknownClass(name: string, near: string | null): StopMessage {
  const hint = near === null
    ? "Class names are case-sensitive: csvrecon model show lists them"
    : `Did you mean ${near}? Class names are case-sensitive: csvrecon model show lists them`;
  return { text: `#Unknown class: '${name}'`, hint };
}

/** @param line the line of the header in the file, from 1 */
export function badHeader(line: number): StopMessage {
  return {
    text: `#The header at line ${line} has text behind a closing text qualifier`,
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
