import { assertEquals } from "@std/assert";
import { parameterProblem } from "../../lib/messages/parameters.ts";
import { PARAMETERS } from "../../lib/parameters/list/definitions.ts";
import { findParameter } from "../../lib/parameters/list/find_parameter.ts";
import { meantByForeignName } from "../../lib/parameters/list/foreign_names.ts";
import { meantParameter } from "../../lib/parameters/list/meant_parameter.ts";
import type { CommandName, ParameterSource } from "../../lib/parameters/list/parameter_definition.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { parseJobFile } from "../../lib/parameters/reading/job_file.ts";
import { parseParamFile } from "../../lib/parameters/reading/param_file.ts";

const MEANT: readonly (readonly [typed: string, CommandName, ParameterSource, meant: string | null])[] = [
  ["simulat", "import", "command_line", "simulate"],
  ["simulat", "init", "command_line", null],
  ["CLASS", "import", "param_file", "class"],
  ["reslt", "import", "command_line", "result"],
  ["–auth-user", "import", "command_line", "auth_user"],
  ["param_fil", "import", "param_file", null],
  ["csvdat", "import", "command_line", null],
  // Issue 12: --dry-run got no "Did you mean". The words of other programs:
  ["dry-run", "import", "command_line", "simulate"],
  ["dryrun", "run", "command_line", "simulate"],
  ["test", "import", "http", "simulate"],
  ["dry_run", "serve", "command_line", null],
  ["user", "import", "command_line", "auth_user"],
  ["user", "init", "command_line", "admin_user"],
  ["Password", "import", "http", "auth_pwd"],
  ["password", "init", "command_line", "admin_pwd"],
  ["p", "serve", "command_line", "port"],
  ["file", "import", "param_file", "csvfile"],
  ["input", "import", "command_line", "csvfile"],
  ["file", "import", "http", "csvdata"],
  ["delimiter", "import", "command_line", "separator"],
  ["sep", "import", "http", "separator"],
  ["encoding", "import", "param_file", "charset"],
  ["keys", "import", "command_line", "reconciliationkeys"],
  ["database", "model", "command_line", "db"],
  ["table", "import", "http", "class"],
  // A beginning that only one name has.
  ["recon", "import", "command_line", "reconciliationkeys"],
  ["auth", "import", "command_line", null],
  ["q", "import", "command_line", null],
  ["constructor", "import", "command_line", null],
  ["__proto__", "import", "command_line", null],
];

for (const [typed, command, source, meant] of MEANT) {
  Deno.test(`by '${typed}' ${command} from ${source} means ${meant ?? "nothing known"}`, () => {
    assertEquals(meantParameter(typed, command, source)?.name ?? null, meant);
  });
}

Deno.test("no foreign name is one of ours, and each means parameters that there are", () => {
  for (const { name, aliases } of PARAMETERS) {
    for (const own of [name, ...aliases]) {
      for (const meant of meantByForeignName(own)) assertEquals(findParameter(meant) !== null, true, meant);
    }
  }
});

Deno.test("who knows it by another name is told what it does, on every way in", () => {
  const bytes = new TextEncoder().encode("dry-run = 1\n");
  const problems = [
    ...parseArguments(["--dry-run", "1"]).problems,
    ...parseArguments(["run", "a.job", "--dry-run"]).problems,
    ...parseParamFile(bytes, "a.params", "import").problems,
    ...parseJobFile(bytes, "a.job").problems,
  ];
  assertEquals(problems.map((problem) => parameterProblem(problem)), [
    {
      text: "#Unknown parameter: '--dry-run'. Did you mean '--simulate'?",
      hint: "--simulate is for: 1: change nothing, report what would happen",
    },
    {
      text: "#Unknown parameter: '--dry-run'. Did you mean '--simulate'?",
      hint: "--simulate is for: 1: change nothing, report what the whole job would do",
    },
    {
      text: "#Unknown parameter in 'a.params', line 1: 'dry-run'. Did you mean 'simulate'?",
      hint: "simulate is for: 1: change nothing, report what would happen",
    },
    {
      text: "#Unknown parameter in 'a.job', line 1: 'dry-run'. Did you mean 'simulate'?",
      hint: "simulate is for: 1: change nothing, report what the whole job would do",
    },
  ]);
});
