/** Every recorded case that we keep: the same runs, the same reports, the same objects. */
import { assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { amend, readAmendments } from "./helpers/amendments.ts";
import { caseNames, type GoldenCase, type GoldenState, readCase, stepArguments } from "./helpers/golden_case.ts";
import { reportDifferences } from "./helpers/golden_report.ts";
import { describeRun, withScratch } from "./helpers/scratch.ts";
import { storedObjects } from "./helpers/stored.ts";
import { copyWorld } from "./helpers/world.ts";

const AMENDMENTS = readAmendments();

for (const name of caseNames("cases")) {
  const golden = readCase("cases", name);
  Deno.test(`golden ${name}: ${golden.title}`, () =>
    withScratch(async (scratch) => {
      const database = await copyWorld(scratch);
      for (const step of golden.steps) {
        const run = await scratch.run(stepArguments(step, database), { folder: golden.folder });
        const differences = reportDifferences(recorded(golden, step.report), run.stdout);
        assertEquals(differences, [], `${step.report} differs${describeRun(run)}`);
      }
      for (const state of golden.state) assertState(golden, state, database);
    }));
}

Deno.test("every amendment belongs to a golden case and one of its reports or states", () => {
  for (const amendment of AMENDMENTS) {
    const { steps, state } = readCase("cases", amendment.case);
    const files = [...steps.map((step) => step.report), ...state.map(({ file }) => file)];
    assertEquals(files.includes(amendment.report), true, `${amendment.case} has no ${amendment.report}`);
  }
});

/** A report or a state, as our rules would have it. */
function recorded(golden: GoldenCase, file: string): string {
  return AMENDMENTS
    .filter((amendment) => amendment.case === golden.name && amendment.report === file)
    .reduce(amend, golden.read(file));
}

function assertState(golden: GoldenCase, state: GoldenState, database: string): void {
  const [heading, ...expected] = parse(recorded(golden, state.file));
  assertEquals(heading, [...state.fields], `${state.file} has other columns than case.json says`);
  assertEquals(storedObjects(database, state.class, state.fields), expected, `${state.file} differs`);
}
