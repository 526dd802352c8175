/** Issue 12: of a parameter given twice in one place the last value won without a word. */
import { assertEquals } from "@std/assert";
import { assertExit, withScratch } from "../helpers/scratch.ts";
import { parameterProblem } from "../../lib/messages/parameters.ts";
import { parseJobFile } from "../../lib/parameters/reading/job_file.ts";
import { parseParamFile } from "../../lib/parameters/reading/param_file.ts";
import { GivenOnce } from "../../lib/parameters/reading/given_once.ts";
import { repeatedField } from "../../lib/parameters/reading/posted_parameters.ts";

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

Deno.test("in a param file both lines are named, once for each parameter, whatever name it bears", () => {
  const text = "class = A\noutput = json\n\nclass = B\nresult = details\nclass = A\n";
  const { problems } = parseParamFile(bytesOf(text), "p.params", "import");
  assertEquals(problems.map((problem) => parameterProblem(problem)), [
    { text: "#Parameter class is given twice in 'p.params', lines 1 and 4", hint: "Remove one of them" },
    { text: "#Parameter output is given twice in 'p.params', lines 2 and 5", hint: "Remove one of them" },
  ]);
});

Deno.test("in a job file too, but for its imports; and the password is not shown", () => {
  const text = "import = a\nimport = b\nauth_pwd = SECRET\nauth-pwd = SECRET2\natomic = 1\natomic = 0\n";
  const { problems, imports } = parseJobFile(bytesOf(text), "nightly.job");
  assertEquals(imports.length, 2);
  assertEquals(problems.map((problem) => parameterProblem(problem).text), [
    "#Parameter auth_pwd is given twice in 'nightly.job', lines 3 and 4",
    "#Parameter atomic is given twice in 'nightly.job', lines 5 and 6",
  ]);
});

Deno.test("query and body are one place", () => {
  const once = new GivenOnce();
  const given = [["class", "query"], ["comment", "body"], ["comment", "body"], ["class", "body"], [
    "x",
    "body",
  ]] as const;
  const problems = given.map(([name, from]) => repeatedField({ name, value: "1", from }, once));
  assertEquals(problems.map((problem) => problem === null ? null : parameterProblem(problem).text), [
    null,
    null,
    "#Parameter comment is given twice, both times in the body",
    "#Parameter class is given twice: in the query and in the body",
    null,
  ]);
});

Deno.test("a later file wins over an earlier one, and the command line over both: these are three places", () =>
  withScratch(async (scratch) => {
    scratch.write("a.params", "class = A\noutput = summary\ndb = none.db\n");
    scratch.write("b.params", "class = B\n");
    const ended = await scratch.run(["--param_file=a.params,b.params", "--output=json", "--separator=", "--class=C"]);
    assertExit(ended, 64);
    assertEquals(
      JSON.parse(ended.stdout).messages.map(({ text }: { text: string }) => text).includes("given twice"),
      false,
    );
  }));

Deno.test("two param_file: several files stand in one value", () =>
  withScratch(async (scratch) => {
    scratch.write("a.params", "class = A\n");
    const ended = await scratch.run(["--param_file=a.params", "--param-file=a.params"]);
    assertExit(ended, 64);
    assertEquals(
      ended.stderr.includes(
        "Several files stand in one value, with commas between them: a later one wins over an earlier one",
      ),
      true,
    );
  }));
