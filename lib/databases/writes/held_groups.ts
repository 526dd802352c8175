/** Writes that wait, and which of them go together. */
import type { ClassCode, StoredValue } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { LoggedChange, NewObject, ObjectUpdate, ValueChange } from "../../store/objects.ts";
import type { WritesTogether } from "../../store/writes_together.ts";

export interface HeldDeletion {
  readonly class: ClassCode;
  readonly deleted: readonly ObjectId[];
}

export interface LogEntry {
  readonly logged: LoggedChange;
}

export type ObjectWrite = NewObject | ObjectUpdate;
export type Write = ObjectWrite | HeldDeletion | LogEntry;
/** What waits: each of it is written, or refused. */
export type Held = Write | WritesTogether;

function isNewObject(write: Write): write is NewObject {
  return "values" in write;
}

/** Writes that are alike are all of the first one's kind. */
export function areNewObjects(run: readonly ObjectWrite[]): run is readonly NewObject[] {
  return run[0] !== undefined && isNewObject(run[0]);
}

export function isObjectWrite(write: Held): write is ObjectWrite {
  return "values" in write || "changes" in write;
}

/** In their order: new objects that are neighbours and alike are written together, and so are updates. */
export function runsOf<T extends Write>(held: readonly T[]): readonly (readonly T[])[] {
  const runs: T[][] = [];
  let last: T | null = null;
  for (const write of held) {
    if (last !== null && areAlike(last, write)) runs.at(-1)?.push(write);
    else runs.push([write]);
    last = write;
  }
  return runs;
}

function areAlike(a: Write, b: Write): boolean {
  if (isNewObject(a)) return isNewObject(b) && a.class === b.class && a.attributes === b.attributes;
  return "changes" in a && "changes" in b && a.isUnlogged === b.isUnlogged;
}

/** New objects that do not depend on each other, in any order: those that are alike are written together. */
export function alikeIn(objects: readonly NewObject[]): readonly (readonly NewObject[])[] {
  return [...Map.groupBy(objects, ({ attributes }) => attributes).values()].flatMap((alike) => runsOf(alike));
}

/** New objects first, then updates, where nobody can tell. */
export function groupsOf(held: readonly ObjectWrite[]): readonly (readonly ObjectWrite[])[] {
  const created = held.filter(isNewObject);
  if (created.length === held.length || created.length === 0 || refersAhead(held)) return runsOf(held);
  return runsOf<ObjectWrite>([...created, ...held.filter((write) => !isNewObject(write))]);
}

/** Whether an update has a value that may be the id of an object which is only created after it. */
function refersAhead(held: readonly ObjectWrite[]): boolean {
  const values = new Set<StoredValue>();
  for (const write of held) {
    if (!isNewObject(write)) { for (const { newValue } of write.changes) values.add(newValue); }
    else if (values.has(write.id)) return true;
  }
  return false;
}

export function textIn(changes: readonly ValueChange[]): number {
  let text = 0;
  for (const { oldValue, newValue } of changes) {
    if (typeof oldValue === "string") text += oldValue.length;
    if (typeof newValue === "string") text += newValue.length;
  }
  return text;
}
