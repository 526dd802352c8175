/**
 * The history for programs: JSON Lines (https://jsonlines.org), one object a line, UTF-8. Every object has `type` and `version`; fields may be
 * added without a new version, and readers should ignore what they do not know. docs/history.schema.json is its JSON Schema.
 *
 * A run, alone or before its entries:
 *
 * | field | value |
 * | --- | --- |
 * | type, version | `"run"`, 1 |
 * | id, date | its number; when it began, in UTC (ISO 8601) |
 * | whole | false: the user may be told no more of it, and what follows is null |
 * | user, comment, origin | the name of the user, `""` where the database has no users; the comment, or `""`; the program that wrote |
 * | class | that of the file, or null |
 * | input | `{ name, size, sha256 }`; `name` is null without a file, `size` (bytes) and `sha256` where nothing was read |
 * | parameters | those that counted, as they were given |
 * | counts | `created`, `updated`, `unchanged`, `in_error`: rows, of an undo objects, and `in_error` the parts of the run that it left; `deleted`: objects, or null where older versions did not count them; `gone`: objects that the file of a feed lacked, or null where nobody looked |
 * | source | the name of the feed to which the file belonged, or null |
 * | undoes | the run that it took back, or null |
 * | undone_by | the run that took it back, or null; `left`: how many parts of the run that left as they were |
 * | pruned | what it did was removed from the log |
 * | can_be_undone | false: entries that an undo needs were removed |
 *
 * An object, before what runs did to it: `type` `"object"`, `version`, `class`, `id`, `name` (its friendly name; null: it is gone).
 *
 * An entry:
 *
 * | field | value |
 * | --- | --- |
 * | type, version | `"entry"`, 1 |
 * | change | the number of its run |
 * | operation | `"create"`, `"update"` or `"delete"` |
 * | class, id, name | the object; `name` is the friendly name that it has now, null if it is gone |
 * | attribute, label | the code and the label; null: the object as a whole. A creation has entries of its own for the values, too |
 * | old, new | values as they are stored, as texts; of external keys ids; null: none, and always so for passwords |
 * | old_name, new_name | of external keys: what the target is called now, null if it is gone |
 *
 * At the end:
 *
 * | field | value |
 * | --- | --- |
 * | type, version | `"end"`, 1 |
 * | about, told | `"runs"`, `"run"` or `"object"`; how many runs, or entries, were told |
 * | more, more_is_least | how many older runs there are; true: at least so many |
 * | withheld | `null`; `"other_classes"` or `"others"`: the user is told only what they may load, and see |
 *
 * `--prune` prints one line:
 *
 * | field | value |
 * | --- | --- |
 * | type, version | `"pruned"`, 1 |
 * | change | the number that it has as a run itself; null: there was nothing to remove, or it was simulated |
 * | before | as it was asked for, in UTC |
 * | runs, entries | how many entries of how many runs were removed, or would be |
 * | last | this run and those before it can no longer be undone; null: there is none |
 * | leaves_none | no run is left that can be undone |
 * | simulate | nothing was removed |
 *
 * What was refused is one line: `type` `"refused"`, `version` 1, `messages` (`{ text, hint? }`) and `exit_code`.
 */
import { visibleJson } from "../messages/visible_text.ts";
import type { HistoryEnd, HistoryPart } from "./history_story.ts";
import type { PrunedHistory } from "./prune_log.ts";
import type { ToldEntry, ToldRun, ToldValue } from "./told_history.ts";

const VERSION = 1;

/** @returns lines without their ends */
export function jsonLines(part: HistoryPart): readonly string[] {
  switch (part.kind) {
    case "listed":
    case "run":
      return [line("run", runFacts(part.run))];
    case "object":
      return [line("object", { class: part.class, id: part.id, name: part.name })];
    case "entries":
      return part.entries.map((entry) => line("entry", entryFacts(entry)));
    case "end":
      return [line("end", endFacts(part.end))];
  }
}

export function jsonPruned(pruned: PrunedHistory): string {
  const { id, before, runs, entries, last, leavesNone, isSimulated } = pruned;
  const facts = { before: before.toISOString(), runs, entries, last, leaves_none: leavesNone, simulate: isSimulated };
  return line("pruned", { change: id, ...facts });
}

function line(type: string, facts: Readonly<Record<string, unknown>>): string {
  return visibleJson({ type, version: VERSION, ...facts });
}

function runFacts({ run, class: code, isWhole, canBeUndone }: ToldRun): Record<string, unknown> {
  const { created, updated, unchanged, inError, gone } = run.counts;
  const unknown = {
    user: null,
    comment: null,
    origin: null,
    class: null,
    input: null,
    parameters: null,
    counts: null,
    source: null,
  };
  const rest = {
    user: run.user,
    comment: run.comment,
    origin: run.origin,
    class: code,
    input: { name: run.inputName, size: run.input?.size ?? null, sha256: run.input?.sha256 ?? null },
    parameters: run.parameters,
    counts: { created, updated, unchanged, in_error: inError, deleted: run.deleted, gone: gone ?? null },
    source: run.feed?.source ?? null,
    undoes: run.undoes,
    undone_by: run.undoneBy?.id ?? null,
    left: run.undoneBy?.left ?? null,
    pruned: run.isPruned,
    can_be_undone: canBeUndone,
  };
  const none = { ...unknown, undoes: null, undone_by: null, left: null, pruned: null, can_be_undone: null };
  return { id: run.id, date: run.date.toISOString(), whole: isWhole, ...(isWhole ? rest : none) };
}

function entryFacts(entry: ToldEntry): Record<string, unknown> {
  return {
    change: entry.run,
    operation: entry.operation,
    class: entry.class,
    id: entry.id,
    name: entry.name,
    attribute: entry.attribute?.code ?? null,
    label: entry.attribute?.label ?? null,
    old: valueOf(entry.old),
    new: valueOf(entry.new),
    ...(isKey(entry) ? { old_name: nameOf(entry.old), new_name: nameOf(entry.new) } : {}),
  };
}

function isKey({ old, new: changed }: ToldEntry): boolean {
  return old.kind === "object" || changed.kind === "object";
}

function valueOf(value: ToldValue): string | null {
  switch (value.kind) {
    case "none":
      return null;
    case "text":
      return value.text;
    case "object":
      return String(value.id);
  }
}

function nameOf(value: ToldValue): string | null {
  return value.kind === "object" ? value.name : null;
}

function endFacts({ about, told, more, isMoreCounted, withheld }: HistoryEnd): Record<string, unknown> {
  return { about, told, more, more_is_least: !isMoreCounted, withheld: withheld === "nothing" ? null : withheld };
}
