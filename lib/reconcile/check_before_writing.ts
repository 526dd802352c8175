/** The checks of a whole object: uniqueness, loops, what goes with links, and the rules of users. */
import { isOrIsBelow } from "../model/look_up.ts";
import type { AttributeCode, StoredValue } from "../model/model.ts";
import type { Consequence } from "../store/objects.ts";
import { createCaseLogCheck } from "./case_log_check.ts";
import { consequenceProblems, consequencesOf, type IsReached } from "./consequence_check.ts";
import { createLoopCheck } from "./loop_check.ts";
import type { DuplicateProblem, WriteProblem } from "./problems.ts";
import type { CheckedObject, RunContext } from "./run_context.ts";
import type { WaitingRows } from "./told_with.ts";
import { blockingRules, createUniquenessCheck, type PreparedObject, type UniquenessCheck } from "./uniqueness.ts";

export interface ObjectCheck {
  /** Whether it may ever find anything. */
  readonly isNeeded: boolean;
  /** Attributes that it must know of an object of which the file gives some. */
  asksFor(given: ReadonlySet<AttributeCode>): readonly AttributeCode[];
  /** Asks at once what would be asked for each of these objects. */
  prepare(objects: readonly CheckedObject[]): Promise<void>;
  /**
   * What speaks against the write; nothing: it may go on, and the check counts on it.
   * @param unknown attributes that nobody knows, in an object that is not written: what depends on them is left out, the rules of users too
   */
  problemsOf(object: CheckedObject, unknown?: ReadonlySet<AttributeCode>): Promise<readonly WriteProblem[]>;
  /**
   * Whether it is known at once that nothing does, as of nearly every object: the check then counts on the write.
   * @returns false: it is to be asked
   */
  isKnownGood(object: CheckedObject, unknown: ReadonlySet<AttributeCode>): boolean;
}

/**
 * @param isReached by a row before the one that is checked
 * @param waiting what was handed over and is not settled
 */
export function createObjectCheck(
  context: RunContext,
  isReached: IsReached,
  waiting: () => WaitingRows = () => NOTHING_WAITS,
): ObjectCheck {
  const unique = blockingRules(context).map((rule) => createUniquenessCheck(context, rule));
  const loops = context.plan.externalKeys.filter(({ key }) => key.hierarchical)
    .map(({ key }) => createLoopCheck(context, key));
  const logs = createCaseLogCheck(context);
  const hasLinkSets = context.plan.direct.some(({ attribute }) => attribute !== "id" && attribute.kind === "link_set");
  return {
    isNeeded: unique.length + loops.length > 0 || hasLinkSets || logs !== null || context.rules !== null,
    asksFor: (given) =>
      unique.filter(({ needed }) => needed.some((code) => given.has(code)))
        .flatMap(({ needed }) => needed).filter((code) => context.plan.class.attributes.has(code)),
    isKnownGood(object, unknown) {
      if (loops.length > 0 || logs !== null || hasLinkSets || context.rules !== null) return false;
      const looking = unique.filter((check) => mayConcern(context, check, object, unknown));
      if (!looking.every((check) => isKnownFree(check, object))) return false;
      for (const check of looking) check.take(check.prepared(object)?.values ?? []);
      return true;
    },
    async prepare(objects) {
      for (const check of unique) await check.prepare(preparedFor(context, check, objects));
      for (const check of loops) await check.prepare(objects);
      await context.rules?.prepare(objects);
    },
    async problemsOf(object, unknown = NOTHING_UNKNOWN) {
      const problems: WriteProblem[] = [];
      for (const check of unique) {
        if (!mayConcern(context, check, object, unknown)) continue;
        const problem = await heldBy(check, object, waiting()) ?? await duplicateOf(check, object);
        if (problem !== null) problems.push(problem);
      }
      for (const check of loops) problems.push(...await check.problemsOf(object));
      if (logs !== null) problems.push(...logs(object));
      const consequences = hasLinkSets ? await consequencesOf(context, object) : NO_CONSEQUENCES;
      if (consequences.length > 0) {
        problems.push(...await consequenceProblems(context, object, consequences, isReached));
      }
      if (context.rules !== null && unknown.size === 0) {
        problems.push(...await context.rules.check(object, consequences));
      }
      return problems;
    },
  };
}

