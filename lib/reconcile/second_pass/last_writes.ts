/** What is written and looked at when every row of the second reading was worked: what no row shows by itself. */
import type { ObjectUpdate } from "../../store/objects.ts";
import type { WriteRefusal } from "../../store/write_refusal.ts";
import type { ReachedObjects } from "../reached_objects.ts";
import type { RunContext } from "../run_context.ts";
import type { FirstResult } from "./first_results.ts";
import type { Attempt } from "./held_rows.ts";
import type { LateUpdates } from "./late_updates.ts";
import { RulesAtEnd } from "./rules_at_end.ts";
import type { SecondRow } from "./second_row.ts";

export interface LastWritesParts {
  readonly reached: ReachedObjects;
  readonly attempt: Attempt;
  readonly late: LateUpdates;
}

export class LastWrites {
  readonly #rules: RulesAtEnd;

  /** @param context with the plan of the second reading */
  constructor(private readonly context: RunContext, private readonly parts: LastWritesParts) {
    this.#rules = new RulesAtEnd(context, parts.reached, parts.attempt);
  }

  /** Whether a row has written what the rules at the end ask for, in either reading. */
  judges({ first: { outcome }, plan }: SecondRow): boolean {
    if (!this.#rules.isNeeded || outcome.kind === "created") return this.#rules.isNeeded;
    const before = outcome.kind === "updated" ? outcome.changes : [];
    return [...before, ...plan?.changes ?? []].some(({ attribute }) => this.#rules.askFor(attribute));
  }

  /** What the database has refused since it was last asked, by what was handed over. */
  async refusals(): Promise<ReadonlyMap<unknown, WriteRefusal>> {
    const refused = await this.context.store.settled();
    return new Map(refused.map(({ write, refusal }) => [write, refusal]));
  }

  /**
   * Puts off what was refused because another object has what it wants. Until its turn comes again, the object has no value: then others may
   * have what it had.
   * @returns false: that is refused as well
   */
  async putOff(row: number, update: ObjectUpdate): Promise<boolean> {
    const changes = update.changes.map((change) => ({ ...change, newValue: null }));
    this.context.store.update({ ...update, changes, isUnlogged: true });
    if ((await this.refusals()).size > 0) return false;
    this.parts.late.add({ row, update });
    return true;
  }

  /** @param results of all rows in the first reading, in order */
  async end(results: Iterable<FirstResult>): Promise<void> {
    const { attempt } = this.parts;
    // Rows that are to be tried again may mend what would be found.
    if (attempt.hasFailed || attempt.hasReleasable) return;
    await this.#writeLate();
    if (!attempt.hasFailed) await this.#findLoops();
    if (!attempt.hasFailed && this.#rules.isNeeded) await this.#rules.judge(results);
  }

  async #writeLate(): Promise<void> {
    const { late, attempt } = this.parts;
    if (late.isEmpty) return;
    for (const { row, update } of late.all()) {
      this.context.store.update(update);
      for (const refusal of (await this.refusals()).values()) {
        attempt.fail(row, { kind: "refused", reason: { kind: "refused", problems: [refusal] } });
      }
    }
  }

  async #findLoops(): Promise<void> {
    const { attempt, reached } = this.parts;
    const { plan, store } = this.context;
    for (const [index, { key }] of plan.externalKeys.entries()) {
      if (!key.hierarchical) continue;
      for (const id of await store.inLoops(plan.class.code, key.code)) {
        const row = reached.rowOf(plan.class.code, id);
        if (row !== null && attempt.hasChanged(row, index)) attempt.fail(row, { kind: "loop", key: index });
      }
    }
  }
}
