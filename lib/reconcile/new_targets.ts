/** Targets that rows create along with their objects (SPEC 16, `create_targets`): what is to be created, and what was. */
import type { AttributeCode } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { NeededObject } from "../store/objects.ts";
import type { KeyTarget } from "./key_target.ts";

/** A target that a row is to create, as the row spells it. Rows that mean the same one share it: the first that is written creates it. */
export interface NewTarget extends NeededObject {
  /** The external key that refers to it. */
  readonly attribute: AttributeCode;
  /** What tells it from others: those of its class's own keys that columns give, or else all that they give. */
  readonly keys: readonly AttributeCode[];
  readonly one: SharedTarget;
}

/** What is the same for all rows that mean a target. */
export interface SharedTarget {
  /** Given when it is asked for. */
  readonly id: ObjectId;
  /** What no other object may have once it is there, as texts. Two targets that share one are to be looked at again. */
  readonly claims: readonly string[];
  /** A row that creates it was handed to the store. */
  isHandedOver: boolean;
  /** It is there: a row was told that has created it. */
  isWritten: boolean;
}

/** So many that nobody has written are kept for rows to come. */
const MOST_KEPT = 10_000;

/** Those of a run. */
export class NewTargets {
  /** By what they are: two keys of a row may mean one. */
  readonly #made = new Map<string, SharedTarget>();
  /** By what they claim; null: of several, as what the database refuses of one may be had by another. */
  #claimed = new Map<string, SharedTarget | null>();
  #handedOver = 0;

  /** How many were handed over so far: what was asked before the last one may have another answer now. */
  get handedOver(): number {
    return this.#handedOver;
  }

  /** @param name tells objects apart as searches do */
  get(name: string): SharedTarget | undefined {
    return this.#made.get(name);
  }

  add(name: string, target: SharedTarget): void {
    this.#made.set(name, target);
  }

  /** No row waits for any. Those that nobody has written were of rows in error: who needs them yet gets them with their ids, whatever their group. */
  clear(): void {
    if (this.#made.size > MOST_KEPT) this.#made.clear();
    for (const [name, one] of this.#made) {
      if (one.isWritten) this.#made.delete(name);
      else one.isHandedOver = false;
    }
    this.#claimed = new Map();
  }

  /** Rows that create them are on their way: what these rows are refused, others that mean the same may have. */
  handOver(targets: readonly NewTarget[]): void {
    for (const { one } of targets) {
      if (one.isHandedOver) continue;
      one.isHandedOver = true;
      this.#handedOver++;
      for (const claim of one.claims) this.#claimed.set(claim, this.#claimed.has(claim) ? null : one);
    }
  }

  /** Whether another target was handed over that has what one of these claims. */
  areClaimed(targets: readonly KeyTarget[]): boolean {
    return targets.some((target) =>
      isToCreate(target) && target.toCreate.one.claims.some((claim) => {
        const other = this.#claimed.get(claim);
        return other !== undefined && other !== target.toCreate.one;
      })
    );
  }
}

/** Those of a row that are yet to be created, each once. */
export function targetsToCreate(targets: readonly KeyTarget[]): readonly NewTarget[] {
  let found: Map<SharedTarget, NewTarget> | null = null;
  for (const target of targets) {
    if (!isToCreate(target)) continue;
    found ??= new Map();
    if (!found.has(target.toCreate.one)) found.set(target.toCreate.one, target.toCreate);
  }
  return found === null ? NO_TARGETS : [...found.values()];
}

/** Whether the target is not there, and is created if the row is written. */
export function isToCreate(
  target: KeyTarget,
): target is KeyTarget & { readonly ok: true; readonly toCreate: NewTarget } {
  return target.ok && target.toCreate !== undefined && !target.toCreate.one.isWritten;
}

/** New targets get their ids in the order of their rows. @param targets of a row */
export function giveIds(targets: readonly KeyTarget[]): void {
  for (const target of targets) if (isToCreate(target)) void target.toCreate.one.id;
}

export const NO_TARGETS: readonly NewTarget[] = [];
