/** What must be true after an undertaking was disturbed. */
import { describeRun, type ProgramRun, type Scratch } from "../helpers/scratch.ts";
import type { Trial } from "./torture.ts";
import { contentOf, flawsOfCopy } from "./content.ts";
import { databaseIn, type Undertaking } from "./undertakings.ts";

/** The index of the state that the database is in; -1: it is in none of them. */
export function stateOf(scratch: Scratch, { states }: Undertaking): number {
  const content = JSON.stringify(contentOf(databaseIn(scratch)));
  return states.findIndex((state) => JSON.stringify(state) === content);
}

/**
 * Looks at a database that was left behind, runs the undertaking once more, and looks again.
 * @param what the trial, for what is lost
 * @returns the state it was in
 */
export async function lookAndRunAgain(
  scratch: Scratch,
  undertaking: Undertaking,
  what: string,
  { count, lost }: Pick<Trial, "count" | "lost">,
): Promise<number> {
  const { states, args, codeAgain } = undertaking;
  const flaws = flawsOfCopy(databaseIn(scratch));
  if (flaws.length > 0) lost(`${what}: the database is damaged: ${flaws.join("; ")}`);
  const state = stateOf(scratch, undertaking);
  if (state < 0) lost(`${what}: the database is neither the one before nor the one after`);
  count(state === 0 ? "before" : state === states.length - 1 ? "after" : "between two imports");
  const next = await scratch.run(args);
  const expected = state === states.length - 1 ? codeAgain : 0;
  if (next.exitCode !== expected) lost(`${what}: the next run failed${describeRun(next)}`);
  if (stateOf(scratch, undertaking) !== states.length - 1) {
    lost(`${what}: the next run ends otherwise than an undisturbed one${describeRun(next)}`);
  }
  for (const file of litter(scratch)) lost(`${what}: ${file} was left behind`);
  return state;
}

/** The exit code of a process that SIGKILL ended, as shells have it: 128 and the number of the signal. */
export const KILLED = 137;

/** How often something was disturbed, and how often so early that nothing was written. */
export interface Disturbances {
  killed: number;
  before: number;
}

/** Notes a loss if no process was killed, or none before it had written: then nothing was tested. */
export function requireDisturbances(
  { killed, before }: Disturbances,
  { count, lost }: Pick<Trial, "count" | "lost">,
): void {
  count("killed", killed);
  if (killed === 0) lost("no process was killed");
  if (before === 0) lost("no database is the one before");
}

/** Files that must not be there when the next run has ended. */
function litter({ folder }: Scratch): string[] {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  return names.filter((name) => /\.(tmp|running|unfinished)$|-(wal|shm|journal)$/.test(name));
}

/** Asserts that a run says nothing of success unless the state of its database is the last. */
export function lookAtClaims(run: ProgramRun, isDone: boolean, what: string, { lost }: Pick<Trial, "lost">): void {
  if (run.exitCode === 0 && !isDone) lost(`${what}: exit code 0, and the rows are not there${describeRun(run)}`);
  if (/^ +at |Uncaught|error: /m.test(run.stderr)) lost(`${what}: a stack${describeRun(run)}`);
}
