/**
 * Runs whose log was committed, and nobody has said whether their rows were: the program was killed in between. What is in the database
 * tells: both were to be committed whole, or not at all.
 */
import type { DerivedModel, DerivedTable } from "../../../model/derive/derived_model.ts";
import { quoteName } from "../../sql/sql_text.ts";
import type { Database, Row } from "../../sqlite/connection.ts";
import { parameterOf, type Raw } from "../../sqlite/raw_value.ts";
import { writtenNames } from "../row_context.ts";
import { askedDatabase } from "../../sqlite/asked_database.ts";
import { doneNow } from "../../shared/steps.ts";
import { takeBackFeeds } from "../../logged/undone_feeds.ts";
import { keyValues, rawInEntry } from "./logged_keys.ts";
import { hasFeeds, STATE } from "./log_tables.ts";

export interface Unsettled {
  readonly log: Database;
  readonly database: Database;
  readonly derived: DerivedModel;
}

/** So many entries of either end are looked at, until so many of them tell. */
const MOST_LOOKED_AT = 500;
const MOST_TOLD = 50;

const OF_RUNS = "FROM change WHERE id IN (SELECT value FROM json_each(?))";

/** The runs of which nobody has said what became of their rows. */
export function unsettledRuns(log: Database): readonly number[] {
  return log.prepare(`SELECT id FROM change WHERE state = '${STATE.writing}' ORDER BY id`).all()
    .map((row) => Number(row["id"]));
}

/** Says of each such run whether it was done. To be called in a transaction of the log, under the database's write lock. */
export function settleRuns(unsettled: Unsettled): void {
  const runs = unsettledRuns(unsettled.log);
  if (areDone(unsettled, runs)) markDone(unsettled.log, runs);
  else markTakenBack(unsettled.log, runs);
}

/**
 * Whether the rows of runs are in the database. One entry may not tell: a trigger may have set its row back, or another program have written
 * there since; so most of them do. Both ends are asked, as all rows of one may be of the same table.
 * @param runs of one transaction: no other one begins before they are settled
 */
export function areDone(unsettled: Unsettled, runs: readonly number[]): boolean {
  const told = (["ASC", "DESC"] as const).flatMap((direction) => toldBy(unsettled, runs, direction));
  // If nothing was changed rows in error are told.
  return 2 * told.filter((isDone) => isDone).length >= told.length;
}

function toldBy({ log, database, derived }: Unsettled, runs: readonly number[], direction: "ASC" | "DESC"): boolean[] {
  const entries = log.prepare(
    "SELECT id, class, object_key, operation, attribute, old_value, new_value FROM change_op " +
      `WHERE id >= (SELECT min(first_op) ${OF_RUNS}) ORDER BY id ${direction} LIMIT ${MOST_LOOKED_AT}`,
  ).all(JSON.stringify(runs));
  const told: boolean[] = [];
  for (const entry of entries) {
    const table = derived.tables.get(String(entry["class"]));
    if (table === undefined || !isDecisive(log, runs, entry)) continue;
    const isDone = isThere(database, table, entry);
    if (isDone !== null) told.push(isDone);
    if (told.length === MOST_TOLD) break;
  }
  return told;
}

export function markDone(log: Database, runs: readonly number[]): void {
  log.prepare(
    `UPDATE change SET state = '${STATE.done}' WHERE state = '${STATE.writing}' AND id IN (SELECT id ${OF_RUNS})`,
  ).run(JSON.stringify(runs));
}

/** Nothing is kept of what they did not do, and feeds remember what they did before. @param runs from the first to the last */
export function markTakenBack(log: Database, runs: readonly number[]): void {
  const asked = JSON.stringify(runs);
  if (hasFeeds(log)) { for (const run of runs.toReversed()) takeBackMemory(log, run); }
  // The entries of one transaction stand together, and are the last ones.
  log.prepare(`DELETE FROM change_op WHERE id >= (SELECT min(first_op) ${OF_RUNS})`).run(asked);
  log.prepare(
    `UPDATE change SET state = '${STATE.takenBack}', first_op = NULL, last_op = NULL WHERE id IN (SELECT id ${OF_RUNS})`,
  ).run(asked);
}

/** No run has this number. */
const NOBODY = 0;

function takeBackMemory(log: Database, run: number): void {
  doneNow(takeBackFeeds(askedDatabase(log), { begin: () => NOBODY }, run));
  log.prepare("DELETE FROM csvrecon_feed_change WHERE change IN (?, ?)").run(run, NOBODY);
}

/** Whether any run has left a trace of what it did. */
export function tellsOfRuns(log: Database): boolean {
  return log.prepare(`SELECT 1 FROM change WHERE state <> '${STATE.takenBack}' LIMIT 1`).get() !== undefined;
}

/** Whether nothing else of these runs hides what the entry did. */
function isDecisive(log: Database, runs: readonly number[], entry: Row): boolean {
  const { operation, attribute } = entry;
  const others = operation === "update"
    ? "(operation <> 'update' OR attribute IS ?) AND id <> ?"
    : `operation = '${operation === "create" ? "delete" : "create"}' AND ? IS NOT NULL AND ? IS NOT NULL`;
  return log.prepare(
    "SELECT 1 FROM change_op WHERE class = ? AND object_key = ? AND change IN (SELECT value FROM json_each(?)) " +
      `AND ${others} LIMIT 1`,
  ).get(
    entry["class"] ?? null,
    entry["object_key"] ?? null,
    JSON.stringify(runs),
    operation === "update" ? attribute ?? null : "",
    entry["id"] ?? null,
  ) === undefined;
}

/** Null: nobody can tell. */
function isThere(database: Database, table: DerivedTable, entry: Row): boolean | null {
  const values = keyValues(String(entry["object_key"]));
  const where = conditionOf(table, values);
  if (where === null) return null;
  const find = (selected: string, ...parameters: readonly Raw[]) =>
    database.prepareRaw(`SELECT ${selected} FROM ${quoteName(table.name)} WHERE ${where} LIMIT 1`).all(
      ...parameters,
      ...values,
    )[0];
  if (entry["operation"] === "create") return find("1 AS found") !== undefined;
  if (entry["operation"] === "delete") return find("1 AS found") === undefined;
  const name = String(entry["attribute"]);
  if (!table.facts.columns.some((one) => one.name === name)) return null;
  const column = `${quoteName(name)} COLLATE BINARY`;
  const [before, after] = [valueIn(entry["old_value"]), valueIn(entry["new_value"])];
  const found = find(
    `${column} IS ${parameterOf(after)} AS isNew, ${column} IS ${parameterOf(before)} AS isOld`,
    after,
    before,
  );
  // Without a key the row is known by what it was.
  if (table.key === null) return found === undefined ? true : found["isOld"] === 1n ? false : null;
  if (found === undefined || found["isNew"] === found["isOld"]) return null;
  return found["isNew"] === 1n;
}

function valueIn(json: unknown): Raw {
  return json === null || json === undefined ? null : rawInEntry(String(json));
}

/** Null: the table has other columns than it had. */
function conditionOf(table: DerivedTable, values: readonly Raw[]): string | null {
  const names = table.key === null ? writtenNames(table) : table.key.columns.map(({ name }) => name);
  if (names.length !== values.length) return null;
  return names.map((name, place) => `${quoteName(name)} IS ${parameterOf(values[place] ?? null)}`).join(" AND ");
}
