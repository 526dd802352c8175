/** Databases that we did not make, for tests: real files, with whatever schema a test wants. */
import { join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { createForeignContext, type ForeignContext } from "../../../lib/databases/foreign/foreign_context.ts";
import { createForeignSearches } from "../../../lib/databases/foreign/foreign_searches.ts";
import { readSchema } from "../../../lib/databases/foreign/read_schema.ts";
import { Database } from "../../../lib/databases/sqlite/connection.ts";
import { deriveModel } from "../../../lib/model/derive/derive_model.ts";
import type { DerivedColumn, DerivedTable } from "../../../lib/model/derive/derived_model.ts";
import type { Overlay } from "../../../lib/model/derive/overlay_type.ts";
import type { StoredValue } from "../../../lib/model/model.ts";
import type { FoundObject, Match, ObjectSearches } from "../../../lib/store/objects.ts";
import { withFolder } from "../small_store.ts";

export interface ForeignWorld {
  readonly context: ForeignContext;
  readonly database: Database;
  readonly searches: ObjectSearches;
  readonly path: string;
  /** Every statement since the world was made. */
  readonly traced: readonly string[];
}

export interface WorldOptions {
  readonly overlay?: Overlay;
  /** False: nothing is made for searches. */
  readonly isWriting?: boolean;
  /** Fills the database where SQL cannot. */
  readonly fill?: (database: DatabaseSync) => void;
}

/** A database that SQL makes, within a transaction that is taken back. */
export async function withForeign(
  sql: string,
  use: (world: ForeignWorld) => Promise<void> | void,
  { overlay, isWriting = true, fill = () => {} }: WorldOptions = {},
): Promise<void> {
  await withFolder(async (folder) => {
    const path = join(folder, "foreign.db");
    const made = new DatabaseSync(path);
    // As other programs leave it.
    made.exec("PRAGMA foreign_keys = OFF");
    made.exec(sql);
    fill(made);
    made.close();
    const traced: string[] = [];
    const onStatement = (statement: string) => traced.push(statement);
    const database = new Database({ file: path, path, busyTimeoutSeconds: 0, onStatement });
    try {
      database.exec("BEGIN IMMEDIATE");
      const { derived } = deriveModel(readSchema(database), overlay ?? null);
      const context = createForeignContext(database, derived, { flush: () => {}, isWriting });
      await use({ context, database, searches: createForeignSearches(context), path, traced });
      database.exec("ROLLBACK");
    } finally {
      database.close();
    }
  });
}

export function tableIn({ context }: ForeignWorld, name: string): DerivedTable {
  const table = context.derived.tables.get(name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

export function columnIn(world: ForeignWorld, table: string, name: string): DerivedColumn {
  const { columns, key } = tableIn(world, table);
  const column = [...columns.values(), ...key?.columns ?? []].find((one) => one.name === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column;
}

/** What each key finds: ids, or how many. */
export async function found(
  { searches }: ForeignWorld,
  table: string,
  conditions: readonly string[],
  ...keys: readonly (readonly StoredValue[])[]
): Promise<readonly unknown[]> {
  const search = searches.search({ class: table, conditions, read: [], includeHidden: true });
  return await Promise.all((await search.find(keys)).map(shown));
}

async function shown(match: Match): Promise<unknown> {
  if (match.kind === "none") return null;
  return match.kind === "one" ? match.object.id : `${await match.count()} rows`;
}

/** All values of a table, in the order of its ids. */
export async function listed(
  { searches }: ForeignWorld,
  table: string,
  read: readonly string[],
  orderedBy: readonly string[] = [],
): Promise<readonly (readonly StoredValue[])[]> {
  const list = searches.list({ class: table, orderedBy, read });
  const objects: FoundObject[] = [];
  for await (const page of list.pages()) objects.push(...page);
  return await Promise.all(objects.map((object) => list.valuesOf(object)));
}
