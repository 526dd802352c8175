/** Databases of the small model, for tests. */
import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import type { ClassCode, Model, StoredValue } from "../../lib/model/model.ts";
import type { ChangeFacts } from "../../lib/store/changes.ts";
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { ObjectStore } from "../../lib/store/objects.ts";
import { type ChangeLog, openChangeLog } from "../../lib/databases/sqlite/sqlite_change_log.ts";
import { createDatabase } from "../../lib/databases/sqlite/create_database.ts";
import { atomic, type Database, openDatabase } from "../../lib/databases/sqlite/database.ts";
import { ownMapping } from "../../lib/databases/sql/own_layout.ts";
import { createObjectStore } from "../../lib/databases/sqlite/sqlite_objects.ts";
import { objectId } from "../helpers/object_id.ts";
import { SMALL_MODEL } from "../store/small_model.ts";

export const NOW = new Date("2024-02-29T23:30:00Z");

export const FACTS: ChangeFacts = {
  date: NOW,
  userId: objectId(1),
  user: "Ada Byron",
  comment: "nightly",
  origin: "csvrecon import",
  inputName: "persons.csv",
  parameters: { class: "Person" },
};

export const NO_ROWS = { created: 0, updated: 0, unchanged: 0, inError: 0 };

export async function withFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = Deno.makeTempDirSync({ prefix: "csvrecon-store-" });
  try {
    return await use(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** A new database, closed and removed afterwards. Its statements are traced from the first. */
export async function withDatabase<T>(
  use: (database: Database, traced: string[], path: string) => T | Promise<T>,
  model: Model = SMALL_MODEL,
): Promise<T> {
  return await withFolder(async (folder) => {
    const traced: string[] = [];
    const options = {
      ...ownMapping(model),
      modelText: "{}",
      now: NOW,
      busyTimeoutSeconds: 0,
      onStatement: (sql: string) => traced.push(sql),
    };
    await createDatabase(join(folder, "small.db"), options);
    const database = openDatabase(join(folder, "small.db"), options);
    try {
      return await use(database, traced, join(folder, "small.db"));
    } finally {
      database.close();
    }
  });
}

export interface World {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly log: ChangeLog;
  readonly traced: string[];
  /** Hands over a new object. @returns its id */
  add(code: ClassCode, values: Readonly<Record<string, StoredValue>>): ObjectId;
}

/** A store inside a transaction that writes. */
export async function withWorld<T>(use: (world: World) => Promise<T>): Promise<T> {
  return await withDatabase((database, traced) =>
    atomic(database, async () => {
      const log = openChangeLog(database, FACTS);
      const store = createObjectStore(database, ownMapping(SMALL_MODEL), log, { now: NOW });
      const result = await use({ database, store, log, traced, add: (code, values) => addObject(store, code, values) });
      assertEquals(await store.settled(), []);
      assertSound(database);
      return result;
    })
  );
}

/** Optional text, which every object has. */
const EMPTY_TEXTS: Readonly<Record<ClassCode, Readonly<Record<string, StoredValue>>>> = {
  Organization: { code: "" },
  Person: { status: "active", email: "", employee_number: "" },
  Team: { status: "active", email: "" },
  lnkPersonToTeam: { role: "" },
  Product: { origin: "own", level: "" },
  Account: { password: "hash", language: "EN US" },
};

export function addObject(
  store: ObjectStore,
  code: ClassCode,
  values: Readonly<Record<string, StoredValue>>,
): ObjectId {
  const all = { ...EMPTY_TEXTS[code], ...values };
  const id = store.newId(code);
  store.create({ class: code, attributes: Object.keys(all), id, values: Object.values(all) });
  return id;
}

/** A view's or table's rows by id, as plain objects. */
export function rowsOf(database: Database, from: string, columns = "*"): Record<string, StoredValue>[] {
  return database.prepare(`SELECT ${columns} FROM "${from}" ORDER BY id`).all().map((row) => ({ ...row }));
}

/** Asserts that SQLite finds nothing wrong with the file or its references. */
export function assertSound(database: Database): void {
  assertEquals(database.prepare("PRAGMA integrity_check").all().map((row) => ({ ...row })), [{
    integrity_check: "ok",
  }]);
  assertEquals(database.prepare("PRAGMA foreign_key_check").all().map((row) => ({ ...row })), []);
}

/** How SQLite would execute a statement. */
export function queryPlan(database: Database, sql: string, parameters: readonly StoredValue[]): string {
  return database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters).map((row) => row["detail"]).join("\n");
}
