import { stripVTControlCharacters } from "node:util";

/** The last line of the test runner: what `.ci/run` adds up. */
const REPORT = /^(ok|FAILED) \| \d+ passed( \(\d+ steps?\))? \| (\d+) failed/gm;

/**
 * A line in place of what a process of the test runner should have said and did not: that something failed, though it ended with that, or
 * anything at all. Null: its report says all.
 */
export function missingReport(output: string, exitCode: number): string | null {
  const reports = [...stripVTControlCharacters(output).matchAll(REPORT)];
  const failures = reports.reduce((sum, [, , , failed]) => sum + Number(failed), 0);
  if (reports.length > 0 && (exitCode === 0 || failures > 0)) return null;
  const why = reports.length === 0 ? "there is no report of the tests" : "no test failed, but their run did";
  return `FAILED | 0 passed | 1 failed (${why}: exit code ${exitCode})`;
}
