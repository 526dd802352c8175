/**
 * The rules of user accounts, for an undo as a whole: between its steps an account may well be without a profile. Those whose state it may
 * not end in are left out, with everything that belongs to them, when it is done once more.
 */
import { isOrIsBelow } from "../model/look_up.ts";
import type { ClassCode, Model, StoredValue } from "../model/model.ts";
import type { RuleProblem } from "../reconcile/rule_problem.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { valueFromLog } from "../store/value_from_log.ts";
import { accountFacts } from "../users/account_facts.ts";
import { type AccountEffect, type AccountState, NEW_ACCOUNT, stateOf } from "../users/account_effects.ts";
import { linkEndsOf } from "../users/account_links.ts";
import type { User } from "../users/user.ts";
import { USER } from "../users/user_classes.ts";
import { type AccountFacts, accountProblems } from "../users/user_rules.ts";
import type { StoredObjects } from "./stored_objects.ts";
import type { ImpossibleReason } from "./undo_outcome.ts";
import type { UndoStep } from "./undo_step.ts";

/** Accounts that an undo must leave alone, and why. */
export type LeftAccounts = ReadonlyMap<ObjectId, RuleProblem>;

export class TouchedAccounts {
  /** As they were before; null: not there. */
  readonly #before = new Map<ObjectId, AccountState | null>();
  #facts: AccountFacts | null = null;

  constructor(
    private readonly model: Model,
    private readonly objects: ObjectSearches,
    private readonly stored: StoredObjects,
    private readonly left: LeftAccounts,
  ) {}

  /** Whether objects of a class belong to accounts. */
  static concerns(model: Model, code: ClassCode): boolean {
    return model.hasNoUsers !== true && model.classes.has(code) &&
      (isOrIsBelow(model, code, USER.class) || linkEndsOf(model, code) !== null);
  }

  /**
   * Notes the accounts that steps are about to touch.
   * @param refuse told of steps that must be left
   * @returns the others
   */
  async look(
    steps: readonly UndoStep[],
    refuse: (step: UndoStep, reason: ImpossibleReason) => Promise<void>,
  ): Promise<readonly UndoStep[]> {
    const allowed: UndoStep[] = [];
    for (const step of steps) {
      const accounts = TouchedAccounts.concerns(this.model, step.class) ? await this.#accountsOf(step) : [];
      const problem = accounts.map((id) => this.left.get(id)).find((problem) => problem !== undefined);
      if (problem !== undefined) {
        await refuse(step, { kind: "account", problem });
        continue;
      }
      for (const id of accounts) await this.#note(id);
      allowed.push(step);
    }
    return allowed;
  }

  /** Accounts that ended as they must not. @param importer who takes the run back */
  async problems(importer: User): Promise<LeftAccounts> {
    const problems = new Map<ObjectId, RuleProblem>();
    const facts = this.#facts;
    if (facts === null) return problems;
    const effects: { readonly id: ObjectId; readonly effect: AccountEffect }[] = [];
    for (const [id, before] of this.#before) {
      const effect = await this.#effectOn(id, before);
      if (effect !== null) effects.push({ id, effect });
    }
    const all = await accountProblems(effects.map(({ effect }) => effect), importer, this.model, facts);
    if (all.length === 0) return problems;
    for (const { id, effect } of effects) {
      const [own] = await accountProblems([effect], importer, this.model, facts);
      if (own !== undefined) problems.set(id, own);
    }
    // Each alone would do no harm.
    const [joint] = all;
    if (problems.size === 0 && joint !== undefined) { for (const { id } of effects) problems.set(id, joint); }
    return problems;
  }

  async #note(id: ObjectId): Promise<void> {
    if (this.#before.has(id)) return;
    this.#facts ??= await factsNow(this.model, this.objects);
    const isThere = (await this.stored.read(USER.class, [id], [])).has(id);
    this.#before.set(id, isThere ? await stateOf(id, this.model, this.objects) : null);
  }

  async #effectOn(id: ObjectId, before: AccountState | null): Promise<AccountEffect | null> {
    const isThere = (await this.stored.read(USER.class, [id], [])).has(id);
    const after = isThere ? await stateOf(id, this.model, this.objects) : null;
    if (before === null) return after === null ? null : { id: null, before: NEW_ACCOUNT, after };
    // Touched is touched: its login may be another one.
    return { id, before, after };
  }

  async #accountsOf(step: UndoStep): Promise<readonly ObjectId[]> {
    const ends = linkEndsOf(this.model, step.class);
    if (ends === null) return [step.id];
    const key = this.model.classes.get(step.class)?.attributes.get(ends.user);
    const texts = step.kind === "create"
      ? [step.values.get(ends.user) ?? null]
      : step.kind === "update"
      ? [step.attributes.get(ends.user)?.before ?? null]
      : [];
    const logged: StoredValue[] = key === undefined ? [] : texts.map((text) => valueFromLog(key, text, this.objects));
    const stored = await this.stored.read(step.class, [step.id], [ends.user]);
    const ids = [...logged, stored.get(step.id)?.[0]].map((value) => idIn(value));
    return [...new Set(ids)].filter((id) => id !== null);
  }
}

/** What the rules ask of the database, as it is before anything is taken back. */
async function factsNow(model: Model, objects: ObjectSearches): Promise<AccountFacts> {
  const facts = accountFacts(model, objects);
  const [enabled, unlimited] = [await facts.enabledAdministrators(), await facts.unlimitedAdministrators()];
  return {
    ...facts,
    enabledAdministrators: () => Promise.resolve(enabled),
    unlimitedAdministrators: () => Promise.resolve(unlimited),
  };
}
