/** Standard input, output and error of the program, in good order and in bad. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { overridden } from "../helpers/overridden.ts";
import { runProcess, startProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun } from "../helpers/scratch.ts";
import { everythingStored, storedObjects } from "../helpers/stored.ts";
import { assertRefused, assertTold, changeDatabase, countOf, IMPORT, LOGIN, withWorld } from "./world_and_input.ts";

const FROM_STDIN = [...LOGIN, "--class=Organization", "--csvfile=-"];
const INPUT_WITH_ACCENTS = 'Name,Code\n"Café ""Œuf""",CŒ\nЖук,Ж\n';
const HAS_SHELL = Deno.build.os !== "windows";
const HAS_FULL_DEVICE = Deno.build.os === "linux";

/** The pieces of a stream: one byte each. */
function byteByByte(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return ReadableStream.from((function* () {
    for (let index = 0; index < bytes.length; index++) yield bytes.slice(index, index + 1);
  })());
}

/** Bytes that look random and are always the same (a linear congruential generator, Numerical Recipes). */
function garbage(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

function manyRows(count: number): string {
  return "Name,Code\n" + Array.from({ length: count }, (_, row) => `Organisation ${row},C${row}\n`).join("");
}

for (const how of ["at once", "byte by byte"]) {
  Deno.test(`standard input is read to its end when it comes ${how}`, () =>
    withWorld(async ({ folder }, database) => {
      const stdin = how === "at once" ? INPUT_WITH_ACCENTS : byteByByte(INPUT_WITH_ACCENTS);
      const run = await runProcess(FROM_STDIN, { folder, stdin });
      assertExit(run, 0);
      assertStringIncludes(run.stdout, "#Data Size: 41\n#Data Lines: 2\n", describeRun(run));
      assertEquals(storedObjects(database, "Organization", ["name", "code"]).slice(1), [
        ['Café "Œuf"', "CŒ"],
        ["Жук", "Ж"],
      ]);
    }));
}

Deno.test("an empty standard input has no header: 65", () =>
  withWorld(async ({ folder }) => {
    const words = "Missing data - at least one line is expected";
    assertRefused(await runProcess(FROM_STDIN, { folder }), 65, words);
    assertRefused(await runProcess(FROM_STDIN, { folder, stdin: "\n\n" }), 65, words);
  }));

const GARBAGE: readonly (readonly [string, Uint8Array, number, string])[] = [
  ["random bytes", garbage(200_000), 65, "Undecodable bytes at line 1, byte offset "],
  [
    "random bytes behind a good header",
    Uint8Array.of(...new TextEncoder().encode("Name\n"), ...garbage(50_000)),
    65,
    "line 2",
  ],
  ["half a qualified cell", new TextEncoder().encode('Name\n"' + "x".repeat(100_000)), 65, "line 2"],
  ["nothing but zeros", new Uint8Array(200_000), 64, "Unknown column"],
  ["one endless line", new Uint8Array(200_000).fill(0x61), 64, "Unknown column"],
];

for (const [what, stdin, exitCode, words] of GARBAGE) {
  Deno.test(`garbage is refused with ${exitCode}, and nothing is written: ${what}`, () =>
    withWorld(async ({ folder }, database) => {
      const before = everythingStored(database);
      const run = await runProcess(FROM_STDIN, { folder, stdin });
      assertRefused(run, exitCode, words);
      assertEquals(everythingStored(database), before);
    }));
}

Deno.test("a refused input is not read to its end, and who writes it gets a broken pipe", () =>
  withWorld(async ({ folder }) => {
    const endless = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode("Name,Nonsense\n")),
      pull: (controller) => controller.enqueue(new TextEncoder().encode("Demo,DEMO\n".repeat(1000))),
    });
    assertRefused(await runProcess(FROM_STDIN, { folder, stdin: endless }), 64, "Unknown column: 'Nonsense'");
  }));

Deno.test("who reads only the first line of a report does no harm: 74, no stack, and the data are there", () =>
  withWorld(async ({ folder }, database) => {
    const { child } = startProcess([...IMPORT, "--output=details"], { folder });
    const reader = child.stdout.getReader();
    const first = await reader.read();
    await reader.cancel();
    const [status, stderr] = [await child.status, await new Response(child.stderr).text()];
    const run = { args: IMPORT, folder, exitCode: status.code, stdout: new TextDecoder().decode(first.value), stderr };
    assertExit(run, 74);
    assertStringIncludes(run.stdout, "#Output format: details\n");
    assertTold(run, "The report could not be written: ");
    assertStringIncludes(run.stderr, "what it wrote stays", describeRun(run));
    assertEquals(countOf(database, "Organization"), 20_001);
  }, manyRows(20_000)));

Deno.test({
  name: "a report for which there is no room ends with 74, and the data are there",
  ignore: !HAS_FULL_DEVICE,
  fn: () =>
    withWorld(async ({ folder }, database) => {
      const run = await runProcess(IMPORT, { folder, redirection: ">/dev/full" });
      assertExit(run, 74);
      assertTold(run, "The report could not be written: No space left on device");
      assertStringIncludes(run.stderr, "what it wrote stays", describeRun(run));
      assertEquals(countOf(database, "Organization"), 2);
      const again = await runProcess([...IMPORT, "--simulate=1"], { folder, redirection: ">/dev/full" });
      assertExit(again, 74);
      assertEquals(again.stderr.includes("what it wrote stays"), false, describeRun(again));
    }),
});

