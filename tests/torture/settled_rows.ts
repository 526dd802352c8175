/**
 * What a second run of the same file may do otherwise than the first (SPEC 14: it settles). Each row sees what the rows before it did, and
 * the second time all have been there; so these exceptions lie in the order of a file, and no others are there (docs/matching.md):
 *
 * - _mended_: a row in error for want of what a later row makes, or leaves free, is good the second time;
 * - _ambiguous_: a row that referred to the only object of a name is in error when a later row, or it itself, has made another of that
 *   name;
 * - _first_: a row is a twin of an earlier one that was in error the first time, and so has reached their object before it;
 * - _freed_: a row was a twin of an earlier one that is in error the second time.
 *
 * Only rows that were in error may write. What a row in error wants, and what makes another one ambiguous, is written by some row between
 * their turns: by itself or a later one the first time, or by an earlier one the second time.
 */
import type { Trial } from "./torture.ts";
import type { TriedRow } from "./tried_import.ts";

export type Exception = "mended" | "ambiguous" | "first" | "freed";

/**
 * What a row is refused for that another row of the file may mend: a target that stands further down, a value that is taken. A target that
 * could not be created is another matter: only what is written of its class can be what was wanted.
 */
const MENDED_BY_OTHERS: ReadonlySet<string> = new Set([
  "no_match",
  "no_objects",
  "ambiguous_key",
  "target_in_error",
  "target_not_found",
  "duplicate",
  "loop",
]);
const AMBIGUOUS: ReadonlySet<string> = new Set(["ambiguous", "ambiguous_key", "link_target_ambiguous"]);

/** A row of two runs, one behind the other. */
interface Fate {
  readonly index: number;
  readonly first: TriedRow;
  readonly second: TriedRow;
  /** Rows that have written something since it was looked at the first time, until the second. */
  readonly between: readonly TriedRow[];
}

/** A file that was run once more. */
export interface RunAgain {
  /** Which time that was: 2 for the second. */
  readonly run: number;
  readonly before: readonly TriedRow[];
  readonly now: readonly TriedRow[];
  /** Whether all that is stored is what was stored before it. */
  readonly isSame: boolean;
  readonly lose: (what: string) => void;
  readonly count: Trial["count"];
}

/** Loses what is no exception, and what a run tells otherwise of its writes than they are; counts the exceptions. @returns whether it wrote */
export function compareRuns({ run, before, now, isSame, lose, count }: RunAgain): boolean {
  const told = (row: TriedRow | undefined) => JSON.stringify(row);
  for (const [row, verdict] of verdicts(before, now).entries()) {
    if (verdict === "unexpected") lose(`run ${run}: row ${row} is ${told(now[row])}, and was ${told(before[row])}`);
    else if (verdict !== null) count(`rows ${verdict} in run ${run}`);
  }
  const written = now.flatMap((row, index) => row.written.length > 0 ? [index] : []);
  if ((written.length === 0) !== isSame) {
    lose(`run ${run} tells that rows ${written} write, but what is stored ${isSame ? "is" : "is not"} the same`);
  }
  return written.length > 0;
}

/** What a row is an exception by; null: it is as it must be. */
export type Verdict = Exception | "unexpected" | null;

/** @returns one for each row */
export function verdicts(first: readonly TriedRow[], second: readonly TriedRow[]): readonly Verdict[] {
  const fates = first.flatMap((row, index) => {
    const again = second[index];
    const between = [...first.slice(index), ...second.slice(0, index)].filter(({ written }) => written.length > 0);
    return again === undefined ? [] : [{ index, first: row, second: again, between }];
  });
  return fates.map((fate) => verdict(fate, fates.slice(0, fate.index)));
}

function verdict(fate: Fate, before: readonly Fate[]): Verdict {
  const { first, second, between } = fate;
  if (first.status !== "rejected") return verdictOfGood(fate, before);
  if (second.status === "rejected") return null;
  if (between.some((row) => mends(row, first))) return "mended";
  const isFreed = first.kinds.includes("twin") &&
    before.some((other) => other.first.status !== "rejected" && other.second.status === "rejected");
  return isFreed ? "freed" : "unexpected";
}

function mends({ written }: TriedRow, refused: TriedRow): boolean {
  return has(refused, MENDED_BY_OTHERS) || refused.unmade.some((code) => written.includes(code));
}

function verdictOfGood({ first, second, between }: Fate, before: readonly Fate[]): Verdict {
  if (second.status === "unchanged") return isSameObject(first, second) ? null : "unexpected";
  if (second.status !== "rejected") return "unexpected";
  if (has(second, AMBIGUOUS) && between.length > 0) return "ambiguous";
  const isSecond = second.kinds.includes("twin") &&
    before.some((other) =>
      other.first.status === "rejected" && other.second.status !== "rejected" && isSameObject(other.second, first)
    );
  return isSecond ? "first" : "unexpected";
}

function has({ kinds }: TriedRow, among: ReadonlySet<string>): boolean {
  return kinds.some((kind) => among.has(kind));
}

function isSameObject(one: TriedRow, other: TriedRow): boolean {
  return one.class === other.class && one.id === other.id;
}
