/** Several programs write to one database: they wait for each other, and never make the same object twice. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { overridden } from "../helpers/overridden.ts";
import { DatabaseSync } from "node:sqlite";
import { runProcess, startProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun, type ProgramRun } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import { assertRefused, countOf, flawsOf, IMPORT, withWorld } from "./world_and_input.ts";

/** Holds the database for writing, as another program would, until it is told to let go. */
function holdDatabase(path: string): () => void {
  const writer = new DatabaseSync(path);
  writer.exec("BEGIN IMMEDIATE");
  return () => {
    writer.exec("ROLLBACK");
    writer.close();
  };
}

/** A number of the report: `#Created: 3`. */
function counted(run: ProgramRun, name: string): number {
  return Number(new RegExp(`^#${name}: (\\d+)$`, "m").exec(run.stdout)?.[1] ?? NaN);
}

Deno.test("75: a database that another writer holds for longer than busy_timeout, and nothing is written", () =>
  withWorld(async ({ folder }, database) => {
    const before = everythingStored(database);
    const letGo = holdDatabase(database);
    const run = await runProcess([...IMPORT, "--busy_timeout=0.2"], { folder });
    letGo();
    assertRefused(run, 75, "Database is locked by another writer: 'world.db' (waited 0.2 s)");
    assertStringIncludes(run.stderr, "Try again", describeRun(run));
    assertEquals(everythingStored(database), before);
    assertExit(await runProcess(IMPORT, { folder }), 0);
  }));

Deno.test("77: a wrong password is refused although its failure cannot be written down, and without a long wait", () =>
  withWorld(async ({ folder }, database) => {
    const letGo = holdDatabase(database);
    const begin = performance.now();
    const run = await runProcess(overridden(IMPORT, "--auth_pwd=wrong", "--busy_timeout=60"), { folder });
    const seconds = (performance.now() - begin) / 1000;
    letGo();
    assertRefused(run, 77, "Access restricted or wrong credentials ('admin')");
    assert(seconds < 20, `It took ${seconds} s`);
    assertExit(await runProcess(IMPORT, { folder }), 0);
  }));

Deno.test("a writer that lets go in time is waited for", () =>
  withWorld(async ({ folder }, database) => {
    const letGo = holdDatabase(database);
    const running = startProcess(IMPORT, { folder });
    let isOver = false;
    const ended = running.ended().finally(() => isOver = true);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert(!isOver, "It was to wait");
    letGo();
    assertExit(await ended, 0);
    assertEquals(countOf(database, "Organization"), 2);
  }));

Deno.test("who only reads is not in the way, and is not disturbed", () =>
  withWorld(async ({ folder }, database) => {
    const reader = new DatabaseSync(database, { readOnly: true });
    reader.exec("BEGIN");
    const count = () => reader.prepare("SELECT count(*) AS n FROM view_Organization").get()?.["n"];
    assertEquals(count(), 1);
    assertExit(await runProcess([...IMPORT, "--busy_timeout=0"], { folder }), 0);
    assertEquals(count(), 1);
    reader.exec("COMMIT");
    assertEquals(count(), 2);
    reader.close();
  }));

Deno.test("model show needs no writer's place", () =>
  withWorld(async ({ folder }, database) => {
    const letGo = holdDatabase(database);
    const run = await runProcess(["model", "show", "--db=world.db"], { folder });
    letGo();
    assertExit(run, 0);
  }));

const ROWS = 3000;

Deno.test("imports of the same file that are started together make each object once", () =>
  withWorld(async ({ folder }, database) => {
    const runs = await Promise.all([1, 2, 3].map(() => runProcess([...IMPORT, "--busy_timeout=60"], { folder })));
    for (const run of runs) assertExit(run, 0);
    assertEquals(runs.map((run) => counted(run, "Created")).sort(), [0, 0, ROWS]);
    assertEquals(runs.map((run) => counted(run, "Unchanged")).sort(), [0, ROWS, ROWS]);
    assertEquals(countOf(database, "Organization"), ROWS + 1);
    assertEquals(flawsOf(database), []);
  }, "Name,Code\n" + Array.from({ length: ROWS }, (_, row) => `Organisation ${row},C${row}\n`).join("")));

Deno.test("two inits of the same database started together: one makes it, the other says that it exists", () =>
  withWorld(async ({ folder, path }) => {
    const args = ["init", "--db=new.db", "--admin_user=admin", "--admin_pwd=admin"];
    const runs = await Promise.all([1, 2].map(() => runProcess(args, { folder })));
    assertEquals(runs.map((run) => run.exitCode).sort(), [0, 73], runs.map(describeRun).join("\n"));
    assertEquals(flawsOf(path("new.db")), []);
    assertExit(await runProcess(overridden(IMPORT, "--db=new.db"), { folder }), 0);
  }));
