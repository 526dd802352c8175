/** Sentences that end a run of an import, and do not belong to one room. */
import type { RecordProblem } from "../csv/record.ts";
import { reasonOf, type StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";

/** @param near a class that is spelt nearly like it */
export function unknownClass(name: string, near: string | null): StopMessage {
  const hint = near === null
    ? "Class names are case-sensitive: csvrecon model show lists them"
    : `Did you mean ${near}? Class names are case-sensitive: csvrecon model show lists them`;
  return { text: `#Unknown class: ${quoted(name)}`, hint };
}

/** What may be wrong with a header. @param language of the user, which has no labels @param shown the one whose labels count */
export function labelsOfOtherLanguage(language: string, shown: string): string {
  return `The language of this user, ${language}, has no labels in this model: columns are called as in ${shown}, or by their ` +
    "codes with no_localize=1";
}

/** @param line on which the header begins, from 1 */
export function badHeader(problem: Exclude<RecordProblem, { readonly kind: "nul" }>, line: number): StopMessage {
  if (problem.kind === "shifted" || problem.kind === "backslash") {
    const found = problem.kind === "shifted"
      ? "text qualifiers within cells that have none around them: a separator is missing"
      : "a backslash before a closing text qualifier";
    return {
      text: `#The header at line ${line} has ${found}`,
      hint: "A column name in qualifiers stands alone between separators; double a qualifier that belongs to the name",
    };
  }
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

/** @param signal its name */
export function interrupted(signal: string): StopMessage {
  return {
    text: `#Interrupted by ${signal}. Nothing was written`,
    hint: "Start it again when you like: it begins anew",
  };
}

/** Where people find out how to report a bug: the page of the package, which links to its source. SECURITY.md names it too. */
const REPORT_ADDRESS = "https://jsr.io/@csvrecon/csvrecon";

const REPORT_HINT =
  `This is a bug of csvrecon. Please report it (${REPORT_ADDRESS}) with the lines below, the command and, ` +
  "if you can, the input. Take passwords out first";

/** A bug of ours, while nothing is kept yet. */
export function internalError(error: string): StopMessage {
  return { text: `#Internal error: ${error}. Nothing was written`, hint: REPORT_HINT };
}

/** A bug of ours when the transaction had ended. */
export function internalErrorAfterwards(error: string): StopMessage {
  return {
    text: `#Internal error: ${error}. The import itself was done before: what it wrote stays`,
    hint: REPORT_HINT,
  };
}

/** A bug outside of an import. */
export function bugReport(error: unknown): StopMessage {
  const reason = reasonOf(error);
  return {
    text: `#Internal error: ${reason}. Each import is written whole or not at all: what was reported as done stays`,
    hint: REPORT_HINT,
  };
}
