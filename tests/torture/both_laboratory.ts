/** Runs of random files that are made twice, with a file of SQLite and at a server of PostgreSQL, which must come to the same. */
import { serverName, storedBehind, storedInFile, toldBy } from "../helpers/both_databases.ts";
import { assertExit, type ProgramRun, type RunOptions, type Scratch } from "../helpers/scratch.ts";
import type { PostgresConnection } from "../../lib/databases/postgres/connection.ts";
import type { Random } from "./random.ts";
import { Laboratory } from "./tried_import.ts";
import { query } from "./undo_files.ts";

const NOW = new Date("2026-01-02T03:04:05Z");
const ADMINISTRATOR = ["--auth_user=admin", "--auth_pwd=admin"];

/** What one database has told or stored, and the other has not. */
export class Different extends Error {}

export class BothLaboratory extends Laboratory {
  /** Of the database that is a file. */
  readonly file: string;
  readonly #server: string;

  /** @param observer looks at the database that is at the server */
  constructor(scratch: Scratch, private readonly observer: PostgresConnection, private readonly random: Random) {
    super(scratch);
    this.file = scratch.path("both.db");
    this.#server = serverName(observer.address);
  }

  /** Both are made anew. */
  override async init(model: Record<string, unknown>): Promise<void> {
    const written = this.scratch.write("m", JSON.stringify(model));
    for (const database of [this.file, this.#server]) {
      const args = [`--db=${database}`, `--model=${written}`, "--admin_user=admin", "--admin_pwd=admin"];
      assertExit(await this.scratch.run(["init", ...args], { now: NOW }), 0);
    }
  }

  /** @throws Different */
  override async run(
    database: string,
    modelClass: string,
    csv: string | Uint8Array,
    params: Readonly<Record<string, string>> = {},
    options: Pick<RunOptions, "rowsTogether"> = {},
  ): Promise<ProgramRun> {
    const all = { output: this.random.pick(["json", "json", "details", "diff"]), ...params };
    const run = await super.run(database, modelClass, csv, all, options);
    await this.#compare(run, await super.run(this.#server, modelClass, csv, all, options));
    return run;
  }

  /** Any other command, by the administrator. @throws Different */
  async command(args: readonly string[]): Promise<ProgramRun> {
    const [command = "", ...others] = args;
    const on = (database: string) =>
      this.scratch.run([command, `--db=${database}`, ...ADMINISTRATOR, ...others], { now: NOW });
    const run = await on(this.file);
    await this.#compare(run, await on(this.#server));
    return run;
  }

  async #compare(expected: ProgramRun, found: ProgramRun): Promise<void> {
    const stored = (rows: readonly string[], name: string) => rows.map((row) => row.replaceAll(name, "DATABASE"));
    const difference = firstDifference(toldBy(expected, this.file), toldBy(found, this.#server)) ??
      firstDifference(
        stored(storedInFile(this.file), this.file),
        stored(await storedBehind(this.observer), this.#server),
      );
    if (difference === null) return;
    throw new Different(`${expected.args.join(" ")}${difference}${found.exitCode < 70 ? "" : found.stderr}`);
  }
}

function firstDifference(expected: readonly string[], found: readonly string[]): string | null {
  const length = Math.max(expected.length, found.length);
  for (let at = 0; at < length; at++) {
    if (expected[at] !== found[at]) return `\nfile:   ${expected[at]}\nserver: ${found[at]}`;
  }
  return null;
}

/** What people do between two imports: take runs back, look at what was done, write objects to a file. @param classes codes */
export async function doSomethingElse(lab: BothLaboratory, random: Random, classes: readonly string[]): Promise<void> {
  const format = () => `--output=${random.pick(["summary", "json"])}`;
  const runs = query(lab.file, "SELECT id FROM change ORDER BY id").map(Number);
  if (random.chance(0.35)) await takeBack(lab, random, runs);
  if (random.chance(0.15)) await lab.command(["history", format()]);
  if (random.chance(0.15)) await lab.command(["history", `--change=${random.pick(runs)}`, format()]);
  if (random.chance(0.15)) {
    await lab.command(["history", `--class=${random.pick(classes)}`, `--object=${random.int(1, 12)}`, format()]);
  }
  if (random.chance(0.2)) {
    await lab.command(["export", `--class=${random.pick(classes)}`, `--no_localize=${random.int(0, 1)}`]);
  }
  if (random.chance(0.03)) await lab.command(["history", "--prune=1", "--before=2027-01-01", "--simulate=1"]);
}

/** The last run more often than one before it, and then that again. */
async function takeBack(lab: BothLaboratory, random: Random, runs: readonly number[]): Promise<void> {
  const undo = (run: number, ...more: readonly string[]) =>
    lab.command(["undo", `--change=${run}`, `--output=${random.pick(["summary", "details", "json"])}`, ...more]);
  const run = random.chance(0.6) ? runs.at(-1) ?? 0 : random.pick(runs);
  if (random.chance(0.3)) await undo(run, "--simulate=1");
  await undo(run);
  if (random.chance(0.6)) await undo(Number(query(lab.file, "SELECT max(id) FROM change")[0]));
}