const REFUSED: readonly (readonly [string, number, readonly string[], string])[] = [
  ["a wrong password", 77, overridden(IMPORT, "--auth_pwd=wrong"), "Access restricted or wrong credentials ('admin')"],
  ["an unknown column", 64, [...LOGIN, "--class=Person", "--csvfile=input.csv"], "Unknown column: 'Code'"],
  ["a database that is not there", 78, overridden(IMPORT, "--db=no.db"), "Database could not be found: 'no.db'"],
  ["a missing parameter", 64, LOGIN, "Missing argument 'class'"],
  ["a history for programs", 64, ["history", ...LOGIN, "--change=99", "--output=json"], "the change log has no run 99"],
  ["an undo for programs", 64, ["undo", ...LOGIN, "--change=99", "--output=json"], "the change log has no run 99"],
];

for (const [what, exitCode, args, words] of REFUSED) {
  Deno.test({
    name: `why a run is refused is told although there is no room for the report: ${what}`,
    ignore: !HAS_FULL_DEVICE,
    fn: () =>
      withWorld(async ({ folder }) => {
        const run = await runProcess(args, { folder, redirection: ">/dev/full" });
        assertExit(run, exitCode);
        assertTold(run, words);
        assertTold(run, "The report could not be written: No space left on device");
      }),
  });
}

const HISTORY = "history --db=world.db --auth_user=admin --auth_pwd=admin";
const OTHER_COMMANDS = [
  "help",
  "help import",
  "--version",
  "model show --db=world.db",
  "model check model.json",
  HISTORY,
];

for (const command of OTHER_COMMANDS) {
  Deno.test({
    name: `csvrecon ${command}: no room for the output ends with 74`,
    ignore: !HAS_FULL_DEVICE,
    fn: () =>
      withWorld(async ({ folder, write }) => {
        write("model.json", '{ "name": "m", "classes": { "A": { "attributes": { "name": { "kind": "string" } } } } }');
        const run = await runProcess(command.split(" "), { folder, redirection: ">/dev/full" });
        assertExit(run, 74);
        assertTold(run, "The output could not be written: No space left on device");
      }),
  });
}

Deno.test({
  name: "csvrecon history --prune: who cannot be told what was removed is told that it was, or that nothing was",
  ignore: !HAS_FULL_DEVICE,
  fn: () =>
    withWorld(async ({ folder }, database) => {
      assertExit(await runProcess(IMPORT, { folder }), 0);
      changeDatabase(database, "UPDATE change SET date = '2020-01-01T00:00:00.000Z'");
      const prune = [...HISTORY.split(" "), "--prune=1", "--before=2021-01-01"];
      const simulated = await runProcess([...prune, "--simulate=1"], { folder, redirection: ">/dev/full" });
      assertExit(simulated, 74);
      assertStringIncludes(simulated.stderr, "Nothing was removed", describeRun(simulated));
      const run = await runProcess(prune, { folder, redirection: ">/dev/full" });
      assertExit(run, 74);
      assertTold(run, "The output could not be written: No space left on device");
      assertStringIncludes(run.stderr, "The removal was done all the same, and stays: it is run ", describeRun(run));
    }),
});

Deno.test({
  name: "csvrecon init: who cannot be told that the database was made is told so",
  ignore: !HAS_FULL_DEVICE,
  fn: () =>
    withWorld(async ({ folder }) => {
      const args = ["init", "--db=new.db", "--admin_user=admin", "--admin_pwd=admin"];
      const run = await runProcess(args, { folder, redirection: ">/dev/full" });
      assertExit(run, 74);
      assertTold(run, "The database was made all the same");
      assertExit(await runProcess(overridden(IMPORT, "--db=new.db"), { folder }), 0);
    }),
});

Deno.test({
  name: "closed standard output and error: the import is done, or refused, all the same",
  ignore: !HAS_SHELL,
  fn: () =>
    withWorld(async ({ folder }, database) => {
      assertExit(await runProcess(IMPORT, { folder, redirection: ">&- 2>&-" }), 0);
      assertEquals(countOf(database, "Organization"), 2);
      const refused = await runProcess(overridden(IMPORT, "--auth_pwd=wrong"), { folder, redirection: "2>&-" });
      assertExit(refused, 77);
      assertStringIncludes(refused.stdout, "Access restricted");
    }),
});

Deno.test({
  name: "a full standard error hides nothing of the report and of the exit code",
  ignore: !HAS_FULL_DEVICE,
  fn: () =>
    withWorld(async ({ folder }) => {
      const run = await runProcess([...IMPORT, "--reconciliationkeys=Cod"], { folder, redirection: "2>/dev/full" });
      assertExit(run, 64);
      assertStringIncludes(run.stdout, "#Unknown reconciliation key: 'Cod'");
    }),
});

Deno.test("without a terminal no progress is shown, whatever the output", () =>
  withWorld(async ({ folder }) => {
    for (const output of ["retcode", "summary", "details", "json"]) {
      const run = await runProcess([...FROM_STDIN, `--output=${output}`], { folder, stdin: manyRows(3000) });
      assertExit(run, 0);
      assertEquals(run.stderr, "", describeRun(run));
      assertEquals(run.stdout.includes("\r"), false);
    }
  }));
