/**
 * Recorded lines that a decision of ours contradicts, in cases that we keep otherwise. fixtures/amendments.json names the case, the
 * report or state, the decision and the lines, so that nothing else of the report is loosened.
 */
import { readFixture } from "./fixtures.ts";

export interface Amendment {
  readonly case: string;
  /** A file of the case: a report, or a state. */
  readonly report: string;
  /** The rule that the recorded lines contradict. */
  readonly decision: string;
  /** Whole lines of the recorded file, and ours: several, or null for none. */
  readonly replace: readonly { readonly from: string; readonly to: string | null }[];
}

/** All amendments. */
export function readAmendments(): readonly Amendment[] {
  return JSON.parse(readFixture("amendments.json"));
}

/** Replaces the lines. @throws when one is not found exactly once */
export function amend(report: string, { replace, case: name, report: file }: Amendment): string {
  const lines: (string | null)[] = report.split("\n");
  for (const { from, to } of replace) {
    const index = lines.indexOf(from);
    if (index < 0 || lines.indexOf(from, index + 1) >= 0) {
      throw new Error(`${name}/${file} must hold this line once: ${from}`);
    }
    lines[index] = to;
  }
  return lines.filter((line) => line !== null).join("\n");
}
