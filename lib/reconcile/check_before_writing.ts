/** The checks of a whole object, made when all its cells are good: uniqueness, loops, and the rules of users. */
import * as sentences from "../messages/rows.ts";
import { attributeOf, classOf, isOrIsBelow, labelIn } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, ExternalKeyAttribute, StoredValue, UniquenessRule } from "../model/model.ts";
import type { ObjectSearch } from "../model/object_store.ts";
import { type PlannedWrite, type RunContext, shownId } from "./run_context.ts";

/** An object as it would be. */
export interface CheckedObject {
  readonly class: ClassCode;
  readonly write: PlannedWrite;
  /** The value that a new object would have. */
  initialValue(attribute: AttributeCode): StoredValue;
}

/** Sentences that speak against the write; none: it may go on. */
export type ObjectCheck = (object: CheckedObject) => string[];

/**
 * @param given the attributes that the file's columns give or feed
 * @param flush hands pending writes to the store, so that a search sees them
 */
export function createObjectCheck(
  context: RunContext,
  given: ReadonlySet<AttributeCode>,
  flush: () => void,
): ObjectCheck {
  const checks = [
    ...rulesOfClasses(context)
      .filter((rule) => rule.blocking && rule.attributes.some((attribute) => given.has(attribute)))
      .map((rule) => uniquenessCheck(context, rule, flush)),
    ...context.plan.externalKeys
      .filter(({ key }) => key.hierarchical)
      .map(({ key }) => loopCheck(context, key, flush)),
  ];
  return (object) => [
    ...checks.flatMap((check) => check(object)),
    ...(context.rules?.check(object.write) ?? []),
  ];
}

/** The rules of every class that an object of the run may have. */
function rulesOfClasses({ model, plan }: RunContext): UniquenessRule[] {
  const rules = new Map<string, UniquenessRule>();
  for (const code of [plan.class.code, ...plan.class.concreteClasses]) {
    for (const rule of classOf(model, code).uniquenessRules) rules.set(`${rule.declaredBy}.${rule.name}`, rule);
  }
  return [...rules.values()];
}

function uniquenessCheck(context: RunContext, rule: UniquenessRule, flush: () => void): ObjectCheck {
  const template = labelIn(rule.messages, context.language, context.model, rule.name);
  const shown = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const needed = [...rule.attributes, ...rule.unlessEmpty];
  const searchBy = lazySearch(context, rule.declaredBy);
  const valuesOf = (object: CheckedObject): StoredValue[] => {
    const { id, changes } = object.write;
    if (id === null) return needed.map((code) => object.initialValue(code));
    const match = searchBy(["id"], needed).find([[id]])[0];
    const current = match?.kind === "one" ? match.object.values : [];
    return needed.map((code, index) => {
      const change = changes.get(code);
      return change === undefined ? current[index] ?? null : change.after;
    });
  };
  return (object) => {
    const { id, changes } = object.write;
    if (!isOrIsBelow(context.model, object.class, rule.declaredBy)) return [];
    if (id !== null && !needed.some((attribute) => changes.has(attribute))) return [];
    if (id !== null) flush();
    const values = valuesOf(object);
    if (values.slice(rule.attributes.length).some((value) => (value ?? "") === "")) return [];
    flush();
    const key = values.slice(0, rule.attributes.length);
    const other = searchBy(rule.attributes, shown).all(key).find((found) => found.id !== id);
    if (other === undefined) return [];
    const word = (code: string) =>
      rule.attributes.includes(code) ? key[rule.attributes.indexOf(code)] : other.values[shown.indexOf(code)];
    return [template.replace(/\{(\w+)\}/g, (_, code) => String(word(code) ?? ""))];
  };
}

/** An object must not come below itself. */
function loopCheck(context: RunContext, key: ExternalKeyAttribute, flush: () => void): ObjectCheck {
  const searchBy = lazySearch(context, key.target);
  const parentOf = (id: number): StoredValue => {
    const match = searchBy(["id"], [key.code]).find([[id]])[0];
    return match?.kind === "one" ? match.object.values[0] ?? null : null;
  };
  return ({ write }) => {
    if (write.id === null) return [];
    flush();
    const parent = write.changes.get(key.code)?.after ?? null;
    const seen = new Set<StoredValue>();
    for (let above = parent; typeof above === "number" && !seen.has(above); above = parentOf(above)) {
      seen.add(above);
      if (above !== write.id) continue;
      const attribute = attributeOf(context.plan.class, key.code);
      const label = labelIn(attribute.labels, context.language, context.model, key.code);
      return [sentences.loopNotAllowed(label, key.code, shownId(context, key.target, Number(parent)))];
    }
    return [];
  };
}

/** Searches of one class, prepared when they are first asked for. */
function lazySearch(
  context: RunContext,
  modelClass: ClassCode,
): (conditions: readonly AttributeCode[], read: readonly AttributeCode[]) => ObjectSearch {
  const searches = new Map<string, ObjectSearch>();
  return (conditions, read) => {
    const name = conditions.join();
    const search = searches.get(name) ??
      context.store.search({ class: modelClass, conditions, read, includeHidden: true });
    searches.set(name, search);
    return search;
  };
}
