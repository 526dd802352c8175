/** A file of a database that we did not make, as a store that writes to it, and as its own program sees it. */
import { join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { openStore } from "../../../lib/databases/open_store.ts";
import type { Overlay } from "../../../lib/model/derive/overlay_type.ts";
import type { ObjectId } from "../../../lib/store/object_id.ts";
import type { ObjectStore } from "../../../lib/store/objects.ts";
import type { ChangeLogPlace, Store } from "../../../lib/store/store.ts";
import type { RefusedWrite } from "../../../lib/store/write_refusal.ts";
import { withFolder } from "../small_store.ts";
import { FACTS } from "./log/logged_database.ts";

export interface ForeignFile {
  readonly path: string;
  readonly folder: string;
  /** Opened once more for each call; the first one when it is asked for. */
  open(options?: FileOptions): Promise<Store>;
  /** Rows of a query, as its own program reads them. */
  query(sql: string): readonly unknown[][];
  /** Statements of its own program. */
  exec(sql: string): void;
  /** Rows of the log beside it. */
  log(sql: string): readonly unknown[][];
}

export interface FileOptions {
  readonly changeLog?: ChangeLogPlace;
  readonly foreignKeys?: boolean;
  readonly busyTimeoutSeconds?: number;
  readonly overlay?: Overlay | object;
  readonly onStatement?: (sql: string) => void;
}

/** @param sql makes the database */
export function withForeignFile(sql: string, use: (file: ForeignFile) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const path = join(folder, "case.db");
    const opened: Store[] = [];
    run(path, sql);
    const file: ForeignFile = {
      path,
      folder,
      async open({ overlay, changeLog = "none", foreignKeys = true, busyTimeoutSeconds = 0, onStatement } = {}) {
        const text = overlay === undefined ? null : { path: "overlay.json", text: JSON.stringify(overlay) };
        const store = await openStore(path, {
          busyTimeoutSeconds,
          onStatement,
          foreign: { overlay: text, changeLog, foreignKeys },
        });
        opened.push(store);
        return store;
      },
      query: (query) => rows(path, query),
      exec: (statements) => run(path, statements),
      log: (query) => rows(`${path}.csvrecon`, query),
    };
    try {
      await use(file);
    } finally {
      for (const store of opened) store.abandon();
    }
  });
}

function run(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

function rows(path: string, sql: string): readonly unknown[][] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(sql).all().map((row) => Object.values(row as object));
  } finally {
    database.close();
  }
}

/** A run in a transaction of its own. */
export async function inRun<T>(
  store: Store,
  work: (objects: ObjectStore) => Promise<T> | T,
  { rollback = false } = {},
): Promise<T> {
  const model = await store.model();
  return await store.transaction(async (transaction) => {
    const started = await transaction.run(model, { ...FACTS, simulate: rollback });
    const result = await work(started.objects);
    await started.objects.settled();
    await started.finish({ created: 0, updated: 0, unchanged: 0, inError: 0 }, null);
    return result;
  }, { rollback });
}

export type Values = Readonly<Record<string, string | number | null>>;

/** Hands a new row over. @returns its id */
export function create(objects: ObjectStore, code: string, values: Values): ObjectId {
  const object = { attributes: Object.keys(values), values: Object.values(values) };
  const id = objects.newId(code, object);
  objects.create({ class: code, ...object, id });
  return id;
}

/** Hands over a row whose columns get other values. */
export function update(objects: ObjectStore, code: string, id: unknown, values: Values): void {
  const changes = Object.entries(values).map(([attribute, newValue]) => ({ attribute, oldValue: null, newValue }));
  objects.update({ class: code, id: id as ObjectId, changes });
}

/** What was refused, in the words of SQLite. */
export async function refusals(objects: ObjectStore): Promise<readonly string[]> {
  return (await objects.settled()).map(({ refusal }: RefusedWrite) => `${refusal.rule}: ${refusal.text}`);
}
