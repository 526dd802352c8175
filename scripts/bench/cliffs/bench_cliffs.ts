// deno-lint-ignore-file no-console -- a script for people at a terminal
/** `deno task bench --cases=cliffs`: all cliffs, or those that are named, each beside the base case. */
import type { ImportProcess } from "../bench_case.ts";
import { CLIFFS } from "./cliffs.ts";
import {
  cliffLine,
  type CliffResult,
  cliffTable,
  growthLines,
  measureCliff,
  type WantedCliff,
} from "./measure_cliffs.ts";
import { Workshop } from "./workshop.ts";

export const ALL_CLIFFS = "cliffs";

/** @param name of a cliff, `CASE/STEP`, or `cliffs` @returns none: no cliff is called so */
export function cliffsNamed(name: string): readonly WantedCliff[] {
  if (name === ALL_CLIFFS) return CLIFFS.map((cliff) => ({ cliff, step: null }));
  const [code, step = null] = name.split("/");
  const cliff = CLIFFS.find((one) => one.name === code);
  if (cliff === undefined) return [];
  if (step !== null && !cliff.steps(cliff.rows).some((one) => one.name === step)) return [];
  return [{ cliff, step }];
}

export interface CliffOptions {
  readonly wanted: readonly WantedCliff[];
  /** Null: each has its own number of rows; two: what grows is told. */
  readonly sizes: readonly number[] | null;
  readonly rounds: number;
}

/** @returns whether all keep to their limits */
export async function benchCliffs(
  { wanted, sizes, rounds }: CliffOptions,
  process: ImportProcess,
): Promise<readonly CliffResult[]> {
  const bySize: (readonly CliffResult[])[] = [];
  for (const rows of sizes ?? [null]) {
    const folder = await Deno.makeTempDir({ prefix: "csvrecon-cliffs-" });
    try {
      bySize.push(await measureAll(new Workshop(folder, process), wanted, rows, rounds));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
  for (const results of bySize) console.log(`\n${cliffTable(results)}`);
  const [few = [], many] = bySize;
  if (many !== undefined) console.log(`\n${growthLines(few, many).join("\n")}`);
  return bySize.flat();
}

async function measureAll(
  shop: Workshop,
  wanted: readonly WantedCliff[],
  rows: number | null,
  rounds: number,
): Promise<readonly CliffResult[]> {
  const all: CliffResult[] = [];
  for (const one of wanted) {
    try {
      const results = await measureCliff(shop, one, rows, rounds);
      for (const result of results) console.log(cliffLine(result));
      all.push(...results);
    } catch (error) {
      if (wanted.length === 1) throw error;
      console.error(`${one.cliff.name} failed: ${error instanceof Error ? error.message : error}`);
    }
  }
  return all;
}
