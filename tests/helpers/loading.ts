/** Small loads into a database of one's own: what became of each row in one line of text, and what is stored then. */
import { assert } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { readFixture } from "./fixtures.ts";
import { ADMIN } from "./golden_case.ts";
import { writeNewDatabase } from "./new_database.ts";
import { lines } from "./our_report.ts";
import { describeRun, type ProgramRun, type RunOptions, type Scratch, withScratch } from "./scratch.ts";
import { everythingStored, storedObjects } from "./stored.ts";
import { copyWorld, wholeFile } from "./world.ts";

export type Parameters = Readonly<Record<string, string>>;

/** A run with `output=json`, taken apart. */
export interface Loaded {
  readonly run: ProgramRun;
  /**
   * One text for each row: `created Brand 7`, `updated Brand 7 name="Dell"->"DELL"`, `unchanged Brand 7`,
   * `rejected: why | attribute: what is wrong with its cell`, with `Brand 7` before the colon if it matched. Behind them, with `gone: ` in
   * front, what is gone from the feed.
   */
  readonly rows: readonly string[];
  readonly warnings: readonly string[];
}

export interface Loading {
  readonly scratch: Scratch;
  readonly database: string;
  /** Loads with codes as names (`no_localize=1`), as the administrator, unless the parameters say otherwise. */
  load(modelClass: string, csv: string | Uint8Array, params?: Parameters): Promise<Loaded>;
  /** The same with another output: details unless the parameters say otherwise. */
  print(
    modelClass: string,
    csv: string | Uint8Array,
    params?: Parameters,
    options?: Pick<RunOptions, "now" | "onStatement" | "rowsTogether">,
  ): Promise<ProgramRun>;
  /** Objects of a class by id, their values joined by commas. @param fields codes, separated by commas */
  objects(modelClass: string, fields: string): string[];
  /** Rows of a query, their values joined by blanks; null is `-`. */
  query(sql: string): string[];
  everything(): string[];
}

/** A database with the world of the golden cases. */
export function withWorld(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withScratch(async (scratch) => await use(loadingInto(scratch, await copyWorld(scratch))));
}

/**
 * A world with more in it, built when it is first asked for and then copied for each test.
 * @param build loads what all the tests need
 */
export function preparedWorld(
  build: (loading: Loading) => Promise<void>,
): (use: (loading: Loading) => Promise<void>) => Promise<void> {
  return prepared((scratch) => copyWorld(scratch), build);
}

/**
 * A new database with a model of one's own and with more in it, built when it is first asked for and then copied for each test.
 * @param build loads what all the tests need
 */
export function preparedModel(
  model: string | Record<string, unknown>,
  build: (loading: Loading) => Promise<void>,
): (use: (loading: Loading) => Promise<void>) => Promise<void> {
  return prepared((scratch) => writeNewDatabase(scratch, PREPARED, modelText(model)), build);
}

const PREPARED = "own.db";

function prepared(
  write: (scratch: Scratch) => Promise<string>,
  build: (loading: Loading) => Promise<void>,
): (use: (loading: Loading) => Promise<void>) => Promise<void> {
  let built: Promise<Uint8Array> | undefined;
  const make = () =>
    withScratch(async (scratch) => {
      const loading = loadingInto(scratch, await write(scratch));
      await build(loading);
      return wholeFile(loading.database);
    });
  return (use) =>
    withScratch(async (scratch) => {
      built ??= make();
      await use(loadingInto(scratch, scratch.write(PREPARED, await built)));
    });
}

/** A database as it is. @param write puts it into the folder, and tells its path */
export function withDatabase(
  write: (scratch: Scratch) => string,
  use: (loading: Loading) => Promise<void>,
): Promise<void> {
  return withScratch(async (scratch) => await use(loadingInto(scratch, write(scratch))));
}

/** A new database with a model of one's own. @param model a file of fixtures/models, or the model itself */
export function withModel(
  model: string | Record<string, unknown>,
  use: (loading: Loading) => Promise<void>,
): Promise<void> {
  return withScratch(async (scratch) => {
    await use(loadingInto(scratch, await writeNewDatabase(scratch, PREPARED, modelText(model))));
  });
}

function modelText(model: string | Record<string, unknown>): string {
  return typeof model === "string" ? readFixture("models", model) : JSON.stringify(model);
}

/** A database that csvrecon did not make. @param sql makes its tables and their rows */
export function withTables(sql: string, use: (loading: Loading) => Promise<void>): Promise<void> {
  return withScratch(async (scratch) => {
    const path = scratch.path("tables.db");
    const made = new DatabaseSync(path);
    made.exec(sql);
    made.close();
    await use(loadingInto(scratch, path, {}));
  });
}

const AS_ADMINISTRATOR: Parameters = { auth_user: ADMIN, auth_pwd: ADMIN, no_localize: "1" };

function loadingInto(scratch: Scratch, database: string, usual = AS_ADMINISTRATOR): Loading {
  const print: Loading["print"] = (modelClass, csv, params = {}, options = {}) => {
    const all: Parameters = {
      db: database,
      ...usual,
      output: "details",
      class: modelClass,
      csvfile: scratch.write("own.csv", csv),
      ...params,
    };
    return scratch.run(Object.entries(all).map(([name, value]) => `--${name}=${value}`), options);
  };
  return {
    scratch,
    database,
    print,
    load: async (modelClass, csv, params = {}) => loaded(await print(modelClass, csv, { ...params, output: "json" })),
    objects: (modelClass, fields) =>
      storedObjects(database, modelClass, fields.split(",")).map((values) => values.join(",")),
    query: (sql) => queried(database, sql),
    everything: () => everythingStored(database),
  };
}

function queried(database: string, sql: string): string[] {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    return opened.prepare(sql).all().map((row) => Object.values(row).map((value) => value ?? "-").join(" "));
  } finally {
    opened.close();
  }
}

interface JsonLine {
  readonly type: string;
  readonly status: string;
  readonly class: string | null;
  readonly id: number | string | readonly (number | string)[] | null;
  readonly messages: readonly { readonly attribute?: string; readonly column?: string; readonly text: string }[];
  readonly changes: readonly { readonly attribute: string; readonly old: unknown; readonly new: unknown }[];
  readonly warnings: readonly string[];
}

function loaded(run: ProgramRun): Loaded {
  const all = lines(run.stdout).map((line) => JSON.parse(line) as JsonLine);
  const end = all.at(-1);
  assert(end?.type === "run", `the run was refused${describeRun(run)}`);
  return { run, rows: all.slice(0, -1).map(rowText), warnings: end.warnings };
}

function rowText({ type, status, class: code, id, messages, changes }: JsonLine): string {
  if (type === "gone") {
    return `gone: ${rowText({ type: "row", status, class: code, id, messages, changes, warnings: [] })}`;
  }
  const object = code === null ? "" : ` ${code} ${id}`;
  if (status === "rejected") return `rejected${object}: ${messages.map(messageText).join(" | ")}`;
  const changed = changes.map((change) =>
    ` ${change.attribute}=${JSON.stringify(change.old)}->${JSON.stringify(change.new)}`
  );
  return `${status}${object}${changed.join("")}`;
}

/** What is said of a cell has a column; what is said of the row may tell an attribute, too. */
function messageText({ attribute, column, text }: JsonLine["messages"][number]): string {
  return attribute === undefined || column === undefined ? text : `${attribute}: ${text}`;
}
