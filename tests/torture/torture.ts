/**
 * Torture: what is tried with many seeded inputs, moments or faults, and must lose nothing.
 *
 * A subject is declared once, at the top level of a file `tests/torture/…_test.ts`:
 *
 *     torture({
 *       name: "kill_import",                       // for --only
 *       title: "kill -9 at a moment of an import", // the test's name, and the table's
 *       unit: "moments",                           // what is counted
 *       short: 10,                                 // with `deno test`, and so in CI: some seconds
 *       long: 400,                                 // with `deno task torture`: some minutes
 *       async run({ random, amount, tried, count, lost }) {
 *         for (let trial = 0; trial < amount; trial++) {
 *           const chance = random.part(trial);     // this trial alone can be tried again
 *           …
 *           tried();
 *           count("before");                       // any figure worth showing, such as how many ended so
 *           if (…) lost(`trial ${trial}: …`);      // noted; the others are tried all the same
 *         }
 *       },
 *     });
 *
 * That makes a test of it, with the short amount and always the same seed, that fails when anything is lost; and `scripts/torture.ts`,
 * which imports these files, runs it with the long amount and the seed that it is given. What `run` throws counts as a loss. Where a
 * machine cannot do it (no `mount`, no Unix), `leftOut` says why.
 */
import { assertEquals } from "@std/assert";
import { Random } from "./random.ts";

export interface Subject {
  /** A word, for `--only`. */
  readonly name: string;
  /** A short sentence without a full stop. */
  readonly title: string;
  /** What is counted, in the plural: `moments`. */
  readonly unit: string;
  /** How much is tried in CI: at most some seconds of work. */
  readonly short: number;
  /** How much is tried by `deno task torture`: some minutes of work. */
  readonly long: number;
  run(trial: Trial): void | Promise<void>;
}

/** What a subject is given. The functions need no `this`. */
export interface Trial {
  /** The subject's own: it does not depend on which other subjects run. */
  readonly random: Random;
  readonly amount: number;
  /** Counts what was tried: 1, or so many. */
  tried(count?: number): void;
  /** Counts something else that is worth to be shown. */
  count(figure: string, count?: number): void;
  /** Notes a loss: what was expected, what was found, and how to find it again. */
  lost(what: string): void;
  /** Notes what this machine cannot do, and so was not tried. */
  leftOut(why: string): void;
}

/** What came of a subject. */
export interface Result {
  readonly subject: Subject;
  readonly tried: number;
  readonly figures: ReadonlyMap<string, number>;
  readonly losses: readonly string[];
  readonly leftOut: readonly string[];
  readonly seconds: number;
}

/** The seed of the tests. */
const SEED_OF_TESTS = 5;

/** All that were declared by the files that are loaded. */
export const subjects: Subject[] = [];

/** Declares a subject, and its test. */
export function torture(subject: Subject): void {
  subjects.push(subject);
  // Without a test runner that does nothing.
  Deno.test(`torture: ${subject.title} (${subject.short} ${subject.unit})`, async () => {
    const { losses } = await runSubject(subject, SEED_OF_TESTS, subject.short);
    assertEquals(losses, []);
  });
}

/** Runs a subject to its end, whatever it loses. */
export async function runSubject(subject: Subject, seed: number, amount: number): Promise<Result> {
  const begin = performance.now();
  const figures = new Map<string, number>();
  const losses: string[] = [];
  const leftOut: string[] = [];
  let tried = 0;
  const trial: Trial = {
    random: new Random(seed).part(subject.name),
    amount,
    tried: (count = 1) => void (tried += count),
    count: (figure, count = 1) => void figures.set(figure, (figures.get(figure) ?? 0) + count),
    lost: (what) => void losses.push(what),
    leftOut: (why) => void leftOut.push(why),
  };
  try {
    await subject.run(trial);
  } catch (error) {
    losses.push(error instanceof Error ? error.stack ?? error.message : String(error));
  }
  if (tried === 0 && leftOut.length === 0) losses.push("nothing was tried");
  return { subject, tried, figures, losses, leftOut, seconds: (performance.now() - begin) / 1000 };
}
