/** Sentences and headings of `csvrecon history`. */
import type { StopMessage } from "../errors.ts";
import type { PrunedHistory } from "../changes/prune_log.ts";
import type { ToldAttribute, ToldEntry, ToldRun, ToldValue } from "../changes/told_history.ts";
import type { LoggedRun } from "../store/logged_runs.ts";
import { outputNotWritable } from "./commands.ts";
import { utc, utcWithoutName } from "./moments.ts";
import { quoted, shortened, visible } from "./quoted.ts";

/** @param seesEverything false: nobody is told whether there is such a run */
export function unknownRun(id: number, seesEverything: boolean): StopMessage {
  return {
    text: seesEverything
      ? `#Unknown change: the change log has no run ${id}`
      : `#Unknown change: the change log has no run ${id}, or nothing in it that you may load and see`,
    hint:
      "csvrecon history without --change lists the runs; one that changed nothing and had no row in error leaves no trace",
  };
}

export function idNotPossible(typed: string): StopMessage {
  return {
    text: `#Wrong object ${quoted(shortened(typed))}: expected an id, as reports and the views of the database show it`,
    hint: "A whole number from 1; --output=details of an import shows the ids of its objects",
  };
}

export function nothingOfObject(code: string, id: string, seesEverything: boolean): StopMessage {
  const place = `${code} ${visible(shortened(id))}`;
  return {
    text: seesEverything
      ? `#Unknown object: there is no ${place}, and the change log tells nothing of it`
      : `#Unknown object: there is no ${place} that you may see, and the change log tells you nothing of it`,
    hint: "Ids count by themselves in each root class: is it an object of this class?",
  };
}

/** Who may load nothing has nothing to read. */
export function historyNotAllowed(): StopMessage {
  return {
    text: "#You are not allowed to read the history: you may not load objects of any class",
    hint: "Ask an administrator for a profile that grants the bulk modification of a class",
  };
}

export function pruneNotAllowed(): StopMessage {
  return {
    text:
      "#You are not allowed to remove entries from the change log: that needs the right to load every class, and to see every organisation",
    hint: "Ask an administrator who is not limited to some organisations",
  };
}

const HEADINGS = ["Run", "Date (UTC)", "Created", "Updated", "Deleted", "In error"];

/** Of a list that begins with a run. */
export function listHeadings({ run }: ToldRun): readonly string[] {
  return hasUser(run) ? [...HEADINGS, "User"] : HEADINGS;
}

/** Databases that csvrecon did not make have no users. */
function hasUser({ user }: Pick<LoggedRun, "user">): boolean {
  return user !== "";
}

/** The cells of a run below these headings. */
export function listCells({ run }: ToldRun): readonly string[] {
  const { created, updated, inError } = run.counts;
  const numbers = [created, updated, run.deleted ?? "-", inError].map(String);
  return [String(run.id), utcWithoutName(run.date), ...numbers, visible(shortened(run.user))];
}

/** What else there is to say of a run, each on a line of its own. */
export function listNotes(told: ToldRun): readonly string[] {
  const { run } = told;
  const input = [told.class ?? "", run.inputName === null ? "" : visible(shortened(run.inputName))];
  const what = run.undoes === null ? input.filter((one) => one !== "").join(", ") || wordsOf(run) : undoOf(run.undoes);
  const comment = run.comment === "" ? "" : `: ${visible(shortened(run.comment))}`;
  return [what + comment, ...feedNotes(run), ...stateNotes(told)];
}

/** What was gone from a feed. */
function feedNotes({ feed, counts: { gone = 0 } }: LoggedRun): readonly string[] {
  return feed === null || gone === 0 ? [] : [`${gone} gone from the feed ${quoted(feed.source)}`];
}

/** Of a run without a class. */
function wordsOf({ origin, parameters: { before } }: LoggedRun): string {
  return visible(before === undefined ? origin : `${origin} --prune --before=${shortened(before)}`);
}

function undoOf(run: number): string {
  return `undo of run ${run}`;
}

/** What became of a run since. */
function stateNotes({ run, canBeUndone }: ToldRun): readonly string[] {
  const { undoneBy } = run;
  const left = undoneBy === null || undoneBy.left === 0 ? "" : `, but for ${counted(undoneBy.left, "part", "parts")}`;
  return [
    ...(undoneBy === null ? [] : [`undone by run ${undoneBy.id}${left}`]),
    ...(canBeUndone || hasWrittenNothing(run) ? [] : [run.isPruned ? PRUNED : AMONG_PRUNED]),
  ];
}

function hasWrittenNothing({ counts, deleted }: LoggedRun): boolean {
  return counts.created === 0 && counts.updated === 0 && (deleted ?? 0) === 0;
}

