/** An input file that is not there is told before the first import: nothing is loaded, unless the job goes on after failures. */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Interruption } from "../../lib/interruption.ts";
import type { ProgramIo } from "../../lib/io.ts";
import { unusableInputs } from "../../lib/jobs/check_inputs.ts";
import type { Job } from "../../lib/jobs/job.ts";
import { assertExit } from "../helpers/scratch.ts";
import { ACCESS, organizations, summaryTable, withJobs } from "./job_world.ts";

const MISSING = {
  "missing.params": "# of another department\nclass = Organization\ncsvfile = missing.csv\n",
  "gone.params": "class = Person\ncsvfile = gone.csv\n",
};
const SENTENCE = "Input file could not be found or could not be read: ";

for (const settings of ["", "atomic = 1\n", "simulate = 1\n"]) {
  Deno.test(`all input files that are missing are told before the first import: ${settings.trim() || "plain"}`, () =>
    withJobs({
      ...organizations("a", "A"),
      ...MISSING,
      "nightly.job": `${ACCESS}${settings}import = a.params\nimport = missing.params\nimport = gone.params\n`,
    }, async ({ run, names, query, files }) => {
      const before = files();
      const ended = await run("nightly.job");
      assertEquals(files(), before);
      assertExit(ended, 66);
      assertEquals(ended.stdout, `${SENTENCE}'missing.csv'\n${SENTENCE}'gone.csv'\n`);
      assertStringIncludes(
        ended.stderr,
        `csvrecon: job nightly: ${SENTENCE}'missing.csv'\n  It stands in 'missing.params', line 3. No file has this path`,
      );
      assertEquals([names("Organization"), query("SELECT count(*) FROM change")], [[], ["0"]]);
    }));
}

Deno.test("a folder in the place of an input is told as well, and so are missing ones along with other mistakes", () =>
  withJobs({
    ...organizations("a", "A"),
    ...MISSING,
    "folder.params": "class = Organization\ncsvfile = data.d\n",
    "data.d/x": "",
    "wrong.params": "class = Organization\ncsvfile = a.csv\nseparator = long\n",
    "nightly.job": `${ACCESS}import = a.params\nimport = folder.params\n`,
    "other.job": `${ACCESS}import = missing.params\nimport = wrong.params\n`,
  }, async ({ run, names }) => {
    const folder = await run("nightly.job");
    assertExit(folder, 66);
    assertStringIncludes(folder.stderr, "This is a folder: name a file in it");
    const both = await run("nightly.job", "other.job");
    assertExit(both, 64);
    const lines = both.stdout.trimEnd().split("\n");
    assertEquals(lines, [
      "#Wrong separator 'long': expected one character, tab, or several characters that are no word",
      `${SENTENCE}'data.d'`,
      `${SENTENCE}'missing.csv'`,
    ]);
    assertEquals(names("Organization"), []);
  }));

Deno.test("in JSON it is a refusal", () =>
  withJobs({
    ...organizations("a", "A"),
    ...MISSING,
    "nightly.job": `${ACCESS}import = a.params\nimport = missing.params\n`,
  }, async ({ run }) => {
    const ended = await run("nightly.job", "--output=json");
    const [line, ...others] = ended.stdout.trimEnd().split("\n");
    const { type, exit_code, messages } = JSON.parse(line ?? "");
    assertEquals([type, exit_code, messages[0].text, others], ["refused", 66, `${SENTENCE}'missing.csv'`, []]);
  }));

Deno.test("one job that lacks an input keeps no other job from its own", () =>
  withJobs({
    ...organizations("a", "A"),
    ...organizations("b", "B"),
    ...MISSING,
    "one.job": `${ACCESS}import = a.params\nimport = missing.params\n`,
    "two.job": `${ACCESS}import = b.params\n`,
  }, async ({ run, names }) => {
    assertExit(await run("one.job", "two.job"), 66);
    assertEquals(names("Organization"), ["B"]);
  }));

Deno.test("a job that goes on after failures warns and runs: the file may come until its turn", () =>
  withJobs({
    "input.params": "class = Organization\ncsvfile = -\nreconciliationkeys = code\n",
    ...organizations("late", "L"),
    ...MISSING,
    "nightly.job":
      `${ACCESS}on_failure = continue\nimport = input.params\nimport = late.params\nimport = missing.params\n`,
  }, async ({ scratch, names }) => {
    const late = Deno.readTextFileSync(scratch.path("late.csv"));
    Deno.removeSync(scratch.path("late.csv"));
    const stdin = new ReadableStream<Uint8Array>({
      pull(controller) {
        scratch.write("late.csv", late);
        controller.enqueue(new TextEncoder().encode("name,code\nA,A\n"));
        controller.close();
      },
    }, { highWaterMark: 0 });
    const ended = await scratch.run(["run", "nightly.job"], { stdin });
    assertExit(ended, 66);
    assertEquals(names("Organization"), ["A", "L"]);
    const warning = (name: string) =>
      `The input file '${name}.csv' of '${name}.params' could not be found or read when the job began`;
    for (const name of ["late", "missing"]) {
      assertStringIncludes(ended.stdout, `#Warning: ${warning(name)}\n`);
      assertStringIncludes(ended.stderr, `csvrecon: job nightly: ${warning(name)}\n`);
    }
    assertEquals(summaryTable(ended).at(2), `missing.params Organization - - - - - = 66 ${SENTENCE}'missing.csv'`);
  }));

Deno.test("a signal that comes while inputs are looked for ends the job, and speaks against no input", () =>
  withJobs(organizations("a", "A"), async ({ scratch }) => {
    const one = { settings: { csvfile: scratch.path("a.csv") }, merged: { values: new Map() } };
    const interruption = AbortSignal.abort(new Interruption("SIGINT", 130, []));
    const io = { stdin: new ReadableStream<Uint8Array>(), interruption } as unknown as ProgramIo;
    await assertRejects(() => unusableInputs({ imports: [one] } as unknown as Job, io), Interruption);
  }));
