/** One uniqueness rule of a class, held against the objects that are stored. */
import { classOf, isConcerned, labelIn } from "../model/look_up.ts";
import type { AttributeCode, StoredValue, UniquenessRule } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { FoundObject, Match, ObjectSearch } from "../store/objects.ts";
import { heldLook, HeldValues } from "./held_values.ts";
import { MOST_NAMED, named } from "./objects_in_the_way.ts";
import { codeOfKey } from "./own_keys.ts";
import type { DuplicateProblem } from "./problems.ts";
import type { CheckedObject, RunContext } from "./run_context.ts";
import type { WaitingRows } from "./told_with.ts";
import { WrittenKeys } from "./written_keys.ts";

/** An object whose values are known before it is its turn. */
export interface PreparedObject {
  readonly object: CheckedObject;
  /** The values of `needed` that it will have. */
  readonly values: readonly StoredValue[];
  /** Whether the rule says anything of it. */
  readonly isConcerned: boolean;
}

export interface UniquenessCheck {
  readonly rule: UniquenessRule;
  /** What an object must tell: the attributes of the rule, then those that must not be empty. */
  readonly needed: readonly AttributeCode[];
  /** What must not be empty is among the attributes of the rule: nothing that is empty there is in anybody's way. */
  readonly isOfFullOnly: boolean;
  /** The values of `needed` as they are stored. */
  stored(id: ObjectId): Promise<readonly StoredValue[]>;
  /** Whether the rule says anything of an object with these values of `needed`. */
  concerns(values: readonly StoredValue[]): boolean;
  /** Asks at once who has the values that objects will have. */
  prepare(objects: readonly PreparedObject[]): Promise<void>;
  /** What `prepare` was told of an object, and found out; undefined: it was not asked about it. */
  prepared(object: CheckedObject): PreparedObject | undefined;
  /** Whether nobody else had these values when they were asked about, nor got them since. */
  isFree(object: PreparedObject): boolean;
  /** Who in wait has its values, which nobody had when they were asked about; null: nobody, or the database is to be asked. */
  held(object: PreparedObject, waiting: WaitingRows): Promise<DuplicateProblem | null>;
  /** Which of some values nobody has, or at most the object told with them; null: a new one. */
  areFree(
    asked: readonly { readonly id: ObjectId | null; readonly values: readonly StoredValue[] }[],
  ): Promise<boolean[]>;
  /** Notes that an object gets these values. */
  take(values: readonly StoredValue[]): void;
  /** The object that has these values already; null: there is none. @param isExempt objects that do not count */
  problem(values: readonly StoredValue[], isExempt: (id: ObjectId) => boolean): Promise<DuplicateProblem | null>;
  /** The same about an object that is not stored yet. It may keep a key to what the user may not see: that is not told. */
  duplicate(
    values: readonly StoredValue[],
    valueOf: (attribute: AttributeCode) => StoredValue,
  ): Promise<DuplicateProblem>;
}

export function createUniquenessCheck(context: RunContext, rule: UniquenessRule): UniquenessCheck {
  const { model, store, language, someObjectsAreHidden } = context;
  const template = labelIn(rule.messages, language, model, rule.name);
  const told = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const needed = [...rule.attributes, ...rule.unlessEmpty];
  const plan = { class: rule.declaredBy, conditions: rule.attributes, read: told, includeHidden: true };
  const search = store.search(plan);
  const isWhole = rule.unlessEmpty.length === 0;
  const keyOf = (values: readonly StoredValue[]) => isWhole ? values : values.slice(0, rule.attributes.length);
  const areFree = freeLook(search, keyOf);
  // Never cleared: V8 lets a map that was cleared hold what it had for as long as old objects are not collected.
  let prepared = new Map<CheckedObject, PreparedObject>();
  /** Those of them whose values were free. */
  let free = new Set<PreparedObject>();
  const taken = new WrittenKeys();
  const isAnswered = answeredByKeys(context, rule);
  const duplicate = duplicateOf(rule, template, told);
  const held = heldLook(context, HeldValues.of(context, rule, told), keyOf, duplicate);
  const isHidden = createHiddenLook(context, rule, told);
  const refersToHidden = createHiddenKeyLook(context, rule, told);
  return {
    rule,
    needed,
    isOfFullOnly: rule.unlessEmpty.every((code) => rule.attributes.includes(code)),
    async duplicate(values, valueOf) {
      const problem = duplicate(values, valueOf);
      const own = told.map((code) => problem.values[code] ?? null);
      return await refersToHidden(own) ? { kind: "duplicates_hidden_object", class: rule.declaredBy } : problem;
    },
    stored: storedLook(store.search({ ...plan, conditions: ["id"], read: needed }), needed),
    concerns: (values) => isConcerned(rule, values),
    async prepare(objects) {
      prepared = new Map();
      free = new Set();
      taken.clear();
      for (const one of objects) prepared.set(one.object, one);
      for (const one of objects) if (isAnswered(one)) free.add(one);
      const asked = objects.filter((one) => one.isConcerned && !free.has(one));
      const answers = await areFree(asked.map(({ object, values }) => ({ id: object.write.id, values })));
      asked.forEach((one, index) => answers[index] === true && free.add(one));
    },
    areFree,
    prepared: (object) => prepared.get(object),
    isFree: (one) => free.has(one) && !taken.mayHave(keyOf(one.values)),
    held: async (one, waiting) =>
      free.has(one) && taken.mayHave(keyOf(one.values)) ? await held(one.values, waiting) : null,
    take: (values) => taken.add(keyOf(values)),
    async problem(values, isExempt) {
      const others = (await search.all(keyOf(values))).filter((found) => !isExempt(found.id));
      const [other] = others;
      if (other === undefined) return null;
      const otherValues = await search.valuesOf(other);
      if (await isHidden(other, otherValues)) return { kind: "duplicates_hidden_object", class: rule.declaredBy };
      const isSeen = async (one: FoundObject) => one === other || !await isHidden(one, await search.valuesOf(one));
      const seen = someObjectsAreHidden ? await firstOf(others, isSeen) : others;
      return { ...duplicate(values, (code) => otherValues[told.indexOf(code)] ?? null), ...named(context, seen) };
    },
  };
}

