import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type BenchCase, CASES } from "../../scripts/bench/cases.ts";
import { countStatements } from "../../scripts/bench/count_statements.ts";
import { verdictLine, verdictsOf } from "../../scripts/bench/limits.ts";
import { type Measure, measure } from "../../scripts/bench/measured_process.ts";
import {
  MANAGERS_ABOVE,
  MANAGERS_ANYWHERE,
  MANY_ORGANIZATIONS,
  OF_FEW_ORGANIZATIONS,
  OF_MANY_ORGANIZATIONS,
} from "../../scripts/bench/persons.ts";
import { median, summarize, type Summary, table } from "../../scripts/bench/results.ts";
import { withScratch } from "../helpers/scratch.ts";

function runs(...seconds: readonly number[]): readonly Measure[] {
  return seconds.map((second) => ({ seconds: second, cpuSeconds: null, peak: 10 * second }));
}

/** The same, on a system that tells processor time. */
function cpuRuns(...seconds: readonly number[]): readonly Measure[] {
  return runs(...seconds).map((run) => ({ ...run, cpuSeconds: run.seconds }));
}

Deno.test("the median of no values is none, of two what lies between them", () => {
  assertEquals([median([]), median([3]), median([4, 1]), median([9, 1, 2])], [null, 3, 2.5, 2]);
});

Deno.test("a ratio is the median of the rounds' ratios: a busy moment of the machine hits both of a round", () => {
  const common = { case: "create", rows: 100, statements: null };
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

const LIMITED: BenchCase = {
  name: "many targets",
  files: [],
  contestants: [],
  limits: { processorTime: 1.3, statements: 1.25 },
};

function summariesOf(ours: readonly Measure[], theirs: readonly Measure[]): readonly Summary[] {
  const common = { case: LIMITED.name, rows: 100 };
  return summarize([
    { ...common, contestant: "csvrecon", runs: ours, statements: 130 },
    { ...common, contestant: "few", runs: theirs, statements: 100 },
  ]);
}

Deno.test("a case with limits says of processor time and statements whether they are within theirs", () => {
  const lines = verdictsOf(LIMITED, summariesOf(cpuRuns(5, 13, 12), cpuRuns(10, 10, 10))).map(verdictLine);
  assertEquals(lines, [
    "many targets: 1.20 times the processor time of 'few', at most 1.30 times: within",
    "many targets: 1.30 times the statements of 'few', at most 1.25 times: BEYOND",
  ]);
});

Deno.test("a limit itself is within", () => {
  const [verdict] = verdictsOf(LIMITED, summariesOf(cpuRuns(13), cpuRuns(10)));
  assertEquals([verdict?.ratio, verdict?.isWithin], [1.3, true]);
});

Deno.test("where the system tells no processor time nothing is said to be within", () => {
  const [verdict] = verdictsOf(LIMITED, summariesOf(runs(1), runs(1)));
  assert(verdict !== undefined);
  assertEquals(verdict.isWithin, null);
  assertStringIncludes(verdictLine(verdict), "NOT KNOWN");
});

Deno.test("a case without limits has no verdicts, and one whose statements are not counted only that of its time", () => {
  const summaries = summariesOf(cpuRuns(1), cpuRuns(1));
  const { limits: _, ...unlimited } = LIMITED;
  assertEquals(verdictsOf(unlimited, summaries), []);
  const ofTime = verdictsOf({ ...LIMITED, limits: { processorTime: 1.3 } }, summaries);
  assertEquals(ofTime.map(({ measured }) => measured), ["processor time"]);
});

Deno.test("every case with limits has somebody who does the same with less", () => {
  for (const { name, contestants, limits } of CASES) {
    if (limits === undefined) continue;
    const others = contestants.slice(1).filter((one) => limits.beside === undefined || one.name === limits.beside);
    assertEquals(others.length, 1, name);
  }
});

Deno.test("a limit that is about one contestant says nothing of the others", () => {
  const summaries = summariesOf(cpuRuns(13), cpuRuns(10));
  const limits = { processorTime: 1.3 };
  const about = (beside: string) => verdictsOf({ ...LIMITED, limits: { ...limits, beside } }, summaries);
  assertEquals([about("few").length, about("many").length], [1, 0]);
});

Deno.test("managers stand above, or anywhere: the rows are the same ones", () => {
  const above = Array.from({ length: 1_000 }, (_, row) => MANAGERS_ABOVE.row(row, 1_000));
  const anywhere = Array.from({ length: 1_000 }, (_, row) => MANAGERS_ANYWHERE.row(row, 1_000));
  assertEquals([...anywhere].sort(), [...above].sort());
  assertEquals(areAbove(above), 1_000);
  const some = areAbove(anywhere);
  assert(400 < some && some < 600, `${some} managers are above`);
});

/** How many rows have no manager, or one who stands above them. */
function areAbove(rows: readonly string[]): number {
  const seen = new Set([""]);
  return rows.filter((row) => {
    const cells = row.split(",");
    seen.add(JSON.parse(cells[2] ?? ""));
    return seen.has(cells.at(-1) ?? "");
  }).length;
}

Deno.test("persons of many organisations refer to one each, those of few to 200; else they are the same", () => {
  const many = Array.from({ length: 1_000 }, (_, row) => OF_MANY_ORGANIZATIONS.row(row, 1_000).split(","));
  const few = Array.from({ length: 1_000 }, (_, row) => OF_FEW_ORGANIZATIONS.row(row, 1_000).split(","));
  const organizations = (rows: readonly string[][]) => new Set(rows.map((cells) => cells[3]));
  assertEquals([organizations(many).size, organizations(few).size], [1_000, 200]);
  const named = many.map((_, row) => `"${MANY_ORGANIZATIONS.row(row, 1_000).split(",")[0]}"`);
  assertEquals([...organizations(many)], named);
  assertEquals(many.map((cells) => cells.with(3, "")), few.map((cells) => cells.with(3, "")));
});

Deno.test("statements of a run are counted, the same number each time, and a run that fails is told", async () => {
  await withScratch(async ({ folder, write, run }) => {
    write("organizations.csv", "name,code\nA,1\nB,2\n");
    await run(["init", "--db=run.db", "--admin_user=admin", "--admin_pwd=admin"]);
    const args = ["--db=run.db", "--auth_user=admin", "--no_localize=1", "--class=Organization", "--simulate=1"];
    const count = () => countStatements([...args, "--auth_pwd=admin", "--csvfile=organizations.csv"], folder);
    const statements = await count();
    assert(statements > 0);
    assertEquals(await count(), statements);
    const missing = () => countStatements([...args, "--auth_pwd=admin", "--csvfile=missing.csv"], folder);
    await assertRejects(missing, Error, "ended with 66");
  });
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
