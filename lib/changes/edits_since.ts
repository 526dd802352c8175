/** What became of objects since a run wrote them, as the log tells. */
import type { AttributeCode, ClassCode } from "../model/model.ts";
import type { LoggedRuns, LogSpan, Touch } from "../store/logged_runs.ts";
import type { ObjectId } from "../store/object_id.ts";

/** What is left of something that a run did. */
export type Standing =
  /** It is as the run left it. */
  | { readonly kind: "stands" }
  /** An undo has taken it back already. */
  | { readonly kind: "taken_back" }
  /** A later run has written the same. */
  | { readonly kind: "edited" | "deleted"; readonly by: number };

/** What later runs did to one object. */
export interface ObjectHistory {
  /** Of the object as a whole: that it came or went. */
  whole(): Standing;
  /** Of an attribute, or of the object that has it. */
  attribute(code: AttributeCode): Standing;
  /** Of an object that the run created: any attribute counts. @param counts whether one does */
  created(counts: (code: AttributeCode) => boolean): Standing;
}

const STANDS: Standing = { kind: "stands" };

const UNTOUCHED: ObjectHistory = { whole: () => STANDS, attribute: () => STANDS, created: () => STANDS };

export class EditsSince {
  /** @param span of the log behind the run's own entries @param undos of runs behind it */
  private constructor(
    private readonly log: LoggedRuns,
    private readonly run: number,
    private readonly span: LogSpan,
    private readonly undos: ReadonlyMap<number, number>,
  ) {}

  /** @param end the log's last position that counts */
  static async of(log: LoggedRuns, run: number, own: LogSpan, end: number): Promise<EditsSince> {
    return new EditsSince(log, run, { after: own.upto, upto: end }, await log.undosSince(run));
  }

  /** One history for each object. */
  async histories(
    objects: readonly { readonly class: ClassCode; readonly id: ObjectId }[],
  ): Promise<readonly ObjectHistory[]> {
    if (this.span.after >= this.span.upto) return objects.map(() => UNTOUCHED);
    const touches = new Map<string, Touch[]>();
    for (const [code, group] of Map.groupBy(objects, (one) => one.class)) {
      const ids = [...new Set(group.map(({ id }) => id))];
      for (const touch of await this.log.touches(code, ids, this.span)) {
        const key = `${code}.${touch.objectId}`;
        const others = touches.get(key);
        if (others === undefined) touches.set(key, [touch]);
        else others.push(touch);
      }
    }
    return objects.map(({ class: code, id }) => {
      const own = touches.get(`${code}.${id}`);
      return own === undefined ? UNTOUCHED : this.#historyOf(own);
    });
  }

  #historyOf(touches: readonly Touch[]): ObjectHistory {
    const isWhole = ({ operation }: Touch) => operation !== "update";
    const whole = touches.filter(isWhole);
    const runsOf = (part: readonly Touch[]) => new Set(part.map(({ run }) => run));
    const standingOf = (part: readonly Touch[], counting = part) =>
      standing(this.run, [...runsOf(part)], { undos: this.undos, counting: runsOf(counting) });
    const ofWhole = (): Standing => {
      const { isStanding, last } = standingOf(whole);
      if (!isStanding) return { kind: "taken_back" };
      return last === null ? STANDS : { kind: "deleted", by: last };
    };
    const ofAttribute = (code: AttributeCode): Standing => {
      const own = touches.filter(({ attribute }) => attribute === code);
      // An undo that has created an object again may have had to leave one of its attributes: only who wrote it has taken it back.
      if (!standingOf(own).isStanding) return { kind: "taken_back" };
      // An undo that brings an object back whole has brought its attributes back, and wrote none of them.
      const { last } = standingOf(touches.filter((touch) => isWhole(touch) || touch.attribute === code), own);
      return last === null ? STANDS : { kind: "edited", by: last };
    };
    // An object that went and came again is as it was, whatever took it.
    const deleter = (): Standing => {
      const { last } = standingOf(whole);
      return last === null ? STANDS : { kind: "deleted", by: last };
    };
    return {
      whole: ofWhole,
      attribute(code) {
        const own = ofAttribute(code);
        return own.kind === "taken_back" ? own : firstChange(deleter(), own);
      },
      created(counts) {
        const own = ofWhole();
        if (own.kind !== "stands") return own;
        const codes = new Set(touches.flatMap(({ attribute }) => attribute === null ? [] : [attribute]));
        return firstChange(...[...codes].filter(counts).map(ofAttribute));
      },
    };
  }
}

function firstChange(...all: readonly Standing[]): Standing {
  return all.find(({ kind }) => kind === "edited" || kind === "deleted") ?? STANDS;
}

/**
 * Runs that wrote the same thing, in their order, the first of which is looked at: an undo takes away what it took back, and with itself;
 * when it is taken back in its turn, the other stands again.
 * @param undos by undo: what it took back @param counting runs that may be the last one
 * @returns whether the first one stands, and the last other one that does and was no undo of these; null: there is none
 */
function standing(
  first: number,
  later: readonly number[],
  { undos, counting }: { readonly undos: ReadonlyMap<number, number>; readonly counting: ReadonlySet<number> },
): { readonly isStanding: boolean; readonly last: number | null } {
  const runs = [first, ...later];
  const gone = new Set<number>();
  let last: number | null = null;
  for (let index = runs.length - 1; index >= 0; index--) {
    const run = runs[index] ?? first;
    if (gone.has(run)) continue;
    const takenBack = undos.get(run);
    if (takenBack !== undefined && runs.includes(takenBack)) gone.add(takenBack);
    else if (index > 0 && counting.has(run)) last ??= run;
  }
  return { isStanding: !gone.has(first), last };
}
