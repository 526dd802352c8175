/** Why rows fail that fail only because they refer to others: these stand further down, or are in error for reasons of their own. */

/** Rows that look for the same. */
export interface Waiting {
  /** Of what they look for. */
  readonly names: readonly string[];
  readonly firstLine: number;
  count: number;
}

export interface WaitingRows {
  readonly waiting: readonly Waiting[];
  /** The lines of the rows in error, by what their objects would have been. */
  readonly refused: ReadonlyMap<string, number>;
  /** By the lines of those of them that are in error only because they wait. */
  readonly waitsFor: ReadonlyMap<number, Waiting>;
  /** Names of what is there, now that all rows are worked. */
  readonly isThere: ReadonlySet<string>;
  /** Whether the key that looks for a name may make no loops. */
  readonly isHierarchical: (name: string) => boolean;
  /** There are more rows in error, which are not remembered. */
  readonly isMore: boolean;
}

export interface CausesBehind {
  /** What they need stands further down, or would stand there. */
  readonly below: readonly Waiting[];
  /** By the line of the row in error behind which they are. What nobody has is told with the row that looks for it, and is in neither. */
  readonly behind: ReadonlyMap<number, readonly Waiting[]>;
}

/** Rows, and one of those that they refer to, which waits as well. */
interface Step {
  readonly from: Waiting;
  /** Of the row referred to. */
  readonly line: number;
}

export function causesOf(rows: WaitingRows): CausesBehind {
  const steps = new Map<Waiting, Step[]>();
  const causes = new Map<Waiting, number | null>();
  for (const one of rows.waiting) {
    for (const name of one.names.filter((name) => !rows.isThere.has(name))) {
      const line = rows.refused.get(name);
      const next = line === undefined ? undefined : rows.waitsFor.get(line);
      if (line === undefined || next === undefined) causes.set(one, line ?? null);
      else pushTo(steps, next, { from: one, line });
    }
  }
  for (const one of inLoops(rows)) if (!causes.has(one)) causes.set(one, null);
  spread(causes, steps, rows.isMore);
  return byCause(rows.waiting, causes);
}

/** Who waits for rows in error is in error because of what they are in error for. */
function spread(
  causes: Map<Waiting, number | null>,
  steps: ReadonlyMap<Waiting, readonly Step[]>,
  isMore: boolean,
): void {
  // A map goes on to what is set while it is gone through.
  for (const [one, cause] of causes) {
    for (const { from, line } of steps.get(one) ?? []) {
      // What no row is known to be may be one that is not remembered.
      if (!causes.has(from)) causes.set(from, cause ?? (isMore ? null : line));
    }
  }
}

/** Rows of a hierarchy that refer to each other all around: they load in no order. */
function inLoops({ waiting, refused, waitsFor, isThere, isHierarchical }: WaitingRows): readonly Waiting[] {
  const seen = new Set<Waiting>();
  const found: Waiting[] = [];
  const nextOf = ({ names }: Waiting) => {
    const name = names.find((name) => isHierarchical(name) && !isThere.has(name));
    const line = name === undefined ? undefined : refused.get(name);
    return line === undefined ? undefined : waitsFor.get(line);
  };
  for (const start of waiting) {
    const walked: Waiting[] = [];
    let at: Waiting | undefined = start;
    for (; at !== undefined && !seen.has(at); at = nextOf(at)) {
      seen.add(at);
      walked.push(at);
    }
    if (at !== undefined && walked.includes(at)) found.push(...walked.slice(walked.indexOf(at)));
  }
  return found;
}

function byCause(waiting: readonly Waiting[], causes: ReadonlyMap<Waiting, number | null>): CausesBehind {
  const behind = new Map<number, Waiting[]>();
  for (const one of waiting) {
    const cause = causes.get(one);
    if (typeof cause === "number") pushTo(behind, cause, one);
  }
  return { below: waiting.filter((one) => !causes.has(one)), behind };
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}

export function sumOf(waiting: readonly Waiting[]): { readonly count: number; readonly firstLine: number } {
  let [count, firstLine] = [0, Infinity];
  for (const one of waiting) {
    count += one.count;
    firstLine = Math.min(firstLine, one.firstLine);
  }
  return { count, firstLine };
}
