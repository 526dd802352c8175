/** The words of a report that shows what changed, for people. */
import type { RowCounts } from "../report/totals.ts";

/** Signs before what is there now, what was there, what became otherwise, and what is in error. */
export const SIGN = { added: "+", removed: "-", changed: "~", error: "!" } as const;

/** Before an object that is gone from the file, and of which nothing is changed. */
export const GONE_SIGN = "?";

/** In place of an empty value. */
export const NO_VALUE = "(none)";

/** In place of an id that a simulation would give. */
export const NEW_OBJECT = "new";

/** Of a value that is not told, such as a password. */
export const CHANGED = "changed";
export const NOT_SHOWN = "(not shown)";

export const BETWEEN_VALUES = " → ";

/** Behind the beginning of a text. @param length of all of it, in characters */
export function cutOff(length: number): string {
  return `… (${length} characters)`;
}

/** Before the rest of a text. */
export const BEFORE_REST = "…";

/** In place of lines or links that are too many. */
export function andMore(count: number): string {
  return `… and ${count} more`;
}

export function lineOfFile(line: number): string {
  return ` (line ${line})`;
}

export function attributeLine(label: string, text: string): string {
  return text === "" ? `${label}:` : `${label}: ${text}`;
}

/** `Person: 3 created, 1 updated, 5 unchanged, 2 in error`; `skipped` only where some are. @param isKept false: nothing was written */
export function countLine(modelClass: string, counts: RowCounts, isKept: boolean): string {
  const { created, updated, unchanged, skipped, rejected, gone } = counts;
  const would = isKept ? "" : "would be ";
  return `${modelClass}: ${created} ${would}created, ${updated} ${would}updated, ${unchanged} unchanged, ` +
    `${skipped === 0 ? "" : `${skipped} skipped, `}${rejected} in error` +
    `${gone === undefined ? "" : `, ${gone.gone} gone`}${isKept ? "" : ". Nothing was written"}`;
}
