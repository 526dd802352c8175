/** Whether csvrecon keeps to the limits of the cases that have some. */
import type { BenchCase } from "./bench_case.ts";
import type { Summary } from "./results.ts";

/** What was found beside one limit. */
export interface Verdict {
  readonly case: string;
  /** Who does the same with less. */
  readonly contestant: string;
  readonly measured: "processor time" | "statements";
  /** csvrecon's by the contestant's; null where the system does not tell. */
  readonly ratio: number | null;
  /** The most that the ratio may be. */
  readonly limit: number;
  /** Null: not known. */
  readonly isWithin: boolean | null;
}

/** @param summaries of one case */
export function verdictsOf({ limits }: BenchCase, summaries: readonly Summary[]): readonly Verdict[] {
  if (limits === undefined) return [];
  const { processorTime, statements, beside } = limits;
  const others = summaries.slice(1).filter(({ contestant }) => beside === undefined || contestant === beside);
  return others.flatMap((summary) => [
    verdict(summary, "processor time", summary.cpuRatio, processorTime),
    ...statements === undefined ? [] : [verdict(summary, "statements", summary.statementRatio, statements)],
  ]);
}

function verdict(summary: Summary, measured: Verdict["measured"], ratio: number | null, limit: number): Verdict {
  const isWithin = ratio === null ? null : ratio <= limit;
  return { case: summary.case, contestant: summary.contestant, measured, ratio, limit, isWithin };
}

/** A line for people. */
export function verdictLine({ case: name, contestant, measured, ratio, limit, isWithin }: Verdict): string {
  const allowed = `at most ${limit.toFixed(2)} times`;
  if (ratio === null) return `${name}: the ${measured} cannot be told on this machine, ${allowed}: NOT KNOWN`;
  const found = `${ratio.toFixed(2)} times the ${measured} of '${contestant}'`;
  return `${name}: ${found}, ${allowed}: ${isWithin ? "within" : "BEYOND"}`;
}