const NOTHING_WAITS: WaitingRows = [];

/** What one in wait has of a new object, if it is known at once. */
async function heldBy(
  check: UniquenessCheck,
  object: CheckedObject,
  waiting: WaitingRows,
): Promise<DuplicateProblem | null> {
  const prepared = waiting.length === 0 || object.write.id !== null ? undefined : check.prepared(object);
  return prepared === undefined || !prepared.isConcerned ? null : await check.held(prepared, waiting);
}

const NOTHING_UNKNOWN: ReadonlySet<AttributeCode> = new Set();
const NO_CONSEQUENCES: readonly Consequence[] = [];

function mayConcern(
  context: RunContext,
  check: UniquenessCheck,
  object: CheckedObject,
  unknown: ReadonlySet<AttributeCode>,
): boolean {
  if (unknown.size > 0 && check.needed.some((code) => unknown.has(code))) return false;
  return concerns(context, check, object);
}

/** Whether nobody had the values of an object when it was asked about, nor got them since, or they may be anybody's. */
function isKnownFree(check: UniquenessCheck, object: CheckedObject): boolean {
  const prepared = check.prepared(object);
  return prepared !== undefined && (!prepared.isConcerned || check.isFree(prepared));
}

/** New objects may collide by their defaults, too; others only by what changes. */
function concerns(context: RunContext, check: UniquenessCheck, object: CheckedObject): boolean {
  const { rule, needed } = check;
  if (!isOrIsBelow(context.model, object.class, rule.declaredBy)) return false;
  const { id, changes } = object.write;
  if (id !== null) return needed.some((attribute) => changes.has(attribute));
  // What is empty in a new object can be nobody's: the rule asks for those that have it.
  return !check.isOfFullOnly || rule.unlessEmpty.every((code) => (object.initialValue(code) ?? "") !== "");
}

function preparedFor(
  context: RunContext,
  check: UniquenessCheck,
  objects: readonly CheckedObject[],
): readonly PreparedObject[] {
  const prepared: PreparedObject[] = [];
  for (const object of objects) {
    const values = concerns(context, check, object) ? knownValues(check, object) : null;
    if (values !== null) prepared.push({ object, values, isConcerned: check.concerns(values) });
  }
  return prepared;
}

async function duplicateOf(check: UniquenessCheck, object: CheckedObject): Promise<WriteProblem | null> {
  const { id } = object.write;
  const prepared = check.prepared(object);
  const values = prepared?.values ?? knownValues(check, object) ?? await storedValues(check, object);
  const isConcerned = prepared?.isConcerned ?? check.concerns(values);
  const isFree = !isConcerned || (prepared !== undefined && check.isFree(prepared));
  const problem = isFree ? null : await check.problem(values, (other) => other === id);
  // An object that the rule says nothing of is in the way of others all the same.
  if (problem === null) check.take(values);
  return problem;
}

/** The values that the object will have; null: some of them would have to be asked for. */
function knownValues(check: UniquenessCheck, object: CheckedObject): readonly StoredValue[] | null {
  const { id, changes } = object.write;
  if (id === null) return check.needed.map((code) => object.initialValue(code));
  const values: StoredValue[] = [];
  for (const code of check.needed) {
    const change = changes.get(code);
    const value = change === undefined ? object.knownValue(code) : change.after;
    if (value === undefined) return null;
    values.push(value);
  }
  return values;
}

async function storedValues(check: UniquenessCheck, { write }: CheckedObject): Promise<readonly StoredValue[]> {
  if (write.id === null) throw new Error("a new object tells all of its values");
  const stored = await check.stored(write.id);
  return check.needed.map((code, index) => {
    const change = write.changes.get(code);
    return change === undefined ? stored[index] ?? null : change.after;
  });
}
