/** Signals to a program that waits: for input, for another writer, for somebody who reads its report. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { environmentOfDeno, programWords, type RunningProgram, startProcess } from "../helpers/program_process.ts";
import { describeRun, type ProgramRun } from "../helpers/scratch.ts";
import { isInstalled, outputOf, runShell } from "../helpers/shell.ts";
import { everythingStored } from "../helpers/stored.ts";
import { assertTold, countOf, IMPORT, LOGIN, withWorld } from "./world_and_input.ts";

/** Milliseconds. A second is promised; the rest is for machines that have other work to do. */
const LONGEST = 10_000;

/** Waits until a program has opened the database, or done more: it listens to signals then. */
async function hasOpened({ child }: RunningProgram, database: string): Promise<void> {
  for (let look = 0; look < 600 && !openFiles(child.pid).some((file) => file.startsWith(database)); look++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // It opens the database, checks the password, and then waits.
  await new Promise((resolve) => setTimeout(resolve, 1000));
}

/** The paths of all files that a process has open; where the system cannot tell, something that begins with every path. */
function openFiles(process: number): string[] {
  if (Deno.build.os !== "linux") return [];
  const folder = `/proc/${process}/fd`;
  return [...Deno.readDirSync(folder)].flatMap(({ name }) => {
    try {
      return [Deno.readLinkSync(`${folder}/${name}`)];
    } catch {
      // Closed since.
      return [];
    }
  });
}

/** Sends a signal to a program that waits for something. */
async function interruptWaiting(
  running: RunningProgram,
  database: string,
  signal: Deno.Signal,
  input?: WritableStream<Uint8Array>,
): Promise<ProgramRun> {
  await hasOpened(running, database);
  running.child.kill(signal);
  const begin = performance.now();
  await running.child.status;
  const milliseconds = performance.now() - begin;
  await input?.close();
  const run = await running.ended();
  assert(milliseconds < LONGEST, `It took ${milliseconds} ms to end${describeRun(run)}`);
  return run;
}

/** Deno 2.4, of which the compiled program is made, hears nothing while it waits for the other end of a pipe: the system ends it. */
const GOES_ON = !Deno.env.has("CSVRECON_UNDER_TEST") && !Deno.version.deno.startsWith("2.4.");

const HAS_SIGNALS = Deno.build.os !== "windows";

Deno.test({
  name:
    "a signal ends a run that waits for its input or for another writer, and is told; and one that waits for a pipe",
  ignore: !HAS_SIGNALS,
  fn: () =>
    withWorld(async ({ folder, path }, database) => {
      const before = everythingStored(database);
      const endless = new TransformStream<Uint8Array>();
      const stdin = startProcess([...LOGIN, "--class=Organization", "--csvfile=-"], {
        folder,
        stdin: endless.readable,
      });
      await outputOf("mkfifo", [path("pipe.csv")]);
      const pipe = startProcess([...LOGIN, "--class=Organization", "--csvfile=pipe.csv"], { folder });
      const runs = await Promise.all([
        interruptWaiting(stdin, database, "SIGTERM", endless.writable),
        interruptWaiting(pipe, database, "SIGINT"),
      ]);
      const writer = new DatabaseSync(database);
      writer.exec("BEGIN IMMEDIATE");
      runs.push(
        await interruptWaiting(startProcess([...IMPORT, "--busy_timeout=600"], { folder }), database, "SIGINT"),
      );
      writer.exec("ROLLBACK");
      writer.close();
      assertEquals(runs.map(({ exitCode }) => exitCode), [143, 130, 130], runs.map(describeRun).join("\n"));
      const [ofPipe, ...others] = [...runs.splice(1, 1), ...runs];
      for (const run of others) assertTold(run, "Nothing was written");
      assert(ofPipe !== undefined);
      if (GOES_ON) assertTold(ofPipe, "Nothing was written");
      else assertEquals(ofPipe.stdout, "");
      assertEquals(everythingStored(database), before);
    }),
});

Deno.test({
  name: "a signal ends a run whose report nobody takes, and what it wrote stays, and it says so",
  ignore: !HAS_SIGNALS,
  fn: () =>
    withWorld(async ({ folder }, database) => {
      const { child } = startProcess([...IMPORT, "--output=details"], { folder });
      for (let look = 0; look < 600 && countOf(database, "Organization") < 10_001; look++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
      child.kill("SIGTERM");
      const begin = performance.now();
      const [{ code }, stderr] = [await child.status, await new Response(child.stderr).text()];
      assert(performance.now() - begin < LONGEST, "It took too long to end");
      await child.stdout.cancel();
      assertEquals(code, 143, stderr);
      assertStringIncludes(stderr, "csvrecon: The report could not be written: interrupted by SIGTERM\n");
      assertStringIncludes(stderr, "what it wrote stays");
      assertEquals(countOf(database, "Organization"), 10_001);
    }, "Name,Code\n" + Array.from({ length: 10_000 }, (_, row) => `Organisation ${row},C${row}\n`).join("")),
});

Deno.test({
  name: "SIGHUP of a terminal that goes away is told like the others; without a terminal the system ends the program",
  // Elsewhere `script` has other arguments.
  ignore: Deno.build.os !== "linux" || !isInstalled("script"),
  fn: () =>
    withWorld(async ({ folder, path }, database) => {
      const before = everythingStored(database);
      const waiting = [...LOGIN, "--class=Organization", "--csvfile=-"];
      const { readable, writable } = new TransformStream<Uint8Array>();
      const run = await interruptWaiting(
        startProcess(waiting, { folder, stdin: readable }),
        database,
        "SIGHUP",
        writable,
      );
      assertEquals([run.exitCode, run.stderr], [129, ""]);
      const words = programWords([...IMPORT, "--busy_timeout=600"]).map((word) => `'${word}'`);
      const writer = new DatabaseSync(database);
      writer.exec("BEGIN IMMEDIATE");
      const script = `${
        words.join(" ")
      } & until ls -l /proc/$!/fd | grep -q world.db; do sleep 0.1; done; sleep 1; kill -HUP $!; wait $!; echo "code $?"`;
      await runShell("script", ["-qec", script, path("typescript")], { folder, env: environmentOfDeno() });
      writer.exec("ROLLBACK");
      writer.close();
      const seen = Deno.readTextFileSync(path("typescript"));
      assertStringIncludes(seen, "#Interrupted by SIGHUP. Nothing was written");
      assertStringIncludes(seen, "code 129");
      assertEquals(everythingStored(database), before);
    }),
});
