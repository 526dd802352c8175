import { assert, assertEquals } from "@std/assert";
import { COMMANDS } from "../../lib/parameters/list/parameter_definition.ts";
import { fishCompletion } from "../../lib/parameters/manuals/fish_completion.ts";
import { typedParametersOf } from "../../lib/parameters/manuals/completion_candidates.ts";
import { OUTPUT_FORMATS } from "../../lib/parameters/settings/settings.ts";
import { isInstalled, outputOf } from "../helpers/shell.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

/** What fish offers for each line, sorted, without the descriptions. */
function offered(lines: readonly string[], files: readonly string[] = []): Promise<string[][]> {
  return withTemporaryFolder(async ({ folder, write, path }) => {
    const script = write("completion.fish", fishCompletion());
    Deno.mkdirSync(path("files"));
    for (const file of files) write(`files/${file}`, "");
    const asked = lines.map((line) => `complete -C '${line}'; echo`).join("\n");
    const args = ["--no-config", "-c", `source ${script}\n${asked}`];
    const stdout = await outputOf("fish", args, { folder: path("files"), env: { HOME: folder } });
    const blocks = stdout.split(/^\n/m).slice(0, lines.length);
    return blocks.map((block) => block.split("\n").map((line) => line.split("\t")[0] ?? "").filter(Boolean).sort());
  });
}

Deno.test("fish: the script has a line for each parameter of each command", () => {
  const lines = fishCompletion().split("\n");
  for (const command of COMMANDS) {
    for (const { name } of typedParametersOf(command)) {
      const start = `complete -c csvrecon -n '__csvrecon_is ${command}' -l ${name} `;
      assertEquals(lines.filter((line) => line.startsWith(start)).length, 1, start);
    }
  }
});

Deno.test("fish: apostrophes in meanings do not end the texts of the script", () => {
  for (const line of fishCompletion().split("\n").filter((line) => line.startsWith("complete "))) {
    assert(/^(?:[^'\\]|'(?:[^'\\]|\\[\\'])*')*$/.test(line), line);
  }
});

const IN_FISH = { ignore: !isInstalled("fish") };
const NEEDS = IN_FISH.ignore ? " (left out: there is no fish on this machine)" : "";

Deno.test(`fish offers commands, parameters and values${NEEDS}`, IN_FISH, async () => {
  const answers = await offered([
    "csvrecon ",
    "csvrecon --out",
    "csvrecon --output=",
    "csvrecon --output de",
    "csvrecon --result=d",
    "csvrecon model ",
    "csvrecon help comp",
    "csvrecon init --",
    "csvrecon --class X --out",
    "csvrecon --class ",
  ]);
  assertEquals(answers, [
    [...COMMANDS].sort(),
    ["--output"],
    OUTPUT_FORMATS.map((format) => `--output=${format}`).sort(),
    ["details"],
    ["--result=details"],
    ["check", "show"],
    ["completions"],
    ["--help", ...typedParametersOf("init").map(({ name }) => `--${name}`)].sort(),
    ["--output"],
    [],
  ]);
});

Deno.test(`fish offers names with hyphens where one is typed, and files${NEEDS}`, IN_FISH, async () => {
  const lines = [
    "csvrecon --param-",
    "csvrecon --param-file=per",
    "csvrecon --param_file persons.csv,ni",
    "csvrecon --csvfile=pe",
    "csvrecon model check ni",
    "csvrecon run ni",
    "csvrecon run persons.csv ni",
    "csvrecon init --model=i",
  ];
  assertEquals(await offered(lines, ["persons.csv", "nightly.params", "item.jsonc"]), [
    ["--param-file"],
    ["--param-file=persons.csv"],
    ["persons.csv,nightly.params"],
    ["--csvfile=persons.csv"],
    ["nightly.params"],
    ["nightly.params"],
    ["nightly.params"],
    ["--model=item.jsonc", "--model=itop"],
  ]);
});
