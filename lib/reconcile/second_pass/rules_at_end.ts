/**
 * Uniqueness rules of which the later keys are a part: they are judged when all rows are filled, as on the way there the order of the rows
 * would count. Of two rows that want the same, the first one has it.
 */
import { isOrIsBelow } from "../../model/look_up.ts";
import type { AttributeCode, StoredValue } from "../../model/model.ts";
import type { FoundObject, ObjectSearch } from "../../store/objects.ts";
import type { ReachedObjects } from "../reached_objects.ts";
import { ROWS_TOGETHER } from "../row_dependence.ts";
import type { CheckedObject, RunContext } from "../run_context.ts";
import { blockingRules, createUniquenessCheck, type UniquenessCheck } from "../uniqueness.ts";
import type { FirstResult } from "./first_results.ts";
import type { Attempt } from "./held_rows.ts";

/** An object as it is now. */
interface Written {
  readonly row: number;
  readonly object: FoundObject;
  readonly values: readonly StoredValue[];
}

export class RulesAtEnd {
  readonly #checks: readonly UniquenessCheck[];
  readonly #read: readonly AttributeCode[];
  readonly #objects: ObjectSearch;

  /** @param context looks at these rules only */
  constructor(
    private readonly context: RunContext,
    private readonly reached: ReachedObjects,
    private readonly attempt: Attempt,
  ) {
    const { store, plan } = context;
    this.#checks = blockingRules(context).map((rule) => createUniquenessCheck(context, rule));
    const needed = this.#checks.flatMap((check) => check.needed);
    this.#read = [...new Set(needed)].filter((code) => plan.class.attributes.has(code));
    this.#objects = store.search({ class: plan.class.code, conditions: ["id"], read: this.#read, includeHidden: true });
  }

  get isNeeded(): boolean {
    return this.#checks.length > 0;
  }

  /** Whether the rules ask for an attribute. */
  askFor(attribute: AttributeCode): boolean {
    return this.#read.includes(attribute);
  }

  /** @param results of all rows, in order */
  async judge(results: Iterable<FirstResult>): Promise<void> {
    let row = 0;
    let asked: { readonly row: number; readonly result: FirstResult }[] = [];
    for (const result of results) {
      if (this.attempt.hasWritten(row) && result.reached !== null) asked.push({ row, result });
      row++;
      if (asked.length < ROWS_TOGETHER) continue;
      await this.#judgeSome(asked);
      asked = [];
    }
    await this.#judgeSome(asked);
  }

  async #judgeSome(asked: readonly { readonly row: number; readonly result: FirstResult }[]): Promise<void> {
    if (asked.length === 0) return;
    const matches = await this.#objects.find(asked.map(({ result }) => [result.reached?.id ?? null]));
    const written: Written[] = [];
    for (const [place, { row }] of asked.entries()) {
      const match = matches[place];
      if (match?.kind !== "one") continue;
      const { object } = match;
      written.push({ row, object, values: object.values ?? await this.#objects.valuesOf(object) });
    }
    for (const check of this.#checks) await this.#judgeBy(check, written);
    if (this.context.breath.isDue) await this.context.breath.take();
  }

  async #judgeBy(check: UniquenessCheck, all: readonly Written[]): Promise<void> {
    const { rule } = check;
    const concerned = all.filter(({ object }) => isOrIsBelow(this.context.model, object.class, rule.declaredBy));
    const prepared = concerned.map(({ object, values: known }) => {
      const values = check.needed.map((code) => known[this.#read.indexOf(code)] ?? null);
      return { object: asChecked(object), values, isConcerned: check.concerns(values) };
    });
    await check.prepare(prepared);
    for (const [place, { row, object }] of concerned.entries()) {
      const one = prepared[place];
      if (one === undefined || !one.isConcerned || check.isFree(one)) continue;
      const problem = await check.problem(one.values, (id) => id === object.id || this.#comesLater(row, object, id));
      if (problem === null) continue;
      // What is new is taken back, and has another id in the end.
      const told = problem.kind === "duplicate" ? { ...problem, objects: [], more: false } : problem;
      this.attempt.fail(row, { kind: "refused", reason: { kind: "refused", problems: [told] } });
    }
  }

  #comesLater(row: number, { class: code }: FoundObject, id: FoundObject["id"]): boolean {
    const other = this.reached.rowOf(code, id);
    return other !== null && other > row && this.attempt.hasWritten(other);
  }
}

function asChecked({ class: code, id }: FoundObject): CheckedObject {
  const write = { id, changes: new Map(), links: [] };
  return { class: code, write, initialValue: () => null, knownValue: () => undefined };
}
