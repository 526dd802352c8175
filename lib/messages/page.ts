/** The words of the page that tells a run: see `report/page/`. */
import type { StopMessage } from "../errors.ts";
import type { RowOutcome } from "../reconcile/row_result.ts";
import type { RowCounts } from "../report/totals.ts";
import { utc } from "./moments.ts";
import { type FileUse, fileUse } from "./files_in_use.ts";
import { quoted } from "./quoted.ts";

export const PAGE = {
  lang: "en",
  rows: "Rows",
  warnings: "Warnings",
  settings: "Settings",
  inError: "Rows in error",
  gone: "Gone from the file",
  goneTile: "gone",
  updated: "Updated",
  created: "Created",
  wouldBeUpdated: "Would be updated",
  wouldBeCreated: "Would be created",
  changedAttributes: "What was changed",
  attribute: "Attribute",
  objects: "Objects",
  nothingListed: "No row was in error, and nothing was created or changed.",
  words: "Words",
  anyAttribute: "Any attribute",
  wholeRow: "The row",
  changed: "changed",
  newObject: "new",
  empty: "(empty)",
  from: "before",
  to: "after",
} as const;

/** @param input the file's name; null: none is known */
export function pageTitle(modelClass: string | null, input: string | null): string {
  return ["csvrecon", [modelClass, input].filter((part) => part !== null).join(", ")].filter((part) => part !== "")
    .join(": ");
}

/** What became of the run, in one line. */
export function runVerdict(
  { created, updated, rejected, gone }: RowCounts,
  { isSimulated, isTakenBack }: { readonly isSimulated: boolean; readonly isTakenBack: boolean },
): string {
  const begin = isSimulated ? "Simulated: nothing was written. " : isTakenBack ? "Nothing was written. " : "";
  const rows = rejected === 0 ? "No row in error" : rejected === 1 ? "1 row in error" : `${rejected} rows in error`;
  const changed = created + updated + (gone?.updated ?? 0) + (gone?.deleted ?? 0);
  const nothing = changed === 0 ? ", nothing to change" : "";
  const refused = gone === undefined || gone.refused === 0 ? "" : `, ${gone.refused} of ${gone.gone} gone in error`;
  return `${begin}${rows}${nothing}${refused}`;
}

export function refusedVerdict(): string {
  return "The run was refused: nothing was written";
}

/** Under a title: how many of a kind there are, and how many the page shows. */
export function shownOf(shown: number, all: number): string {
  return shown === all ? "" : `The first ${shown} of ${all}. The report with output=json has all of them.`;
}

export function rowPlace(line: number): string {
  return `line ${line}`;
}

/** An object as its row names it. @param id null: it is not known yet */
export function objectPlace(modelClass: string, id: string | null): string {
  return id === null ? modelClass : `${modelClass} ${id}`;
}

export const STATUS: Readonly<Record<RowOutcome["kind"], string>> = {
  created: "created",
  updated: "updated",
  unchanged: "unchanged",
  skipped: "skipped",
  rejected: "in error",
};

/** What a run took, and when. */
export function whenAndHowLong(date: Date, seconds: number, bytes: number): string {
  return `${utc(date)}, ${seconds.toFixed(1)} s, ${bytes} bytes`;
}

/** @param reason what the operating system says */
export function pageNotWritable(file: string, reason: string): StopMessage {
  return {
    text: `The page could not be written to ${quoted(file)}: ${reason}`,
    hint: "Name a file with report that can be written, in a folder that is there. Nothing was written",
  };
}

/** The same for a run that has changed the database. */
export function pageOfWrittenNotWritable(file: string, reason: string): StopMessage {
  return {
    ...pageNotWritable(file, reason),
    hint: "The import itself was done before: what it wrote stays. csvrecon history tells what that is",
  };
}

/** @param use what it is */
export function pageIsOther(file: string, use: FileUse): StopMessage {
  return {
    text: `#report: ${quoted(file)} is ${fileUse(use)}, which is not overwritten`,
    hint: "Name another file for the page",
  };
}

export function pageIsNoFile(file: string): StopMessage {
  return {
    text: `#report: ${quoted(file)} is neither a file nor a folder`,
    hint: "Name a file for the page, or a folder with a / at its end",
  };
}

export function pageIsForeign(file: string): StopMessage {
  return {
    text: `#report: ${quoted(file)} is there already, and is no page of csvrecon: it is not overwritten`,
    hint: "Name another file, or remove that one",
  };
}

/** @param paramFiles of the imports that would write it */
export function pageOfSeveral(file: string, paramFiles: readonly string[]): StopMessage {
  return {
    text: `#report: the pages of several imports would be written to ${quoted(file)}: ${
      paramFiles.map(quoted).join(", ")
    }`,
    hint:
      "Give each import a file of its own, or name a folder with a / at its end: the files in it are named after the parameter files",
  };
}
