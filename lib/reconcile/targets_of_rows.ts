/** What rows that may create targets need beside others (SPEC 16, `create_targets`). */
import { classOf } from "../model/look_up.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import { meetingTargets, targetsMayMeet, targetsStandApart } from "./meeting_targets.ts";
import type { KeyTarget } from "./key_target.ts";
import { isToCreate, type NewTarget, targetsToCreate } from "./new_targets.ts";
import type { ObjectPlan } from "./object_plan.ts";
import type { WriteProblem } from "./problems.ts";
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";
import { TargetsBefore } from "./targets_before.ts";

const NO_PROBLEMS: readonly WriteProblem[] = [];
const NO_KEYS: readonly KeyTarget[] = [];

export class TargetsOfRows {
  /** A target that is created for one external key may be what another one means, by other columns. */
  readonly #mayMeet: boolean;
  /** A new target is an object of the class that is loaded: rows may find it by what it is left without. */
  readonly #areOwn: boolean;
  /** A new target is nothing but what its external key means. */
  readonly #areApart: boolean;
  /** How many had been handed over when rows were asked about. */
  #before = 0;

  private constructor(private readonly context: RunContext, resolvers: readonly ExternalKeyResolver[]) {
    this.#mayMeet = targetsMayMeet(context, resolvers);
    const { plan, model, createTargets } = context;
    this.#areOwn = plan.externalKeys.some(({ key }) =>
      createTargets.has(key.code) && classOf(model, key.target).root === plan.class.root
    );
    this.#areApart = targetsStandApart(context);
  }

  /** Null: the run creates none. */
  static of(context: RunContext, resolvers: readonly ExternalKeyResolver[]): TargetsOfRows | null {
    return context.createTargets.size === 0 ? null : new TargetsOfRows(context, resolvers);
  }

  /** To be called before many records are asked about: rows of others do not wait for any target. */
  begin(): void {
    this.context.newTargets.clear();
  }

  /** To be called when rows were asked about. */
  asked(): void {
    this.#before = this.context.newTargets.handedOver;
  }

  /**
   * How many of the first rows may be asked about together: those before one whose targets may be others when a target of a row before it is
   * there, or get their ids before that one.
   * @param ifNew the targets of each row if there is no object for it; null: the same
   */
  together(
    rows: readonly Pick<AskedRow, "targets">[],
    ifNew: readonly (readonly KeyTarget[])[] | null,
  ): number {
    const before = new TargetsBefore(this.#areApart);
    for (const [place, { targets }] of rows.entries()) {
      const others = ifNew?.[place] ?? NO_KEYS;
      if (place > 0 && before.areInTheWay(targets, others)) return place;
      before.add(targets, others);
    }
    return rows.length;
  }

  /** Whether what a row was asked about may have changed since: a new target may be what it would create, or what it means itself. */
  isBehind({ form, match, targets }: AskedRow): boolean {
    const { newTargets } = this.context;
    if (this.#before === newTargets.handedOver || form !== null) return false;
    if (this.#areApart) return newTargets.areClaimed(targets);
    return match?.kind !== "one" || this.#areOwn || this.#mayMeet ||
      targets.some((target) => !target.ok || isToCreate(target));
  }

  /** What a row is to create beside its object. */
  needed({ read }: AskedRow): readonly NewTarget[] {
    return targetsToCreate(read.targets);
  }

  /** What speaks against creating these. @param plan of the row */
  problems(plan: ObjectPlan, targets: readonly NewTarget[]): readonly WriteProblem[] {
    // One that is apart is at most what another one of its row is.
    const isAlone = targets.length <= (this.#areApart ? 1 : 0);
    const meeting = isAlone ? null : meetingTargets(this.context, plan, targets);
    return meeting === null ? NO_PROBLEMS : [meeting];
  }
}