const PRUNED = "what it did was removed from the log: it can no longer be undone";
const AMONG_PRUNED = "what runs behind it did was removed from the log: it can no longer be undone";

export function runTitle({ run }: ToldRun): string {
  return `Run ${run.id} of ${utc(run.date)}`;
}

/** The same in one line. */
export function runTitleWithUser(told: ToldRun): string {
  return hasUser(told.run) ? `${runTitle(told)}, by ${visible(shortened(told.run.user))}` : runTitle(told);
}

/** Names and values. */
export function runFacts(told: ToldRun): readonly (readonly [string, string])[] {
  if (!told.isWhole) return [];
  const { run } = told;
  return [
    ...(hasUser(run) ? [["User", visible(run.user)] as const] : []),
    ["Program", visible(run.origin)],
    ...(run.undoes === null ? [] : [["Undo", `of run ${run.undoes}`] as const]),
    ...(told.class === null ? [] : [["Class", told.class] as const]),
    ...inputFacts(run),
    ...(run.feed === null ? [] : [["Feed", visible(run.feed.source)] as const]),
    ...(run.comment === "" ? [] : [["Comment", visible(run.comment)] as const]),
    [run.undoes === null ? "Rows" : "Objects", counts(run)],
    ...stateNotes(told).map((note) => ["Note", note] as const),
  ];
}

function inputFacts({ inputName, input }: LoggedRun): readonly (readonly [string, string])[] {
  return [
    ...(inputName === null ? [] : [["File", visible(inputName)] as const]),
    ...(input === null ? [] : [["Size", `${input.size} bytes`] as const, ["SHA-256", input.sha256] as const]),
  ];
}

function counts({ counts, deleted }: LoggedRun): string {
  const { created, updated, unchanged, inError, gone } = counts;
  const objects = deleted === null || deleted === 0 ? "" : `; objects deleted: ${deleted}`;
  const ofFeed = gone === undefined ? "" : `; gone from the file: ${gone}`;
  return `${created} created, ${updated} updated, ${unchanged} unchanged, ${inError} in error${ofFeed}${objects}`;
}

const DONE = { create: "created", update: "updated", delete: "deleted" } as const;

/** What was done to the object that is told of. */
export function done({ operation }: ToldEntry): string {
  return DONE[operation];
}

export function entryTitle(entry: ToldEntry): string {
  return `${done(entry)} ${objectName(entry.class, entry.id, entry.name)}`;
}

export function objectName(code: string, id: string | number, name: string | null): string {
  if (name === null) return `${code} ${id} (no longer there)`;
  return name === "" ? `${code} ${id}` : `${code} ${id}, ${visible(shortened(name))}`;
}

/** @param attribute what is told of */
export function entryLine(entry: ToldEntry, { label, isSecret }: ToldAttribute): string {
  const name = visible(shortened(label));
  if (isSecret) return `${name}: (not shown)`;
  if (entry.operation === "create") return `${name}: ${valueText(entry.new)}`;
  if (entry.operation === "delete") return `${name}: ${valueText(entry.old)}`;
  return `${name}: ${valueText(entry.old)} → ${valueText(entry.new)}`;
}

function valueText(value: ToldValue): string {
  switch (value.kind) {
    case "none":
      return "(empty)";
    case "text":
      return visible(shortened(value.label ?? value.text));
    case "object":
      return value.name === null ? `${value.id} (no longer there)` : `${visible(shortened(value.name))} (${value.id})`;
  }
}

/** What `prune` has removed. */
export function pruned(result: PrunedHistory): readonly string[] {
  const { runs, entries, before, last, id, isSimulated, leavesNone } = result;
  if (runs === 0) return [`No run before ${utc(before)} has entries in the log: there is nothing to remove.`];
  const can = isSimulated ? "could" : "can";
  const count = `${counted(entries, "entry", "entries")} of ${counted(runs, "run", "runs")} before ${utc(before)}`;
  return [
    `${isSimulated ? "Would be removed" : "Removed"} from the change log: ${count}.`,
    ...(last === null ? [] : [`Runs up to ${last} ${can} no longer be undone.`]),
    ...(leavesNone ? [`No run is left that ${can} be undone.`] : []),
    isSimulated ? "Simulated: nothing was removed." : `In the history, this is run ${id}.`,
  ];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** @param reason what the operating system says @param removal the run that it is in the history; null: it was simulated, or there was nothing to do */
export function prunedNotTold(reason: string, removal: number | null): StopMessage {
  const hint = removal === null
    ? "Nothing was removed"
    : `The removal was done all the same, and stays: it is run ${removal}`;
  return { ...outputNotWritable(reason), hint };
}
