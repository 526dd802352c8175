/**
 * What objects that wait to be written have of the attributes of a uniqueness rule: who has just got a value is found without asking the
 * database, which would have to write them first. So it is only where nothing that others have added can refuse or alter these.
 */
import { classOf, isColumn, isOrIsBelow } from "../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue, UniquenessRule } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import { CreatedInWait } from "./created_in_wait.ts";
import { rootsBehind } from "./roots_behind.ts";
import { named } from "./objects_in_the_way.ts";
import type { DuplicateProblem } from "./problems.ts";
import type { RunContext } from "./run_context.ts";
import type { PendingRow, WaitingRows } from "./told_with.ts";

export class HeldValues {
  /** By their values. */
  readonly #created = new CreatedInWait(({ plan }) =>
    plan.kind === "create" ? JSON.stringify(this.rule.attributes.map((code) => plan.initialValue(code))) : ""
  );

  private constructor(
    private readonly rule: UniquenessRule,
    private readonly told: ReadonlyMap<AttributeCode, ToldValue>,
  ) {}

  /** Null: others may have the values, too. @param told the attributes that are told of who has them */
  static of(context: RunContext, rule: UniquenessRule, told: readonly AttributeCode[]): HeldValues | null {
    const { plan, model, store, createTargets, someObjectsAreHidden } = context;
    const { attributes, unlessEmpty, declaredBy } = rule;
    if (model.hasNoUsers === true || someObjectsAreHidden || createTargets.size > 0) return null;
    if (!isOrIsBelow(model, plan.class.code, declaredBy) || !unlessEmpty.every((code) => attributes.includes(code))) {
      return null;
    }
    if (plan.direct.some(({ attribute }) => attribute !== "id" && attribute.kind === "link_set")) return null;
    if (store.mayRefuse(plan.class.code)) return null;
    const values = new Map<AttributeCode, ToldValue>();
    for (const code of [...attributes, ...told]) {
      const value = toldValue(context, classOf(model, declaredBy), code);
      if (value === null || attributes.includes(code) && value.kind !== "own") return null;
      if (told.includes(code)) values.set(code, value);
    }
    return new HeldValues(rule, values);
  }

  /** Who has them; null: nobody, or the database is to be asked. @param values of the rule's attributes */
  holder(waiting: WaitingRows, values: readonly StoredValue[]): PendingRow | null {
    return this.#created.find(waiting, JSON.stringify(values));
  }

  /** What is told of an object that is created. */
  async toldOf({ plan }: PendingRow): Promise<ReadonlyMap<AttributeCode, StoredValue>> {
    const values = new Map<AttributeCode, StoredValue>();
    if (plan.kind !== "create") return values;
    for (const [code, told] of this.told) {
      values.set(
        code,
        told.kind === "own" ? plan.initialValue(code) : await told.of(idIn(plan.initialValue(told.key))),
      );
    }
    return values;
  }
}

/** @param held null: the database is to be asked */
export function heldLook(
  context: RunContext,
  held: HeldValues | null,
  keyOf: (values: readonly StoredValue[]) => readonly StoredValue[],
  duplicate: (values: readonly StoredValue[], valueOf: (code: AttributeCode) => StoredValue) => DuplicateProblem,
): (values: readonly StoredValue[], waiting: WaitingRows) => Promise<DuplicateProblem | null> {
  return async (values, waiting) => {
    const holder = held?.holder(waiting, keyOf(values)) ?? null;
    if (held === null || holder === null || holder.newId === null) return null;
    const { plan, newId: id } = holder;
    holder.answersOthers = true;
    const toldOf = await held.toldOf(holder);
    const problem = duplicate(values, (code) => toldOf.get(code) ?? null);
    return { ...problem, ...named(context, [{ class: plan.class, id, values: null }]) };
  };
}

/** A value of the object's own, or of what its external key refers to. */
type ToldValue =
  | { readonly kind: "own" }
  | { readonly kind: "remote"; readonly key: AttributeCode; of(id: ObjectId | null): Promise<StoredValue> };

/** Null: it is stored otherwise than it is handed over, or what a run writes may change it. */
function toldValue(context: RunContext, { attributes }: ModelClass, code: AttributeCode): ToldValue | null {
  const attribute = attributes.get(code);
  if (attribute === undefined) return null;
  if (attribute.kind !== "external_field") {
    const isStored = isColumn(attribute) && attribute.kind !== "password" && attribute.kind !== "case_log";
    return isStored ? { kind: "own" } : null;
  }
  const { model, plan, store } = context;
  const key = attributes.get(attribute.key);
  if (key?.kind !== "external_key" || key.referenced !== undefined) return null;
  if (rootsBehind(model, key.target, attribute.attribute).has(plan.class.root)) return null;
  const remote = { class: key.target, conditions: ["id"], read: [attribute.attribute], includeHidden: true };
  const search = store.search(remote);
  const known = new Map<ObjectId, StoredValue>();
  let text = 0;
  return {
    kind: "remote",
    key: key.code,
    async of(id) {
      if (id === null) return null;
      const before = known.get(id);
      if (before !== undefined) return before;
      const [match] = await search.find([[id]]);
      const [value = null] = match?.kind === "one" ? await search.valuesOf(match.object) : [];
      const length = typeof value === "string" ? value.length : 0;
      if (known.size >= MOST_KNOWN || text + length > MOST_TEXT) {
        known.clear();
        text = 0;
      }
      text += length;
      known.set(id, value);
      return value;
    },
  };
}

/** So many values of what is referred to are kept, and so much text in UTF-16 code units. */
const MOST_KNOWN = 10_000;
const MOST_TEXT = 1024 * 1024;