/**
 * Whether nobody can have what a row would create: no object was found by its keys, and all of them are among the rule's attributes. What a
 * search overlooks, such as a blank at the end of a cell, the database refuses.
 */
function answeredByKeys(
  { plan: { keys } }: RunContext,
  { attributes, isHeldByDatabase }: UniquenessRule,
): (one: PreparedObject) => boolean {
  const isAnswered = isHeldByDatabase === true && keys.length > 0 &&
    keys.every((key) => key.kind !== "id" && attributes.includes(codeOfKey(key)));
  return ({ object }) => isAnswered && object.write.id === null;
}

/** Some of the objects: as many as tell whether there are more than are named. */
async function firstOf(
  objects: readonly FoundObject[],
  isSeen: (object: FoundObject) => Promise<boolean>,
): Promise<readonly FoundObject[]> {
  const seen: FoundObject[] = [];
  for (const one of objects.slice(0, MOST_NAMED + 1)) if (await isSeen(one)) seen.push(one);
  return seen;
}

/**
 * Whether the user may not see an object, or something that the sentence would tell of it: that may stand in objects behind it.
 * @param told the attributes that the sentence tells; the values are theirs
 */
function createHiddenLook(
  context: RunContext,
  rule: UniquenessRule,
  told: readonly AttributeCode[],
): (object: FoundObject, values: readonly StoredValue[]) => Promise<boolean> {
  const { store, someObjectsAreHidden } = context;
  if (!someObjectsAreHidden) return () => Promise.resolve(false);
  const visible = store.search({ class: rule.declaredBy, conditions: ["id"], read: told, includeHidden: false });
  const refersToHidden = createHiddenKeyLook(context, rule, told);
  return async (object, values) => {
    if (await refersToHidden(values)) return true;
    const [seen] = await visible.find([[object.id]]);
    if (seen?.kind !== "one") return true;
    return (await visible.valuesOf(seen.object)).some((value, index) => value !== values[index]);
  };
}

/** Whether an external key among what the sentence tells refers to what the user may not see. @param told their attributes */
function createHiddenKeyLook(
  { model, someObjectsAreHidden, hiddenTargets }: RunContext,
  { declaredBy }: UniquenessRule,
  told: readonly AttributeCode[],
): (values: readonly StoredValue[]) => Promise<boolean> {
  if (!someObjectsAreHidden) return () => Promise.resolve(false);
  const { attributes } = classOf(model, declaredBy);
  return async (values) => {
    for (const [index, code] of told.entries()) {
      const key = attributes.get(code);
      if (key?.kind !== "external_key") continue;
      if ((await hiddenTargets.among(key.target, [idIn(values[index])])).size > 0) return true;
    }
    return false;
  };
}

/** @param told the attributes that the sentence tells */
function duplicateOf(
  rule: UniquenessRule,
  template: string,
  told: readonly AttributeCode[],
): (...args: Parameters<UniquenessCheck["duplicate"]>) => DuplicateProblem & { readonly kind: "duplicate" } {
  return (values, valueOf) => ({
    kind: "duplicate",
    class: rule.declaredBy,
    rule: rule.name,
    template,
    objects: [],
    more: false,
    values: Object.fromEntries(told.map((code) => {
      const index = rule.attributes.indexOf(code);
      return [code, index < 0 ? valueOf(code) : values[index] ?? null];
    })),
  });
}

function freeLook(
  search: ObjectSearch,
  keyOf: (values: readonly StoredValue[]) => readonly StoredValue[],
): UniquenessCheck["areFree"] {
  return async (asked) => {
    const matches = asked.length === 0 ? [] : await search.find(asked.map(({ values }) => keyOf(values)));
    return asked.map(({ id }, index) => isFreeFor(id, matches[index]));
  };
}

function storedLook(byId: ObjectSearch, needed: readonly AttributeCode[]): UniquenessCheck["stored"] {
  return async (id) => {
    const [match] = await byId.find([[id]]);
    return match?.kind === "one" ? await byId.valuesOf(match.object) : needed.map(() => null);
  };
}

/** Nobody has the values, or the object itself. */
function isFreeFor(id: ObjectId | null, match: Match | undefined): boolean {
  return match?.kind === "none" || (match?.kind === "one" && match.object.id === id);
}

/** The blocking rules of every class that an object of the run may have. */
export function blockingRules(
  { model, plan, looksAt = () => true }: Pick<RunContext, "model" | "plan" | "looksAt">,
): UniquenessRule[] {
  const rules = new Map<string, UniquenessRule>();
  for (const code of [plan.class.code, ...plan.class.concreteClasses]) {
    for (const rule of classOf(model, code).uniquenessRules) {
      if (rule.blocking && looksAt(rule)) rules.set(`${rule.declaredBy}.${rule.name}`, rule);
    }
  }
  return [...rules.values()];
}
