/**
 * Rows that wait for others: what they look for, a row of the file would make, which was refused because another one has what it wants. When
 * that one is in error itself, all of them may come. They are known by hashes: one that is taken for waiting costs a reading more.
 */
import { feedingParts } from "../../columns/plan.ts";
import { comparedForm } from "../../compared_text.ts";
import type { Cell } from "../../csv/record.ts";
import { classOf } from "../../model/look_up.ts";
import type { Model } from "../../model/model.ts";
import type { ExternalKeyResolver } from "../external_key.ts";
import type { KeyTarget } from "../key_target.ts";
import type { KeyProblem } from "../problems.ts";
import type { Rejection } from "../row_result.ts";
import type { FirstResult } from "./first_results.ts";
import { RowFlags, RowNumbers } from "./row_numbers.ts";
import type { SplitPlan } from "./split_plan.ts";

/** Of a key: no row can make what it looks for; any may; or the hash of what would, from here on. */
const NONE = 1;
const ANY = 2;
const FIRST_HASH = 3;
const HASHES = 2 ** 20;

/** What is looked for is not there. */
const MISSING: ReadonlySet<KeyProblem["kind"]> = new Set<KeyProblem["kind"]>([
  "no_match",
  "no_objects",
  "no_visible_objects",
  "target_in_error",
]);

export class WaitingRows {
  readonly #keys: readonly KeyNames[];
  /** By key, what rows look for in vain. */
  readonly #wanted: readonly RowNumbers[];
  /** Hashes of what rows would make that may still come. */
  readonly #comers = new RowFlags();
  #mayAnyCome = false;

  /** @param resolvers of the second reading */
  constructor(model: Model, split: SplitPlan, resolvers: readonly ExternalKeyResolver[]) {
    this.#keys = resolvers.map((resolver, key) => namesOf(model, split, resolver, key));
    this.#wanted = resolvers.map(() => new RowNumbers(4));
  }

  /** The row is in error for what some of its keys look for. */
  noteWanting(row: number, targets: readonly KeyTarget[], cells: readonly Cell[]): void {
    for (const [key, target] of targets.entries()) {
      if (target.ok) continue;
      const { kind } = target.problem;
      this.#wanted[key]?.note(row, (MISSING.has(kind) ? this.#keys[key]?.wanted(cells) : undefined) ?? NONE);
    }
  }

  /** The first reading has refused a row. */
  noteRefused({ outcome }: FirstResult, cells: readonly Cell[]): void {
    if (outcome.kind !== "rejected") return;
    if (![outcome.reason, ...outcome.others ?? []].every(isOfAnother)) return;
    this.#mayAnyCome = true;
    for (const { own } of this.#keys) if (own !== null) this.#comers.add(own(cells));
  }

  /** Whether all that a row looks for in vain may still come. To be asked when all rows are noted. */
  isWaiting(row: number): boolean {
    let isWaiting = false;
    for (const numbers of this.#wanted) {
      const wanted = numbers.of(row);
      if (wanted === 0) continue;
      if (!(wanted === ANY ? this.#mayAnyCome : this.#comers.has(wanted))) return false;
      isWaiting = true;
    }
    return isWaiting;
  }
}

/** What a key looks for, and what a row of the file would make of the same. */
interface KeyNames {
  readonly wanted: (cells: readonly Cell[]) => number;
  /** Null: that is not known of a row. */
  readonly own: ((cells: readonly Cell[]) => number) | null;
}

function namesOf(model: Model, { whole }: SplitPlan, { columns }: ExternalKeyResolver, key: number): KeyNames {
  const codes = columns.parts.map(({ attribute }) => attribute === "id" ? "id" : attribute.code);
  if (classOf(model, columns.key.target).root !== whole.class.root || codes.includes("id")) {
    return { wanted: () => NONE, own: null };
  }
  const own = codes.flatMap((code) =>
    whole.direct.filter(({ attribute }) => attribute !== "id" && attribute.code === code).map(({ cell }) => cell)
  );
  if (columns.inner.length > 0 || own.length !== codes.length) return { wanted: () => ANY, own: null };
  const wanted = feedingParts(columns).map(({ cell }) => cell);
  return { wanted: (cells) => hashOf(key, wanted, cells), own: (cells) => hashOf(key, own, cells) };
}

function hashOf(key: number, places: readonly number[], cells: readonly Cell[]): number {
  const text = JSON.stringify(places.map((place) => comparedForm((cells[place] ?? "").trim())));
  let hash = key;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return FIRST_HASH + (hash >>> 0) % HASHES;
}

/** Whether another object, which may not stay, is what speaks against a row. */
function isOfAnother(reason: Rejection): boolean {
  return reason.kind === "refused" && reason.problems.length > 0 &&
    reason.problems.every((problem) =>
      problem.kind === "duplicate" || ("rule" in problem && problem.rule === "unique")
    );
}
