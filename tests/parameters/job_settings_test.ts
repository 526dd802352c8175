import { assertEquals } from "@std/assert";
import { parameterProblem } from "../../lib/messages/parameters.ts";
import type { ParameterName } from "../../lib/parameters/list/definitions.ts";
import { checkJob, type JobSettings } from "../../lib/parameters/settings/job_settings.ts";
import { fromCommandLine, mergeLevels } from "../../lib/parameters/reading/merge_parameters.ts";

type Given = Readonly<Partial<Record<ParameterName, string>>>;

function level(given: Given) {
  return fromCommandLine(new Map(Object.entries(given) as [ParameterName, string][]));
}

function check(given: Given, fileName = "nightly"): JobSettings | readonly string[] {
  const checked = checkJob(mergeLevels("run", [level(given)]), fileName);
  return checked.ok ? checked.settings : checked.problems.map((problem) => parameterProblem(problem).text);
}

const DEFAULTS: JobSettings = {
  name: "nightly",
  onFailure: "stop",
  atomic: false,
  simulate: false,
  reports: "all",
  output: "summary",
};

Deno.test("a job stops at a failure, is not atomic, prints all reports and bears the name of its file", () => {
  assertEquals(check({}), DEFAULTS);
});

Deno.test("the settings of a job", () => {
  const given = { name: "Nächtlich 2.1_a-b", on_failure: "continue", atomic: "yes", simulate: "on", reports: "errors" };
  assertEquals(check({ ...given, output: "json" }), {
    name: "Nächtlich 2.1_a-b",
    onFailure: "continue",
    atomic: true,
    simulate: true,
    reports: "errors",
    output: "json",
  });
});

Deno.test("everything that is wrong with a job is found together", () => {
  assertEquals(check({ name: "../x", on_failure: "go", atomic: "2", reports: "some", output: "xml" }), [
    "#Wrong name '../x': expected letters, digits, blanks and . _ -, a letter or digit first",
    "#Wrong on_failure 'go': expected one of stop, continue",
    "#Wrong atomic '2': expected 1 or 0, yes or no, true or false, on or off",
    "#Wrong reports 'some': expected one of all, errors, none",
    "#Unknown output format: 'xml'",
  ]);
});

for (const name of ["", " x", ".x", "a/b", "a\\b", "a:b", "a\nb", "x".repeat(101)]) {
  Deno.test(`no name of a job: ${JSON.stringify(name.slice(0, 9))}`, () => {
    assertEquals((check({ name }) as readonly string[]).length, 1);
    assertEquals((check({}, name) as readonly string[]).length, 1);
  });
}

Deno.test("what the command line says of a job wins over its file", () => {
  const merged = mergeLevels("run", [
    level({ atomic: "0", output: "json" }),
    level({ atomic: "1", on_failure: "continue" }),
  ]);
  assertEquals(checkJob(merged, "nightly"), {
    ok: true,
    settings: { ...DEFAULTS, onFailure: "continue", output: "json" },
  });
});
