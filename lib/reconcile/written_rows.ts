/** What the rows that were written since the matches were asked for may be known by, and what uniqueness rules compare in their links. */
import type { StoredValue } from "../model/model.ts";
import type { ObjectPlan } from "./object_plan.ts";
import type { RunContext } from "./run_context.ts";
import { WrittenKeys } from "./written_keys.ts";
import { WrittenNames } from "./written_names.ts";

export class WrittenRows {
  readonly #keys = new WrittenKeys();
  /** Of the friendly name among the keys. */
  readonly #place: number;
  /** Null: no name is among the keys, or each row is a part of its own. */
  readonly #names: WrittenNames | null;

  constructor(context: RunContext) {
    const { plan } = context;
    this.#place = plan.keys.findIndex((key) => key.kind === "attribute" && key.attribute.kind === "friendly_name");
    this.#names = this.#place < 0 ? null : WrittenNames.of(context, plan.class.code);
  }

  clear(): void {
    this.#keys.clear();
    this.#names?.clear();
  }

  /** To be called for what is written. @param key of the row; null: it has none */
  note(key: readonly StoredValue[] | null, plan: ObjectPlan): void {
    if (key !== null) this.#keys.add(key);
    this.#names?.note(plan);
  }

  add(key: readonly StoredValue[]): void {
    this.#keys.add(key);
  }

  /** Whether a row with this key may mean another object by now. */
  mayHave(key: readonly StoredValue[]): boolean {
    return this.#keys.mayHave(key) || this.#names?.mayHave([key[this.#place] ?? null]) === true;
  }
}
