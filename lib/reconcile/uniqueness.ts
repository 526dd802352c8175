/** One uniqueness rule of a class, held against the objects that are stored. */
import { classOf, labelIn } from "../model/look_up.ts";
import type { AttributeCode, StoredValue, UniquenessRule } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { FoundObject, Match } from "../store/objects.ts";
import type { DuplicateProblem } from "./problems.ts";
import type { RunContext } from "./run_context.ts";
import { WrittenKeys } from "./written_keys.ts";

export interface UniquenessCheck {
  readonly rule: UniquenessRule;
  /** What an object must tell: the attributes of the rule, then those that must not be empty. */
  readonly needed: readonly AttributeCode[];
  /** The values of `needed` as they are stored. */
  stored(id: ObjectId): Promise<readonly StoredValue[]>;
  /** Whether the rule says anything of an object with these values of `needed`. */
  concerns(values: readonly StoredValue[]): boolean;
  /** Asks at once who has these values; each is the values of `needed`. */
  prepare(values: readonly (readonly StoredValue[])[]): Promise<void>;
  /** Whether it is known that nobody else has these values. @param id of the object that will have them; null: a new one */
  isFree(values: readonly StoredValue[], id: ObjectId | null): boolean;
  /** Notes that an object gets these values. */
  take(values: readonly StoredValue[]): void;
  /** The object that has these values already; null: there is none. @param isExempt objects that do not count */
  problem(values: readonly StoredValue[], isExempt: (id: ObjectId) => boolean): Promise<DuplicateProblem | null>;
  /** The same about an object that is not stored yet. */
  duplicate(values: readonly StoredValue[], valueOf: (attribute: AttributeCode) => StoredValue): DuplicateProblem;
}

export function createUniquenessCheck(context: RunContext, rule: UniquenessRule): UniquenessCheck {
  const { model, store, language } = context;
  const template = labelIn(rule.messages, language, model, rule.name);
  const told = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const needed = [...rule.attributes, ...rule.unlessEmpty];
  const plan = { class: rule.declaredBy, conditions: rule.attributes, read: told, includeHidden: true };
  const search = store.search(plan);
  const byId = store.search({ ...plan, conditions: ["id"], read: needed });
  const visibleById = store.search({ ...plan, conditions: ["id"], includeHidden: false });
  const keyOf = (values: readonly StoredValue[]) => values.slice(0, rule.attributes.length);
  const owners = new KnownOwners();

  const duplicate: UniquenessCheck["duplicate"] = (values, valueOf) => ({
    kind: "duplicate",
    class: rule.declaredBy,
    rule: rule.name,
    template,
    values: Object.fromEntries(told.map((code) => {
      const index = rule.attributes.indexOf(code);
      return [code, index < 0 ? valueOf(code) : values[index] ?? null];
    })),
  });
  // What the sentence would tell may stand in objects behind this one.
  const isHidden = async (object: FoundObject, values: readonly StoredValue[]): Promise<boolean> => {
    if (!context.someObjectsAreHidden) return false;
    const [seen] = await visibleById.find([[object.id]]);
    if (seen?.kind !== "one") return true;
    return (await visibleById.valuesOf(seen.object)).some((value, index) => value !== values[index]);
  };
  return {
    rule,
    needed,
    duplicate,
    async stored(id) {
      const [match] = await byId.find([[id]]);
      return match?.kind === "one" ? await byId.valuesOf(match.object) : needed.map(() => null);
    },
    concerns: (values) => values.slice(rule.attributes.length).every((value) => (value ?? "") !== ""),
    async prepare(values) {
      const keys = values.map(keyOf);
      owners.set(keys, keys.length === 0 ? [] : await search.find(keys));
    },
    isFree: (values, id) => owners.isFree(keyOf(values), id),
    take: (values) => owners.take(keyOf(values)),
    async problem(values, isExempt) {
      const other = (await search.all(keyOf(values))).find((found) => !isExempt(found.id));
      if (other === undefined) return null;
      const otherValues = await search.valuesOf(other);
      if (await isHidden(other, otherValues)) return { kind: "duplicates_hidden_object", class: rule.declaredBy };
      return duplicate(values, (code) => otherValues[told.indexOf(code)] ?? null);
    },
  };
}

/** Who had values when they were asked for, and which may have been taken since. */
class KnownOwners {
  /** Null: nobody. Values that several objects have are not in it. */
  readonly #owners = new Map<string, ObjectId | null>();
  readonly #taken = new WrittenKeys();

  set(keys: readonly (readonly StoredValue[])[], matches: readonly Match[]): void {
    this.#owners.clear();
    this.#taken.clear();
    keys.forEach((key, index) => {
      const match = matches[index];
      if (match?.kind === "none") this.#owners.set(JSON.stringify(key), null);
      else if (match?.kind === "one") this.#owners.set(JSON.stringify(key), match.object.id);
    });
  }

  isFree(key: readonly StoredValue[], id: ObjectId | null): boolean {
    const owner = this.#owners.get(JSON.stringify(key));
    return owner !== undefined && (owner === null || owner === id) && !this.#taken.mayHave(key);
  }

  take(key: readonly StoredValue[]): void {
    this.#taken.add(key);
  }
}

/** The blocking rules of every class that an object of the run may have. */
export function blockingRules({ model, plan }: RunContext): UniquenessRule[] {
  const rules = new Map<string, UniquenessRule>();
  for (const code of [plan.class.code, ...plan.class.concreteClasses]) {
    for (const rule of classOf(model, code).uniquenessRules) {
      if (rule.blocking) rules.set(`${rule.declaredBy}.${rule.name}`, rule);
    }
  }
  return [...rules.values()];
}
