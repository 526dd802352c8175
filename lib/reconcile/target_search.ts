/** Finding targets by what columns say: by a search, or by what was read of all of them where a file refers to most of a small class. */
import { conditionsOf, type ExternalKeyColumns } from "../columns/plan.ts";
import type { StoredValue } from "../model/model.ts";
import type { FoundObject, Match, ObjectSearch } from "../store/objects.ts";
import type { LearnedTargets } from "./learned_targets.ts";
import type { RunContext } from "./run_context.ts";
import { areAllKnown } from "./searched_value.ts";
import { findTyped } from "./typed_search.ts";

/** As a search tells it; of the one object the id alone. */
export type TargetMatch = FoundTarget | Exclude<Match, { readonly kind: "one" }>;

interface FoundTarget {
  readonly kind: "one";
  readonly object: Pick<FoundObject, "id">;
}

/** One value for each condition; undefined: nothing can match. */
type Values = readonly (StoredValue | undefined)[];

export interface TargetSearch {
  /** One answer for each key. */
  find(keys: readonly Values[]): Promise<readonly TargetMatch[]>;
  /** Most targets are found at once now: they need not be remembered. */
  readonly hasLearned: boolean;
  /** To be told when an object was written that may be found otherwise now. */
  forget(): void;
}

/** So many keys are asked for before anything is read: short files read nothing, nor load what reads. */
const LEAST_ASKED = 1024;

export function createTargetSearch(context: RunContext, columns: ExternalKeyColumns): TargetSearch {
  let search: ObjectSearch | null = null;
  let learned: LearnedTargets | null = null;
  let asked = 0;
  // What the file's rows create may be found by the next ones.
  let isOver = context.createTargets.has(columns.key.code);

  const learnedFor = async (keys: number): Promise<LearnedTargets | null> => {
    asked += keys;
    if (isOver || asked < LEAST_ASKED) return null;
    learned ??= new (await import("./learned_targets.ts")).LearnedTargets(context, columns);
    await learned.expect(asked);
    return learned;
  };
  return {
    async find(keys) {
      search ??= context.store.search({
        class: columns.key.target,
        conditions: conditionsOf(columns),
        read: [],
        includeHidden: false,
      });
      const targets = await learnedFor(keys.length);
      const known = keys.map((key) => targets?.idOf(key) ?? null);
      const unknown = keys.filter((_, index) => known[index] === null).filter(areAllKnown);
      const matches = (unknown.length === 0 ? [] : await findTyped(search, unknown)).values();
      return keys.map((key, index) => {
        const id = known[index] ?? null;
        if (id !== null) return { kind: "one", object: { id } };
        return areAllKnown(key) ? matches.next().value ?? NO_MATCH : NO_MATCH;
      });
    },
    get hasLearned() {
      return learned?.hasLearned === true;
    },
    forget() {
      isOver = true;
      learned = null;
    },
  };
}

const NO_MATCH: TargetMatch = { kind: "none" };
