/** Signals to a program that waits: for input, for another writer, for somebody who reads its report. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { environmentOfDeno, programWords, type RunningProgram, startProcess } from "../helpers/program_process.ts";
import { describeRun, type ProgramRun } from "../helpers/scratch.ts";
import { isInstalled, outputOf, runShell } from "../helpers/shell.ts";
import { everythingStored } from "../helpers/stored.ts";
import { assertTold, countOf, IMPORT, LOGIN, withWorld } from "./world_and_input.ts";

/** Milliseconds. A second is promised; the rest is for machines that have other work to do. */
const LONGEST = 2000;

/** Sends a signal to a program that waits for something. */
async function interruptWaiting(
  running: RunningProgram,
  signal: Deno.Signal,
  input?: WritableStream<Uint8Array>,
): Promise<ProgramRun> {
  // Until it waits: to be too early would show as an end without a word.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  running.child.kill(signal);
  const begin = performance.now();
  await running.child.status;
  const milliseconds = performance.now() - begin;
  await input?.close();
  const run = await running.ended();
  assert(milliseconds < LONGEST, `It took ${milliseconds} ms to end${describeRun(run)}`);
  return run;
}

const HAS_SIGNALS = Deno.build.os !== "windows";

Deno.test({
  name: "a signal ends a run that waits for its input, for another writer, or for a file that never opens",
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
        interruptWaiting(stdin, "SIGTERM", endless.writable),
        interruptWaiting(pipe, "SIGINT"),
      ]);
      const writer = new DatabaseSync(database);
      writer.exec("BEGIN IMMEDIATE");
      runs.push(await interruptWaiting(startProcess([...IMPORT, "--busy_timeout=600"], { folder }), "SIGINT"));
      writer.exec("ROLLBACK");
      writer.close();
      assertEquals(runs.map(({ exitCode }) => exitCode), [143, 130, 130], runs.map(describeRun).join("\n"));
      for (const run of runs) assertTold(run, "Nothing was written");
      assertEquals(everythingStored(database), before);
    }),
});

Deno.test({
  name: "a signal ends a run whose report nobody takes, and what it wrote stays, and it says so",
  ignore: !HAS_SIGNALS,
  fn: () =>
    withWorld(async ({ folder }, database) => {
      const { child } = startProcess([...IMPORT, "--output=details"], { folder });
      await new Promise((resolve) => setTimeout(resolve, 3000));
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
  ignore: !HAS_SIGNALS || !isInstalled("script"),
  fn: () =>
    withWorld(async ({ folder, path }, database) => {
      const before = everythingStored(database);
      const waiting = [...LOGIN, "--class=Organization", "--csvfile=-"];
      const { readable, writable } = new TransformStream<Uint8Array>();
      const run = await interruptWaiting(startProcess(waiting, { folder, stdin: readable }), "SIGHUP", writable);
      assertEquals([run.exitCode, run.stderr], [129, ""]);
      await outputOf("mkfifo", [path("pipe.csv")]);
      const words = programWords([...LOGIN, "--class=Organization", "--csvfile=pipe.csv"]).map((word) => `'${word}'`);
      const script = `${words.join(" ")} & sleep 3; kill -HUP $!; wait $!; echo "code $?"`;
      await runShell("script", ["-qec", script, path("typescript")], { folder, env: environmentOfDeno() });
      const seen = Deno.readTextFileSync(path("typescript"));
      assertStringIncludes(seen, "#Interrupted by SIGHUP. Nothing was written");
      assertStringIncludes(seen, "code 129");
      assertEquals(everythingStored(database), before);
    }),
});
