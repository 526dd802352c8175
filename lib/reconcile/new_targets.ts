/** Targets that rows create along with their objects (SPEC 17, `create_targets`): what is to be created, and what was. */
import type { AttributeCode } from "../model/model.ts";
import type { NewObject } from "../store/objects.ts";
import type { KeyTarget } from "./key_target.ts";

/** A target that a row is to create. Rows that mean the same one share it: the first that is written creates it. */
export interface NewTarget {
  /** The external key that refers to it. */
  readonly attribute: AttributeCode;
  readonly write: NewObject;
  /** What tells it from others: those of its class's own keys that columns give, or else all that they give. */
  readonly keys: readonly AttributeCode[];
  isWritten: boolean;
}

/** Those of a run. */
export class NewTargets {
  /** By what they are: two keys of a row may mean one. */
  readonly #made = new Map<string, NewTarget>();
  #written = 0;

  /** How many were written so far: what was asked before the last one may have another answer now. */
  get written(): number {
    return this.#written;
  }

  /** @param name tells objects apart as searches do */
  get(name: string): NewTarget | undefined {
    return this.#made.get(name);
  }

  add(name: string, target: NewTarget): void {
    this.#made.set(name, target);
  }

  /** No row waits for any: those that nobody has written were of rows in error. */
  clear(): void {
    this.#made.clear();
  }

  /** The targets are there now. */
  wrote(targets: readonly NewTarget[]): void {
    for (const target of targets) target.isWritten = true;
    this.#written += targets.length;
  }
}

/** Those of a row that are yet to be created, each once. */
export function targetsToCreate(targets: readonly KeyTarget[]): readonly NewTarget[] {
  let found: Set<NewTarget> | null = null;
  for (const target of targets) if (isToCreate(target)) (found ??= new Set()).add(target.toCreate);
  return found === null ? NONE : [...found];
}

/** Whether the target is not there, and is created if the row is written. */
export function isToCreate(
  target: KeyTarget,
): target is KeyTarget & { readonly ok: true; readonly toCreate: NewTarget } {
  return target.ok && target.toCreate !== undefined && !target.toCreate.isWritten;
}

const NONE: readonly NewTarget[] = [];
