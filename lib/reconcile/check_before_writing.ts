/** The checks of a whole object, made when all its cells are good: uniqueness, loops, and the rules of users. */
import * as sentences from "../messages/rows.ts";
import { attributeOf, classOf, isOrIsBelow, labelIn } from "../model/look_up.ts";
import type { AttributeCode, ExternalKeyAttribute, StoredValue, UniquenessRule } from "../model/model.ts";
import { preparedSearches } from "./prepared_searches.ts";
import { type CheckedObject, type RunContext, shownId } from "./run_context.ts";
import { createUniquenessCheck } from "./uniqueness.ts";
import { WrittenKeys } from "./written_keys.ts";

export interface ObjectCheck {
  /** Whether `prepare` is of any use. */
  readonly asksAhead: boolean;
  /** Asks at once what would be asked for each of these new objects. Nothing of what was decided before may wait to be written. */
  prepare(objects: readonly CheckedObject[]): void;
  /** Sentences that speak against the write; none: it may go on. */
  problemsOf(object: CheckedObject): string[];
}

type OneCheck = (object: CheckedObject) => string[];

/** A check whose questions can be asked for many new objects at once. */
interface AskedAhead {
  readonly rule: UniquenessRule;
  readonly check: OneCheck;
  prepare(objects: readonly CheckedObject[]): void;
}

/**
 * @param flush hands pending writes to the store, so that a search sees them
 * @param mayHaveValue whether an attribute of a new object may have one
 */
export function createObjectCheck(
  context: RunContext,
  flush: () => void,
  mayHaveValue: (attribute: AttributeCode) => boolean,
): ObjectCheck {
  const unique = rulesOfClasses(context).filter((rule) => rule.blocking).map((rule) =>
    uniquenessOf(context, rule, flush)
  );
  const ahead = unique.filter(({ rule }) => rule.unlessEmpty.every(mayHaveValue));
  const checks = [
    ...unique.map(({ check }) => check),
    ...context.plan.externalKeys
      .filter(({ key }) => key.hierarchical)
      .map(({ key }) => loopCheck(context, key, flush)),
  ];
  return {
    asksAhead: ahead.length > 0,
    prepare(objects) {
      for (const { prepare } of ahead) prepare(objects);
    },
    problemsOf(object) {
      const problems: string[] = [];
      for (const check of checks) problems.push(...check(object));
      if (context.rules !== null) problems.push(...context.rules.check(object));
      return problems;
    },
  };
}

/** The rules of every class that an object of the run may have. */
function rulesOfClasses({ model, plan }: RunContext): UniquenessRule[] {
  const rules = new Map<string, UniquenessRule>();
  for (const code of [plan.class.code, ...plan.class.concreteClasses]) {
    for (const rule of classOf(model, code).uniquenessRules) rules.set(`${rule.declaredBy}.${rule.name}`, rule);
  }
  return [...rules.values()];
}

/** New objects may collide by their defaults, too; others only by what changes. */
function uniquenessOf(context: RunContext, rule: UniquenessRule, flush: () => void): AskedAhead {
  const check = createUniquenessCheck(context, rule);
  /** Values that no object had when they were asked for, and those that may have been written since. */
  const free = new Set<string>();
  const written = new WrittenKeys();
  const concerns = (object: CheckedObject) => isOrIsBelow(context.model, object.class, rule.declaredBy);
  const valuesOf = ({ write: { id, changes }, initialValue }: CheckedObject): readonly StoredValue[] => {
    if (id === null) return check.needed.map(initialValue);
    flush();
    const current = check.stored(id);
    return check.needed.map((code, index) => {
      const change = changes.get(code);
      return change === undefined ? current[index] ?? null : change.after;
    });
  };
  const problemOf = (values: readonly StoredValue[], id: number | null): string | null => {
    const key = values.slice(0, rule.attributes.length);
    const isFree = free.has(JSON.stringify(key)) && !written.mayHave(key);
    if (!isFree) flush();
    const problem = isFree ? null : check.problem(values, (other) => other === id);
    if (problem === null) written.add(key);
    return problem;
  };
  return {
    rule,
    prepare(objects) {
      free.clear();
      written.clear();
      const asked = objects.filter(concerns).map(valuesOf).filter(check.concerns);
      const answers = check.areFree(asked);
      asked.forEach((values, index) => {
        if (answers[index] === true) free.add(JSON.stringify(values.slice(0, rule.attributes.length)));
      });
    },
    check(object) {
      const { id, changes } = object.write;
      if (!concerns(object)) return [];
      if (id !== null && !check.needed.some((attribute) => changes.has(attribute))) return [];
      const values = valuesOf(object);
      if (!check.concerns(values)) return [];
      const problem = problemOf(values, id);
      return problem === null ? [] : [problem];
    },
  };
}

/** An object must not come below itself. */
function loopCheck(context: RunContext, key: ExternalKeyAttribute, flush: () => void): OneCheck {
  const searchBy = preparedSearches(context, key.target, { includeHidden: true });
  const parentOf = (id: number): StoredValue => {
    const match = searchBy(["id"], [key.code]).find([[id]])[0];
    return match?.kind === "one" ? match.object.values[0] ?? null : null;
  };
  return ({ write }) => {
    const parent = write.changes.get(key.code)?.after ?? null;
    if (write.id === null || parent === null) return [];
    flush();
    const seen = new Set<StoredValue>();
    for (let above: StoredValue = parent; typeof above === "number" && !seen.has(above); above = parentOf(above)) {
      seen.add(above);
      if (above !== write.id) continue;
      const attribute = attributeOf(context.plan.class, key.code);
      const label = labelIn(attribute.labels, context.language, context.model, key.code);
      return [sentences.loopNotAllowed(label, key.code, shownId(context, key.target, Number(parent)))];
    }
    return [];
  };
}
