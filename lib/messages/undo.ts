/** What `csvrecon undo` says. */
import type {
  Impossible,
  ImpossibleReason,
  Kept,
  LaterRun,
  LeftChange,
  Reversed,
  ShownObject,
} from "../changes/undo_outcome.ts";
import type { StopMessage } from "../errors.ts";
import type { ClassCode } from "../model/model.ts";
import { utc } from "./moments.ts";
import { quoted, visible } from "./quoted.ts";
import { writeProblem } from "./write_problems.ts";

export function alreadyTakenBack(id: number, by: number): StopMessage {
  return {
    text: `#Change ${id} was taken back already, by change ${by}`,
    hint: `csvrecon undo --change=${by} makes it again`,
  };
}

export function prunedRun(id: number, lastPruned: number): StopMessage {
  const reason = id === lastPruned
    ? "its entries were removed from the log"
    : `the log has lost what changes up to ${lastPruned} did`;
  return {
    text: `#Change ${id} can no longer be taken back: ${reason}`,
    hint: "Load a file that says what the objects are to be, or take a backup",
  };
}

export function nothingToTakeBack(id: number): StopMessage {
  return {
    text: `#Change ${id} has changed no object: there is nothing to take back`,
    hint: `csvrecon history --change=${id} shows it`,
  };
}

/** Nobody has said which run is to be taken back. */
export function noRunStands(): StopMessage {
  return {
    text: "#The change log has no run that has changed something and was not taken back",
    hint: "csvrecon history lists the runs; name an undo with --change to take that back",
  };
}

export function nothingLeft(id: number): StopMessage {
  return {
    text: `#Nothing is left of change ${id}: undos have taken back all that it did`,
    hint: `csvrecon history --change=${id} shows it`,
  };
}

export function feedChangedSince(id: number): StopMessage {
  return {
    text:
      `#Change ${id} has changed no object, and what its feed remembers was changed since: there is nothing to take back`,
    hint: `csvrecon history --change=${id} shows it`,
  };
}

/** @param classes null: they are not to be told */
export function undoNotAllowed(id: number, classes: readonly ClassCode[] | null): string {
  const written = classes === null ? "classes" : `class ${classes.join(", ")},`;
  return `#You are not allowed to take back change ${id}: it has written objects of ${written} which you may not import`;
}

/** @param reason what the operating system says @param done the undo was written, under this id; null: it was not */
export function undoNotTold(reason: string, done: number | null): StopMessage {
  const text = `The report could not be written: ${reason}`;
  return done === null ? { text } : { text, hint: `The undo was done all the same, and stays: it is change ${done}` };
}

/** The lines above the lists. */
export const undoLine = {
  /** @param run null: it is not to be told who did it, and with what */
  run: (
    id: number,
    date: Date,
    run: { readonly user: string; readonly origin: string; readonly input: string | null } | null,
  ) => {
    if (run === null) return `#Change: ${id}, at ${utc(date)}`;
    const input = run.input === null ? "" : ` of ${quoted(run.input)}`;
    const by = run.user === "" ? "" : ` by ${visible(run.user)}`;
    return `#Change: ${id}, ${visible(run.origin)}${input}${by} at ${utc(date)}`;
  },
  comment: (comment: string) => `#Comment: ${visible(comment)}`,
  simulated: () => "#Simulate: 1, nothing was written",
  reversed: (deleted: number, setBack: number, createdAgain: number) =>
    `#Reversed: ${
      deleted + setBack + createdAgain
    } (${deleted} deleted, ${setBack} set back, ${createdAgain} created again)`,
  /** @param source null: it is not to be told */
  feed: (source: string | null, count: number) =>
    `#Feed: ${source === null ? "" : `${quoted(source)} `}remembers of ${count} object${
      count === 1 ? "" : "s"
    } what it did before`,
  kept: (count: number) => `#Kept: ${count}`,
  impossible: (count: number) => `#Impossible: ${count}`,
  hidden: () => "#Parts of the change are left: they are about objects that you may not see",
  undo: (id: number) => `#Undo: change ${id}. csvrecon undo --change=${id} takes it back`,
  nothingWritten: () => "#Undo: nothing was written",
  reversedList: () => "Reversed:",
  keptList: () => "Kept:",
  impossibleList: () => "Impossible:",
  more: (count: number) => `  and ${count} more: --output=details shows all`,
} as const;

export function reversedLine({ object, reversal }: Reversed): string {
  const name = objectText(object);
  switch (reversal.kind) {
    case "deleted":
      return `  ${name}: deleted`;
    case "set_back":
      return `  ${name}: ${reversal.attributes.join(", ")} set back`;
    case "created_again":
      return `  ${name}: created again`;
  }
}

export function keptLine(kept: Kept): string {
  return `  ${objectText(kept.object)}: ${keptText(kept)}`;
}

export function impossibleLine(impossible: Impossible): string {
  return `  ${objectText(impossible.object)}: ${impossibleText(impossible)}`;
}

export function keptText({ change, reason }: Kept): string {
  const what = changeText(change);
  switch (reason.kind) {
    case "edited":
      return change.kind === "creation"
        ? `${what} stays: the object was changed since, by ${laterText(reason.by)}`
        : `${what} stays: it was changed since, by ${laterText(reason.by)}`;
    case "deleted":
      return change.kind === "deletion"
        ? `${what} stays: the object was created again since, by ${laterText(reason.by)}`
        : `${what} stays: the object was deleted since, by ${laterText(reason.by)}`;
    case "edited_elsewhere":
      return `${what} stays: it was changed since, by something that leaves no trace in the log`;
    case "deleted_elsewhere":
      return `${what} stays: the object was deleted since, by something that leaves no trace in the log`;
    case "password":
      return `${what} stays: the log knows no passwords. Set a new one if the old one is wanted, or if there is none`;
  }
}

export function impossibleText({ change, reason }: Impossible): string {
  return `${changeText(change)} cannot be taken back: ${impossibleReason(reason)}`;
}

function impossibleReason(reason: ImpossibleReason): string {
  switch (reason.kind) {
    case "referred_to":
      return reason.by === null
        ? "an object that you may not see refers to it"
        : `${objectText(reason.by)} refers to it (${reason.attribute})`;
    case "target_gone":
      return `${reason.attribute} referred to ${objectText(reason.target)}, which is not there any more`;
    case "duplicate":
      return `another object has the same ${reason.attributes.join(", ")}: ${
        reason.other === null ? "one that you may not see" : objectText(reason.other)
      }`;
    case "loop":
      return `${reason.attribute} would lead back to the object itself`;
    case "id_taken":
      return "there is an object with its id";
    case "not_in_model":
      return "the model does not know it any more";
    case "account":
      return writeProblem(reason.problem);
    case "refused_write":
      return `the database refused it${reason.constraint === null ? "" : ` (${quoted(reason.constraint)})`}: ${
        visible(reason.text.trim())
      }`;
  }
}

function changeText(change: LeftChange): string {
  switch (change.kind) {
    case "creation":
      return "its creation";
    case "deletion":
      return "its deletion";
    case "update":
      return `the change of ${change.attributes.join(", ")}`;
  }
}

function laterText({ id, user, date }: LaterRun): string {
  return `change ${id}${user === null || user === "" ? "" : ` of ${visible(user)}`} at ${utc(date)}`;
}

function objectText({ class: code, id }: ShownObject): string {
  return `${code}::${id}`;
}
