/** What is told of deletions beforehand is what happens, and what is logged: in worlds of chance, the same ones every time. */
import { assertEquals } from "@std/assert";
import type { StoredValue } from "../../lib/model/model.ts";
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { Consequence } from "../../lib/store/objects.ts";
import { Random } from "../torture/random.ts";
import { COLUMNS, DELETION_MODEL } from "./deletion_model.ts";
import type { Run, Suite } from "./suite.ts";
import type { LogEntry } from "./tested_database.ts";

/** Which objects there are, as `Box 7`, with their values by attribute. */
export type Snapshot = ReadonlyMap<string, Readonly<Record<string, StoredValue>>>;

export const CLASSES = ["Box", "Tool", "Toy"];

const TARGETS: Readonly<Record<string, string>> = {
  in_id: "Box",
  like_id: "Box",
  box_id: "Box",
  spare_id: "Tool",
  part_of_id: "Tool",
  friend_id: "Toy",
  fixed_by_id: "Tool",
};

export function randomDeletionRules(suite: Suite): void {
  for (let seed = 1; seed <= 8; seed++) {
    suite.test(`consequences that are told are those that happen, and are logged (${seed})`, async (world) => {
      const random = new Random(seed);
      for (let round = 0; round < 4; round++) {
        const logged = (await world.opened.log()).length;
        const { before, after, told, deleted } = await world.run((run) => deleteSome(run, random));
        const happened = differences(before, after);
        assertEquals(happened.map(({ what }) => what).sort(), [...deleted, ...told].sort());
        const entries = (await world.opened.log()).slice(logged).filter(isRemoval);
        assertEquals(entries.map(textOf).sort(), happened.flatMap(({ entries }) => entries).sort());
      }
    }, { model: DELETION_MODEL });
  }
}

async function deleteSome(run: Run, random: Random) {
  await fill(run, random);
  const code = random.pick(CLASSES);
  const ids = (await run.ids({ class: code })).filter(() => random.chance(0.1));
  const before = await snapshot(run);
  const told = (await run.objects.consequencesOf(code, ids)).map(consequenceText);
  run.objects.delete(code, random.shuffled(ids));
  return { before, told, after: await snapshot(run), deleted: ids.map((id) => `${code} ${id}`) };
}

function consequenceText({ class: code, id, emptied }: Consequence): string {
  return emptied === null ? `${code} ${id}` : `${code} ${id} ${emptied}`;
}

/** Adds objects, and gives keys that are empty targets of chance: also themselves, and circles. */
export async function fill(run: Run, random: Random): Promise<void> {
  for (const code of CLASSES) {
    for (let index = 0; index < 12; index++) {
      const note = random.pick(["", "old"]);
      run.add(code, { name: `${code}${index}`, ...code === "Box" ? { weight: random.int(0, 80) / 8 } : { note } });
    }
  }
  const targets = new Map<string, readonly ObjectId[]>();
  for (const code of CLASSES) targets.set(code, await run.ids({ class: code }));
  for (const { class: code, id, values } of (await objectsOf(run)).values()) {
    for (const [attribute, value] of Object.entries(values)) {
      const target = targets.get(TARGETS[attribute] ?? "");
      if (target === undefined || value !== null || !random.chance(0.35)) continue;
      run.update(code, id, { [attribute]: [null, random.pick(target)] });
    }
  }
}

async function objectsOf(run: Run) {
  const objects = new Map<string, { class: string; id: ObjectId; values: Record<string, StoredValue> }>();
  for (const code of CLASSES) {
    const columns = COLUMNS[code] ?? [];
    for (const { id, values } of await run.search({ class: code, read: columns }).all([])) {
      const pairs = columns.map((column, index) => [column, values?.[index] ?? null] as const);
      objects.set(`${code} ${id}`, { class: code, id, values: Object.fromEntries(pairs) });
    }
  }
  return objects;
}

export async function snapshot(run: Run): Promise<Snapshot> {
  return new Map([...await objectsOf(run)].map(([key, { values }]) => [key, values]));
}

/** What has become of objects: each with the entries of the log that must tell it. */
function differences(before: Snapshot, after: Snapshot): readonly { what: string; entries: readonly string[] }[] {
  return [...before].flatMap(([object, values]) => {
    const left = after.get(object);
    const filled = Object.entries(values).filter(([, value]) => value !== null && value !== "");
    const told = filled.map(([code, value]) => [code, `${object} ${code} ${shown(code, value)}`] as const);
    if (left === undefined) return [{ what: object, entries: told.map(([, text]) => `delete ${text}`) }];
    const changed = told.filter(([code]) => left[code] !== values[code]);
    return changed.map(([code, text]) => ({ what: `${object} ${code}`, entries: [`update ${text}`] }));
  });
}

function shown(code: string, value: StoredValue): string {
  return code === "weight" ? Number(value).toFixed(3) : String(value);
}

function isRemoval([, , operation, , , newValue]: LogEntry): boolean {
  return operation === "delete" || operation === "update" && newValue === null;
}

function textOf([code, id, operation, attribute, oldValue]: LogEntry): string {
  return `${operation} ${code} ${id} ${attribute} ${oldValue}`;
}
