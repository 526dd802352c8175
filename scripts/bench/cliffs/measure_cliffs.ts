/** Measures cliffs: each step in turn with the same step of the base case, and the least of all rounds counts. */
import type { Measure } from "../measured_process.ts";
import { type Cliff, type Counts, GROWTH_LIMIT, MEMORY_LIMIT, type Step } from "./cliff.ts";
import { baseSteps } from "./steps.ts";
import type { Workshop } from "./workshop.ts";

/** What came of a step. */
export interface CliffResult {
  readonly cliff: string;
  readonly step: string;
  readonly rows: number;
  readonly own: Measure;
  readonly base: Measure;
  /** Of processor time; null where the system does not tell. */
  readonly ratio: number | null;
  readonly limit: number | null;
}

/** A cliff, and which of its steps are wanted; null: all. */
export interface WantedCliff {
  readonly cliff: Cliff;
  readonly step: string | null;
}

const [RUN, BASE] = ["run.db", "base.db"];

/** @param rows null: as many as each has by itself */
export async function measureCliff(
  shop: Workshop,
  { cliff, step: wanted }: WantedCliff,
  rows: number | null,
  rounds: number,
): Promise<readonly CliffResult[]> {
  const count = rows === null || cliff.isSmall === true ? cliff.rows : rows;
  const results: CliffResult[] = [];
  const steps = cliff.steps(count);
  for (const step of steps) {
    const isWanted = wanted === null || step.name === wanted;
    if (!isWanted && step.keep === undefined) continue;
    const result = await measureStep(shop, step, isWanted ? rounds : null);
    if (result !== null) {
      results.push({ cliff: cliff.name, step: step.name, rows: count, limit: cliff.limit, ...result });
    }
  }
  // What only one case needs makes room.
  for (const name of [RUN, BASE, ...steps.flatMap(({ keep }) => keep ?? [])]) shop.removeDatabase(name);
  return results;
}

type Ratio = Pick<CliffResult, "own" | "base" | "ratio">;

/** @param rounds null: it is done for what it leaves */
async function measureStep(shop: Workshop, step: Step, rounds: number | null): Promise<Ratio | null> {
  const base = await baseOf(shop, step);
  const [ours, theirs]: [Measure[], Measure[]] = [[], []];
  for (let round = 0; round < (rounds ?? 1); round++) {
    if (rounds !== null) theirs.push(await runStep(shop, base, BASE));
    ours.push(await runStep(shop, step, RUN));
  }
  if (step.keep !== undefined) shop.keep(RUN, step.keep);
  const [own, other] = [least(ours), least(theirs)];
  if (own === null || other === null) return null;
  const ratio = own.cpuSeconds === null || other.cpuSeconds === null ? null : own.cpuSeconds / other.cpuSeconds;
  return { own, base: other, ratio };
}

/** The one of the least processor time; null: there are none. */
function least(measures: readonly Measure[]): Measure | null {
  return measures.toSorted((a, b) => (a.cpuSeconds ?? 0) - (b.cpuSeconds ?? 0))[0] ?? null;
}

/** The step of the base case, with what it finds. */
async function baseOf(shop: Workshop, { rows, base }: Step): Promise<Step> {
  const steps = baseSteps(rows);
  const [create] = steps;
  const found = steps.find(({ name }) => name === base);
  if (create?.keep === undefined || found === undefined) throw new Error(`the base case has no step ${base}`);
  if (found !== create && !shop.has(create.keep)) {
    await runStep(shop, create, BASE);
    shop.keep(BASE, create.keep);
  }
  return found;
}

/** @throws Error when the report tells of other numbers of rows */
async function runStep(shop: Workshop, { name, start, work }: Step, database: string): Promise<Measure> {
  shop.copy(await start(shop), database);
  if ("measure" in work) return await work.measure(shop, database);
  const isHeard = work.counts !== null;
  const measured = await shop.run([`--db=${database}`, ...work.args(shop)], { exitCode: work.exitCode, isHeard });
  if (work.counts !== null) assertCounts(name, work.counts, measured.output ?? "");
  return measured;
}

function assertCounts(step: string, counts: Counts, report: string): void {
  for (const [name, expected] of Object.entries(counts)) {
    const found = new RegExp(`^#${name}: (\\d+)$`, "mi").exec(report)?.[1];
    // Formats without these lines are not looked at.
    if (found === undefined || Number(found) === expected) continue;
    throw new Error(`${step}: ${name} ${found} where ${expected} were expected\n${report.slice(0, 1500)}`);
  }
}

/** A line for people. */
export function cliffLine({ cliff, step, rows, own, base, ratio, limit }: CliffResult): string {
  const told = ratio === null ? "ratio not known" : `ratio ${ratio.toFixed(2)}`;
  const verdict = limit === null ? "no limit" : `limit ${limit}${ratio !== null && ratio > limit ? ", BEYOND" : ""}`;
  const memory = own.peak !== null && own.peak > MEMORY_LIMIT ? `, MEMORY BEYOND ${MEMORY_LIMIT} MiB` : "";
  const spent = ({ cpuSeconds, peak }: Measure) =>
    `${(cpuSeconds ?? NaN).toFixed(2)} s, ${Math.round(peak ?? NaN)} MiB`;
  return `${cliff}/${step} ${told} (${verdict}${memory}; ${rows} rows: ${spent(own)}; base ${spent(base)})`;
}

/** How much faster than its input a step grows: by its ratios of two sizes. */
export function growthLines(few: readonly CliffResult[], many: readonly CliffResult[]): readonly string[] {
  return many.flatMap(({ cliff, step, rows, ratio }) => {
    const before = few.find((one) => one.cliff === cliff && one.step === step);
    if (before === undefined || before.rows === rows || ratio === null || before.ratio === null) return [];
    const growth = ratio / before.ratio;
    const verdict = growth > GROWTH_LIMIT ? ", BEYOND" : "";
    return [
      `${cliff}/${step} grows ${
        growth.toFixed(2)
      } from ${before.rows} to ${rows} rows (limit ${GROWTH_LIMIT}${verdict})`,
    ];
  });
}

/** Markdown, the worst first. */
export function cliffTable(results: readonly CliffResult[]): string {
  const sorted = results.toSorted((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0));
  const rows = sorted.map(({ cliff, step, rows, ratio, limit, own }) => [
    cliff,
    step,
    rows.toLocaleString("en"),
    ratio?.toFixed(2) ?? "",
    limit === null ? "none" : String(limit),
    String(Math.round(own.peak ?? NaN)),
  ]);
  const heads = ["case", "step", "rows", "ratio", "limit", "MiB"];
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
