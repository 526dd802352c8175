import { assertEquals, assertStringIncludes } from "@std/assert";
import { bashCompletion } from "../../lib/parameters/manuals/bash_completion.ts";
import { SHELLS, WORD_PLACES } from "../../lib/parameters/list/command_words.ts";
import { fishCompletion } from "../../lib/parameters/manuals/fish_completion.ts";
import { manPage } from "../../lib/parameters/manuals/man_page.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { zshCompletion } from "../../lib/parameters/manuals/zsh_completion.ts";
import { assertExit, withScratch } from "../helpers/scratch.ts";

const SCRIPTS = { bash: bashCompletion(), zsh: zshCompletion(), fish: fishCompletion() };

Deno.test("completions prints the script of the shell, and man the manual page", () =>
  withScratch(async ({ run }) => {
    for (const shell of SHELLS) {
      const printed = await run(["completions", shell]);
      assertExit(printed, 0);
      assertEquals([printed.stdout, printed.stderr], [SCRIPTS[shell], ""]);
    }
    const printed = await run(["man"]);
    assertExit(printed, 0);
    assertEquals([printed.stdout, printed.stderr], [manPage(), ""]);
  }));

const EXPECTED = "  Expected csvrecon completions bash|zsh|fish\n";

const REFUSED: readonly (readonly [args: readonly string[], stderr: string])[] = [
  [["completions"], `csvrecon: The name of the shell is missing\n${EXPECTED}`],
  [["completions", "bsh"], `csvrecon: Unknown shell: 'bsh'. Did you mean 'bash'?\n${EXPECTED}`],
  [["completions", "Powershell"], `csvrecon: Unknown shell: 'Powershell'\n${EXPECTED}`],
];

for (const [args, stderr] of REFUSED) {
  Deno.test(`refused: csvrecon ${args.join(" ")}`, () =>
    withScratch(async ({ run }) => {
      const refused = await run(args);
      assertExit(refused, 64);
      assertEquals([refused.stdout, refused.stderr], ["", stderr]);
    }));
}

Deno.test("completions and man take no parameters and no further words", () =>
  withScratch(async ({ run }) => {
    for (const args of [["completions", "bash", "zsh"], ["man", "csvrecon"], ["man", "--db=x"]]) {
      const refused = await run(args);
      assertExit(refused, 64);
      assertEquals(refused.stdout, "");
      assertStringIncludes(refused.stderr, "csvrecon: ");
    }
  }));

Deno.test("every word that shells offer is one that the command takes", () => {
  for (const { behind, words, repeats } of WORD_PLACES) {
    for (const word of words.length === 0 ? ["file.job"] : words) {
      const typed = [...behind.split(" "), word, ...repeats === true ? ["other.job"] : []];
      const { problems, words: taken } = parseArguments(typed);
      assertEquals(problems, []);
      assertEquals(taken, typed.slice(1));
    }
  }
});
