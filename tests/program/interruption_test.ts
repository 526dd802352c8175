/** A run that does not come to its end, or only pretends to, leaves the database as it was. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type RunningProgram, runProcess, startProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun, type ProgramRun, type Scratch } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import { assertTold, countOf, flawsOf, LOGIN, withWorld } from "./world_and_input.ts";

const ROWS = 200_000;
const ORGANIZATION = "My Company/Department";
const IMPORT_PERSONS = [...LOGIN, "--class=Person", "--csvfile=persons.csv", "--reconciliationkeys=Email"];

/** Milliseconds. A second is promised; the rest is for machines that have other work to do. */
const LONGEST = 10_000;

/** So much must stand in SQLite's log before a run is ended: far from its beginning, and far from its end. In bytes. */
const LOG_SIZE = 10_000_000;

function writePersons({ write }: Scratch): void {
  const rows = Array.from(
    { length: ROWS },
    (_, row) => `Last${row},First${row % 997},user${row}@example.com,${ORGANIZATION}\n`,
  );
  write("persons.csv", "Last Name,First Name,Email,Organization->Name\n" + rows.join(""));
}

/** Waits until a run has written a part of its objects. */
async function writesRows(running: RunningProgram, database: string): Promise<void> {
  let isOver = false;
  running.child.status.then(() => isOver = true);
  while (sizeOf(`${database}-wal`) < LOG_SIZE) {
    assert(!isOver, "The run was over before it had written enough");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert(!isOver, "The run was over");
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

const SIGNALS: readonly (readonly [Deno.Signal, number])[] = [["SIGKILL", 137], ["SIGINT", 130], ["SIGTERM", 143]];

for (const [signal, exitCode] of SIGNALS) {
  Deno.test({
    name: `${signal} in the midst of ${ROWS} rows leaves the database as it was`,
    // There a process is ended in one way only.
    ignore: Deno.build.os === "windows",
    fn: () =>
      withWorld(async (scratch, database) => {
        writePersons(scratch);
        const before = everythingStored(database);
        const running = startProcess([...IMPORT_PERSONS, "--output=details"], { folder: scratch.folder });
        await writesRows(running, database);
        running.child.kill(signal);
        const begin = performance.now();
        const run = await running.ended();
        const milliseconds = performance.now() - begin;
        assertExit(run, exitCode);
        assertTakenBack(run, signal);
        assert(milliseconds < LONGEST, `It took ${milliseconds} ms to end`);
        assertEquals(flawsOf(database), []);
        assertEquals(everythingStored(database), before);
        const left = [...Deno.readDirSync(scratch.folder)].map((entry) => entry.name).sort();
        assertEquals(left.filter((name) => !name.startsWith("world.db")), ["input.csv", "persons.csv"]);
        if (signal === "SIGKILL") await theNextRunSucceeds(scratch, database);
      }),
  });
}

/** Nobody can speak after SIGKILL; otherwise the report and standard error tell it. */
function assertTakenBack(run: ProgramRun, signal: string): void {
  if (signal === "SIGKILL") return assertEquals([run.stdout, run.stderr], ["", ""], describeRun(run));
  assertTold(run, `Interrupted by ${signal}. Nothing was written`);
  assert(run.stdout.endsWith(`\n#Interrupted by ${signal}. Nothing was written\n`), describeRun(run));
  assert(!run.stdout.includes("#Created"), describeRun(run));
}

async function theNextRunSucceeds({ folder }: Scratch, database: string): Promise<void> {
  const run = await runProcess(IMPORT_PERSONS, { folder });
  assertExit(run, 0);
  assertStringIncludes(run.stdout, `#Created: ${ROWS}\n`, describeRun(run));
  assertEquals(countOf(database, "Person"), ROWS + 1);
  assertEquals(flawsOf(database), []);
}

Deno.test("a simulation as a process writes nothing, whatever its rows", () =>
  withWorld(async ({ folder, write }, database) => {
    write(
      "mixed.csv",
      "Last Name,First Name,Email,Organization->Name\n" +
        `New,One,one@example.com,${ORGANIZATION}\nChanged,My first name,my.email@foo.org,${ORGANIZATION}\nBad,One,bad@example.com,Nowhere\n`,
    );
    const before = everythingStored(database);
    const args = [...LOGIN, "--class=Person", "--csvfile=mixed.csv", "--reconciliationkeys=Email"];
    const run = await runProcess([...args, "--simulate=1"], { folder });
    assertExit(run, 1);
    assertStringIncludes(run.stdout, "#Issues: 1\n#Warnings: 0\n#Created: 1\n#Updated: 1\n", describeRun(run));
    assertEquals(everythingStored(database), before);
  }));
