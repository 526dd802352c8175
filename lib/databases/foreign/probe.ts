/**
 * Whether rows of a table can be written at all, before the first one: a trigger may call a function that only the program has which owns
 * the database. Statements are prepared and not executed. Who finds an obstacle opens the database once more, with texts in double quotes
 * taken for texts, and asks again: older schemas have such.
 */
import { EXIT, RunStop } from "../../errors.ts";
import { classCannotBeWritten } from "../../messages/foreign_obstacles.ts";
import { foldName } from "../../model/derive/ascii_names.ts";
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { SchemaFacts } from "../../model/derive/schema_facts.ts";
import type { Database } from "../sqlite/connection.ts";
import { type BrokenKey, brokenKeys } from "../../model/derive/broken_keys.ts";
import { deleteOf, insertOf, updateOf } from "./row_statements.ts";
import { type AskedName, whoAsks, whoAsksForMissing } from "./who_asks.ts";
import type { SchemaPart, WriteObstacle } from "../../store/write_obstacle.ts";

/** A table that a run writes. */
export interface ProbedTable {
  readonly table: DerivedTable;
  /** Rows are deleted too. */
  readonly deletes: boolean;
}

/** The first obstacle; null: there is none. */
export function probeWriting(
  database: Database,
  facts: SchemaFacts,
  tables: readonly ProbedTable[],
): WriteObstacle | null {
  for (const probed of tables) {
    for (const sql of statementsOf(probed)) {
      const reason = reasonAgainst(database, sql);
      if (reason !== null) return obstacleOf(reason, probed.table, database, facts);
    }
  }
  return null;
}

/**
 * What a run is going to execute for rows of a table: a DEFAULT counts where the file leaves its column out, and an overlay says what it likes.
 * @throws RunStop 78 when it cannot be prepared
 */
export function requireStatement(database: Database, sql: string, table: DerivedTable): void {
  const reason = reasonAgainst(database, sql);
  if (reason !== null) throw unwritable(obstacleOf(reason, table, database, null));
}

export function unwritable(obstacle: WriteObstacle): RunStop {
  return new RunStop(EXIT.databaseNotUsable, [classCannotBeWritten(obstacle)]);
}

/** Null: the statement can be prepared. @throws RunStop when the database cannot be used at all */
function reasonAgainst(database: Database, sql: string): string | null {
  try {
    database.prepare(sql);
    return null;
  } catch (error) {
    if (error instanceof RunStop || !(error instanceof Error)) throw error;
    return withoutStatement(error.message, sql);
  }
}

/** Deno adds the statement and a place in it, where it knows one. */
function withoutStatement(message: string, sql: string): string {
  const cut = [` in ${sql}`, ` in EXPLAIN ${sql}`].map((added) => message.indexOf(added)).find((place) => place >= 0);
  return cut === undefined ? message : message.slice(0, cut);
}

function statementsOf({ table, deletes }: ProbedTable): readonly string[] {
  const update = updateOf(table, () => true);
  return [insertOf(table), ...update === null ? [] : [update], ...deletes ? [deleteOf(table)] : []];
}

/** @param facts null: foreign keys have been looked at before */
function obstacleOf(
  reason: string,
  table: DerivedTable,
  database: Database,
  facts: SchemaFacts | null,
): WriteObstacle {
  const own = { class: table.class };
  const key = facts === null ? null : brokenKey(reason, table, facts);
  if (key !== null) return { ...own, kind: "foreign_key", key };
  const lacking = lackingName(reason);
  if (lacking !== null) {
    return { ...own, ...lacking, by: indexThatSorts(lacking, table) ?? whoAsks(database, table.name, lacking) };
  }
  const asked = UNTOLD.test(reason) ? whoAsksForMissing(database, table.name) : null;
  return asked === null ? { ...own, kind: "other", reason } : { ...own, ...asked };
}

/** Deno 2.4 does not always say why. */
const UNTOLD = /failed to prepare statement|not an error/;

function lackingName(reason: string): AskedName | null {
  const [, name, unknown] = /^(?:no such function: (.+)|unknown function: (.+)\(\))$/s.exec(reason) ?? [];
  const [, collation] = /^no such collation sequence: (.+)$/s.exec(reason) ?? [];
  if (collation !== undefined) return { kind: "collation", name: collation };
  const called = name ?? unknown;
  return called === undefined ? null : { kind: "function", name: called };
}

/** An index may compare as its column does, and say nothing itself. */
function indexThatSorts({ kind, name }: AskedName, { facts }: DerivedTable): SchemaPart | null {
  if (kind !== "collation") return null;
  const index = facts.indexes.find(({ columns }) => columns.some((one) => foldName(one.collation) === foldName(name)));
  return index === undefined ? null : { type: "index", name: index.name, table: facts.name };
}

/** The foreign key of which SQLite speaks: of the table itself, or of one that its triggers write, or that refers to it. */
function brokenKey(reason: string, { facts: own }: DerivedTable, facts: SchemaFacts): BrokenKey | null {
  const [, child, target] = /^foreign key mismatch - "(.*)" referencing "(.*)"$/s.exec(reason) ?? [];
  const [, missing] = /^no such table: (?:main\.)?(.*)$/s.exec(reason) ?? [];
  const isMeant = (key: BrokenKey) =>
    missing === undefined
      ? foldName(key.table) === foldName(child ?? "") && foldName(key.target) === foldName(target ?? "")
      : foldName(key.target) === foldName(missing);
  if (child === undefined && missing === undefined) return null;
  const others = facts.tables.filter((table) => table !== own);
  return [own, ...others].flatMap((table) => brokenKeys(table, facts)).find(isMeant) ?? null;
}
