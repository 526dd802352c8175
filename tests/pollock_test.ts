/**
 * The kinds of polluted files of the Pollock benchmark (Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann: "Pollock: A Data Loading
 * Benchmark", PVLDB 16, 2023), made anew with data of our own: what is right is loaded, what is not is told, and nothing is silently wrong.
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fixturePath, readFixture } from "./helpers/fixtures.ts";
import { ADMIN, stepArguments } from "./helpers/golden_case.ts";
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

Deno.test("what loads right with parameters is loaded with these, and is what stands in the standard file", () => {
  const [standard] = FILES;
  const right = FILES.filter(({ does }) => does.startsWith("loads right"));
  for (const { file, outcome, params, does, loaded } of right) {
    const named = [...does.matchAll(/`(\w+)=([^`]+)`/g)].map((
      [, name, value],
    ) => [name, value?.replace(/^"(.*)"$/, "$1")]);
    assertEquals(named, Object.entries(params), file);
    assertEquals(outcome, "loads right", file);
    const isWhole = !["file_header_only.csv", "file_one_data_row.csv"].includes(file);
    const rows = isWhole ? standard?.loaded : standard?.loaded.slice(0, loaded.length);
    assertEquals(loaded, rows, file);
  }
  const others = FILES.filter(({ does, outcome }) => outcome === "loads right" && !does.startsWith("loads right"));
  assertEquals(others.map(({ does }) => does), ["loads what stands there", "loads what stands there"]);
});

for (const file of new Set(FILES.map((one) => one.file))) {
  const right = FILES.find((one) => one.file === file && one.exit === 0) ?? FILES[0];
  Deno.test(`pollock ${file}: the parameters that check names load it right, or check says that they do not`, () =>
    withScratch(async (scratch) => {
      const database = await copyWorld(scratch);
      const folder = fixturePath("pollock");
      const own = ["--class=Organization", "--no_localize=1", "--reconciliationkeys=code", `--db=${database}`];
      const checked = await scratch.run(["check", file, ...own, "--output=json"], { folder });
      const { parameters } = JSON.parse(checked.stdout);
      const given = Object.entries(parameters).map(([name, value]) => `--${name}=${value}`);
      const login = [`--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`, `--csvfile=${file}`];
      const run = await scratch.run([...own.filter((one) => !given.includes(one)), ...given, ...login], { folder });
      assertEquals(run.exitCode === 0, checked.exitCode === 0, describeRun(checked) + describeRun(run));
      if (run.exitCode !== 0) return;
      const stored = storedObjects(database, "Organization", ["name", "code", "status"]).slice(1);
      assertEquals(stored.map(String), right?.loaded, describeRun(run));
    }));
}

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
