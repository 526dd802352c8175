/** What a person sees at a terminal, or opens in a spreadsheet: nothing of the data, its names or the parameters commands either. */
import { assert, assertEquals, assertFalse } from "@std/assert";
import { type Loading, withWorld } from "../helpers/loading.ts";
import { describeRun, type ProgramRun } from "../helpers/scratch.ts";

/** Escape sequence, title, C1, carriage return, override, line break that pretends to be a line of the report. */
const NASTY = "\x1b[31mx\x1b]0;t\x07\u009b0m\ry\u202ez\u2066\n#Issues: 77";
// deno-lint-ignore no-control-regex -- these must not come through
const COMMANDS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const SHOWN = "\\x1b[31mx\\x1b]0;t\\x07\\x9b0m\\ry‹U+202E›z‹U+2066›\\n#Issues: 77";

function cell(text: string): string {
  return `"${text}"`;
}

/** Runs in which something nasty is where it can be. */
const RUNS: readonly (readonly [string, (loading: Loading) => readonly string[]])[] = [
  ["a cell that is stored", ({ scratch }) => ["--output=details", csv(scratch, `Name,Code\n${cell(NASTY)},a\n`)]],
  ["a cell of a row in error", ({ scratch }) => ["--output=details", csv(scratch, `Name,Code\n${cell(NASTY)},a,b\n`)]],
  ["a cell, in JSON", ({ scratch }) => ["--output=json", csv(scratch, `Name,Code\n${cell(NASTY)},a,b\n`)]],
  ["an external key's cell", ({ scratch }) => [
    "--output=details",
    csv(scratch, `Name,Parent->Name\nx,${cell(NASTY)}\n`),
  ]],
  ["a header", ({ scratch }) => [csv(scratch, `Name,${cell(NASTY)}\nx,y\n`)]],
  ["a header, with retcode", ({ scratch }) => ["--output=retcode", csv(scratch, `Name,${cell(NASTY)}\nx,y\n`)]],
  ["a header, in JSON", ({ scratch }) => ["--output=json", csv(scratch, `Name,${cell(NASTY)}\nx,y\n`)]],
  ["a reconciliation key", ({ scratch }) => [csv(scratch, "Name\nx\n"), `--reconciliationkeys=${NASTY}`]],
  ["a comment", ({ scratch }) => [csv(scratch, "Name\nx\n"), `--comment=${NASTY}`]],
  ["a file that is not there", () => [`--csvfile=${NASTY}`]],
  ["a class", ({ scratch }) => [csv(scratch, "Name\nx\n"), `--class=${NASTY}`]],
  ["a separator", ({ scratch }) => [csv(scratch, "Name\nx\n"), `--separator=${NASTY}`]],
  ["a charset", ({ scratch }) => [csv(scratch, "Name\nx\n"), `--charset=${NASTY}`]],
  ["a date format", ({ scratch }) => [csv(scratch, "Name\nx\n"), `--date_format=${NASTY}`]],
  ["an output", ({ scratch }) => [csv(scratch, "Name\nx\n"), `--output=${NASTY}`]],
  ["a login", ({ scratch }) => [csv(scratch, "Name\nx\n"), `--auth_user=${NASTY}`]],
  ["a database", ({ scratch }) => [csv(scratch, "Name\nx\n"), `--db=${NASTY}`]],
  ["a param file", () => [`--param_file=${NASTY}`]],
  [
    "a line of a param file",
    ({ scratch }) => [`--param_file=${scratch.write("p", `${NASTY} = x\nclass = Organization`)}`],
  ],
  ["an unknown parameter", () => [`--${NASTY}=1`]],
];

type Scratch = Loading["scratch"];

function csv(scratch: Scratch, text: string): string {
  return `--csvfile=${scratch.write("nasty.csv", text)}`;
}

/** Later arguments win. */
function run(loading: Loading, args: readonly string[], isTerminal: boolean): Promise<ProgramRun> {
  const usual = [`--db=${loading.database}`, "--auth_user=admin", "--auth_pwd=admin", "--class=Organization"];
  return loading.scratch.run([...usual, ...args], { isTerminal });
}

Deno.test("nothing that is loaded or typed commands a terminal, or breaks a line of it", (test) =>
  withWorld(async (loading) => {
    for (const [what, args] of RUNS) {
      await test.step(what, async () => {
        const result = await run(loading, args(loading), true);
        const shown = result.stdout + result.stderr;
        assertFalse(COMMANDS.test(shown), describeRun(result));
        assertFalse(/^#Issues: 77/m.test(shown), describeRun(result));
      });
    }
  }));

Deno.test("a person reads what there is, spelt out", () =>
  withWorld(async (loading) => {
    const file = csv(loading.scratch, `Name,Code\n${cell(NASTY)},a\n`);
    const result = await run(loading, [file, "--output=details"], true);
    assert(result.stdout.includes(`"'${SHOWN}' is an invalid value. `), describeRun(result));
  }));

Deno.test("a pipe gets every byte as it is", () =>
  withWorld(async (loading) => {
    const file = csv(loading.scratch, `Name,Code\n${cell(NASTY)},a\n`);
    const result = await run(loading, [file, "--output=details"], false);
    assert(result.stdout.includes(`"'${NASTY}' is an invalid value. `), describeRun(result));
  }));

const FORMULA = `=HYPERLINK(""http://evil.example"")`;

Deno.test("safe_csv=1: no text of a details report is a formula; without it the report is as it was", () =>
  withWorld(async (loading) => {
    const file = csv(loading.scratch, `Name,Code\n"${FORMULA}",-5\n"x,@y",+33 1\n`);
    const plain = await run(loading, [file, "--output=details", "--simulate=1"], false);
    assert(plain.stdout.endsWith(`"${FORMULA}";"-5"\n1;created;Organization;0;"x,@y";"+33 1"\n`), describeRun(plain));
    const safe = await run(
      loading,
      [file, "--output=details", "--simulate=1", "--safe_csv=1", "--comment=a;=1+1"],
      false,
    );
    assert(
      safe.stdout.endsWith(`"'${FORMULA}";"-5"\n1;created;Organization;0;"x,'@y";"'+33 1"\n`),
      describeRun(safe),
    );
    assert(safe.stdout.includes("#Change tracking comment: a;'=1+1\n"), describeRun(safe));
    const refused = await run(loading, [csv(loading.scratch, 'Name,"a;=b"\n'), "--safe_csv=1"], false);
    assert(refused.stdout.includes("#Unknown column: 'a;'=b'"), describeRun(refused));
    assertEquals(refused.exitCode, 64);
  }));
