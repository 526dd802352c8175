/** Cases played on the command line: simulated, loaded, loaded again, and as an import of a job. */
import { assertEquals } from "@std/assert";
import { readFixture } from "../helpers/fixtures.ts";
import { ADMIN } from "../helpers/golden_case.ts";
import { writeNewDatabase } from "../helpers/new_database.ts";
import { type Scratch, withScratch } from "../helpers/scratch.ts";
import { everythingStored, storedObjects } from "../helpers/stored.ts";
import { wholeFile } from "../helpers/world.ts";
import { type FaultCase, isRefused, type Load } from "./fault_case.ts";
import { assertRight, assertRows, type Told, toldBy } from "./told_case.ts";
import { WORKSHOP } from "./workshop_model.ts";

export interface Play {
  readonly scratch: Scratch;
  readonly database: string;
  /** @returns what `output=json` tells */
  load(load: Load, more?: Readonly<Record<string, string>>): Promise<Told>;
}

const prepared = new WeakMap<FaultCase, Promise<Uint8Array>>();

/** A database with what the case needs, made for the first one who asks. @param name of the file of the database */
export function withCase(one: FaultCase, name: string, use: (play: Play) => Promise<void>): Promise<void> {
  return withScratch(async (scratch) => {
    const bytes = prepared.get(one) ?? withScratch((own) => prepare(one, own));
    prepared.set(one, bytes);
    const database = scratch.write(name, await bytes);
    await use({ scratch, database, load: loadingInto(scratch, database) });
  });
}

async function prepare(one: FaultCase, scratch: Scratch): Promise<Uint8Array> {
  const database = await writeNewDatabase(scratch, "case.db", modelText(one));
  const load = loadingInto(scratch, database);
  for (const before of one.before ?? []) {
    const { rows, messages } = await load(before);
    assertEquals([rows.filter((row) => row !== "created" && row !== "updated"), messages], [[], ""], one.title);
  }
  return wholeFile(database);
}

function loadingInto(scratch: Scratch, database: string): Play["load"] {
  return async (load, more = {}) => {
    const csvfile = scratch.write("case.csv", load.csv);
    const all = { db: database, csvfile, output: "json", ...parametersOf(load), ...more };
    const run = await scratch.run(Object.entries(all).map(([name, value]) => `--${name}=${value}`));
    return toldBy(run.stdout);
  };
}

function modelText({ model = "workshop" }: FaultCase): string {
  if (model === "itop") return "";
  return model === "workshop" ? JSON.stringify(WORKSHOP) : readFixture("models", model);
}

/** Of the import, without input and output. */
export function parametersOf(load: Load): Record<string, string> {
  return { auth_user: ADMIN, auth_pwd: ADMIN, no_localize: "0", class: load.class, ...load.params };
}

export function assertStored({ stored }: FaultCase, database: string): void {
  if (stored === undefined) return;
  const [modelClass, fields, objects] = stored;
  assertEquals(storedObjects(database, modelClass, fields.split(",")).map((one) => one.join(",")), objects);
}

/** A simulation tells the same and writes nothing; what was written is unchanged the next time, and what was in error is so again. */
export function playLoaded(one: FaultCase): Promise<void> {
  return withCase(one, "case.db", async ({ database, load }) => {
    const untouched = everythingStored(database);
    assertRight(one, await load(one.load, { simulate: "1" }));
    assertEquals(everythingStored(database), untouched);
    assertRight(one, await load(one.load));
    assertStored(one, database);
    const { right } = one;
    if (isRefused(right) || right.isSettled === false) return;
    const before = objectsIn(database);
    const again = await load(one.load);
    const found = right.rows.map((row) => row.replace(/^(created|updated)$/, "unchanged"));
    // What is warned of may be another matter: objects are there now.
    assertRows(found, again);
    assertEquals(objectsIn(database), before);
  });
}

/** Without the log, where a run with rows in error leaves its entry, and what serves searches. */
function objectsIn(database: string): string[] {
  return everythingStored(database).filter((row) => !/^(change|csvrecon_|sqlite_)/.test(row));
}

export function playInJob(one: FaultCase): Promise<void> {
  return withCase(one, "case.db", async ({ scratch, database }) => {
    scratch.write("case.csv", one.load.csv);
    const { auth_user, auth_pwd, ...own } = parametersOf(one.load);
    const lines = Object.entries({ ...own, csvfile: "case.csv", output: "json" }).map(([name, value]) =>
      `${name} = "${value}"\n`
    );
    scratch.write("case.params", lines.join(""));
    const access = `db = case.db\nauth_user = ${auth_user}\nauth_pwd = ${auth_pwd}\n`;
    scratch.write("nightly.job", `${access}output = json\nreports = all\nimport = case.params\n`);
    const run = await scratch.run(["run", "nightly.job"]);
    assertRight(one, toldBy(run.stdout));
    assertStored(one, database);
  });
}
