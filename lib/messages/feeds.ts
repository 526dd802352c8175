/** Sentences about feeds and what is gone from them. */
import { cutText } from "../cut_text.ts";
import type { StopMessage } from "../errors.ts";
import type { GoneObject, GoneOutcome } from "../reconcile/gone_object.ts";
import type { CellTrouble } from "../reconcile/problems.ts";
import { cellTrouble } from "./cells.ts";
import { quoted } from "./quoted.ts";
import { rowReasons } from "./row_reasons.ts";
import { visibleLine } from "./visible_text.ts";

/** What is wrong with a column of `gone_set`; what to do about columns of a file is no help there. */
export function ofGoneSet({ text }: StopMessage): StopMessage {
  return { text: `#gone_set: ${text.replace(/^#/, "")}` };
}

/** What is wrong with a value of `gone_set`. */
export function badGoneValue(trouble: CellTrouble): StopMessage {
  return { text: `#gone_set: ${trouble.columns.join(", ")}: ${cellTrouble(trouble)}` };
}

export function idInGoneSet(column: string): StopMessage {
  return { text: `#gone_set: ${quoted(column)} is given by the database, and cannot be set`, hint: "Leave it out" };
}

export function passwordInGoneSet(column: string): StopMessage {
  return {
    text: `#gone_set: ${quoted(column)} is a password, which stands in no parameter`,
    hint: "Give another column, such as the status of an account",
  };
}

/** What became of an object that is gone, as the report's column `Status` shows it. */
export function goneStatus({ outcome }: Pick<GoneObject, "outcome">): string {
  return outcome.kind === "rejected" ? `Issue: gone, ${rowReasons(outcome).join(", ")}` : `gone${becameOf(outcome)}`;
}

function becameOf(outcome: Exclude<GoneOutcome, { readonly kind: "rejected" }>): string {
  switch (outcome.kind) {
    case "kept":
      return "";
    case "updated":
      return `, updated ${outcome.changes.length} cols`;
    case "unchanged":
    case "deleted":
      return `, ${outcome.kind}`;
  }
}

/** `Person 12 Ada Lovelace`; a new object of a simulation has no id. */
export function goneName({ object: { class: code, id, name } }: GoneObject): string {
  return [code, ...id === 0 ? [] : [String(id)], name].join(" ");
}

/** Behind the name of an object. @param since a day */
export function goneSince(since: string): string {
  return ` (gone since ${since})`;
}

/** `3 gone`, in the summary of a job. */
export function goneRemark(count: number, refused: number): string {
  return `${count} gone${refused === 0 ? "" : `, ${refused} of them in error`}`;
}

/** An object that is gone and to which nothing could be done, on standard error. @param about what it is about, with what ends it */
export function goneAside(about: string, one: GoneObject): string {
  const reasons = one.outcome.kind === "rejected" ? rowReasons(one.outcome).join("; ") : "";
  return cutText(visibleLine(`csvrecon: ${about}gone, ${goneName(one)}: ${reasons}`), LONGEST_LINE);
}

/** Behind the first ones. */
export function moreGone(about: string, count: number): string {
  return `csvrecon: ${about}and ${count} more that ${
    count === 1 ? "is" : "are"
  } gone and in error: output=errors shows all`;
}

/** In UTF-16 code units: a few lines of a terminal. */
const LONGEST_LINE = 400;
