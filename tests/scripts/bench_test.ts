import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type Measure, measure } from "../../scripts/bench/measured_process.ts";
import { CASES } from "../../scripts/bench/cases.ts";
import { median, summarize, table } from "../../scripts/bench/results.ts";
import { withScratch } from "../helpers/scratch.ts";

function runs(...seconds: readonly number[]): readonly Measure[] {
  return seconds.map((second) => ({ seconds: second, cpuSeconds: null, peak: 10 * second }));
}

Deno.test("the median of no values is none, of two what lies between them", () => {
  assertEquals([median([]), median([3]), median([4, 1]), median([9, 1, 2])], [null, 3, 2.5, 2]);
});

Deno.test("a ratio is the median of the rounds' ratios: a busy moment of the machine hits both of a round", () => {
  const common = { case: "create", rows: 100 };
  const summaries = summarize([
    { ...common, contestant: "csvrecon", runs: runs(2, 20, 3) },
    { ...common, contestant: "other", runs: runs(1, 10, 1) },
  ]);
  assertEquals(summaries.map(({ ratio, peak, rowsPerSecond }) => [ratio, peak, rowsPerSecond]), [
    [null, 200, 33],
    [2, 100, 100],
  ]);
  assertStringIncludes(table(summaries), "| create |  100 | other");
});

Deno.test("every case is csvrecon's, and has names and files of its own", () => {
  assertEquals(new Set(CASES.map(({ name }) => name)).size, CASES.length);
  for (const { files, contestants } of CASES) {
    assertEquals(contestants[0]?.name, "csvrecon");
    assert(files.length > 0);
  }
});

Deno.test("a process is measured, and one that ends otherwise than it should is told", async () => {
  await withScratch(async ({ folder }) => {
    const process = { program: Deno.execPath(), folder };
    const { seconds } = await measure({ ...process, args: ["--version"] });
    assert(seconds > 0);
    await measure({ ...process, args: ["run", "missing.ts"], exitCode: 1 });
    await assertRejects(() => measure({ ...process, args: ["run", "missing.ts"] }), Error, "failed (1)");
  });
});
