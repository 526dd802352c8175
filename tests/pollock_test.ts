/**
 * The kinds of polluted files of the Pollock benchmark (Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann: "Pollock: A Data Loading
 * Benchmark", PVLDB 16, 2023), made anew with data of our own: what is right is loaded, what is not is told, and nothing is silently wrong.
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fixturePath, readFixture } from "./helpers/fixtures.ts";
import { stepArguments } from "./helpers/golden_case.ts";
import { assertExit, describeRun, withScratch } from "./helpers/scratch.ts";
import { storedObjects } from "./helpers/stored.ts";
import { copyWorld } from "./helpers/world.ts";

interface PollutedFile {
  /** The name of the kind, as the benchmark has it. */
  readonly kind: string;
  readonly level: string;
  readonly what: string;
  readonly file: string;
  readonly params: Readonly<Record<string, string>>;
  readonly outcome: "loads right" | "row in error with its line" | "refused with the line";
  readonly exit: number;
  /** What the report must say. */
  readonly says: readonly string[];
  /** The objects of the class afterwards: name, code, status. */
  readonly loaded: readonly string[];
  /** For the table in docs/limits.md. */
  readonly does: string;
}

const FILES: readonly PollutedFile[] = JSON.parse(readFixture("pollock", "pollock.json"));

for (const polluted of FILES) {
  Deno.test(`pollock ${polluted.file}: ${polluted.what}: ${polluted.outcome} ${Object.keys(polluted.params)}`, () =>
    withScratch(async (scratch) => {
      const database = await copyWorld(scratch);
      const own = { class: "Organization", csvfile: polluted.file, no_localize: "1", reconciliationkeys: "code" };
      const params = { ...own, output: "details", ...polluted.params };
      const args = stepArguments({ params, report: "" }, database);
      const run = await scratch.run(args, { folder: fixturePath("pollock") });
      assertExit(run, polluted.exit);
      const stored = storedObjects(database, "Organization", ["name", "code", "status"]).slice(1);
      assertEquals(stored.map(String), [...polluted.loaded], describeRun(run));
      for (const part of polluted.says) assertStringIncludes(run.stdout, part, describeRun(run));
    }));
}

Deno.test("every file of fixtures/pollock is played", () => {
  const files = [...Deno.readDirSync(fixturePath("pollock"))].map(({ name }) => name);
  const played = new Set(FILES.map(({ file }) => file));
  assertEquals(files.filter((name) => name.endsWith(".csv")).sort(), [...played].sort());
});

Deno.test("a file is polluted without a sound only if it loads what stands there", () => {
  const exits = { "loads right": [0], "row in error with its line": [1], "refused with the line": [64, 65] };
  for (const { file, outcome, exit } of FILES) assertEquals(exits[outcome].includes(exit), true, file);
});

Deno.test("the documents' table of polluted files is the one that is tested", () => {
  const page = Deno.readTextFileSync(new URL("../docs/limits.md", import.meta.url));
  const shown = /<!-- pollock:begin -->\n+([^]*?)\n+<!-- pollock:end -->/.exec(page)?.[1] ?? "";
  const rows = shown.split("\n").slice(2).map((row) => row.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
  const expected = FILES.map(({ kind, what, does }) => [`\`${kind}\``, escaped(what), escaped(does)]);
  assertEquals(rows, expected);
});

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}
