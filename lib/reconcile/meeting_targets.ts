/**
 * New targets of a row that would be twins: of each other, because two external keys name one object by other columns, or of the row's own
 * object, which refers to itself. Neither is there yet when the other is looked for, and the next run would find both.
 */
import { conditionsOf, type ExternalKeyColumns, withInner } from "../columns/plan.ts";
import { classOf, isColumn, isOrIsBelow } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import { comparedValue } from "./compared_value.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { NewTarget } from "./new_targets.ts";
import type { ObjectPlan } from "./object_plan.ts";
import { codeOfKey } from "./own_keys.ts";
import type { WriteProblem } from "./problems.ts";
import type { RunContext } from "./run_context.ts";

/** An object as it will be. */
interface Meeting {
  readonly class: ClassCode;
  /** What tells it from others. */
  readonly keys: readonly AttributeCode[];
  /** Undefined: it stays as it is. */
  valueOf(code: AttributeCode): StoredValue | undefined;
}

/** Whether a target that is created for one external key may be what another one means, by other columns. */
export function targetsMayMeet(
  { plan, model, createTargets }: RunContext,
  resolvers: readonly Pick<ExternalKeyResolver, "dependsOn">[],
): boolean {
  return plan.externalKeys.some(({ key }) =>
    createTargets.has(key.code) &&
    resolvers.filter((one) => one.dependsOn(classOf(model, key.target).root)).length > 1
  );
}

/**
 * Whether a new target is nothing but what its own external key means: no row is about it, and no other key finds it, but one that would
 * create the very same. What a limited user sees of it may depend on more.
 */
export function targetsStandApart({ plan, model, createTargets, someObjectsAreHidden }: RunContext): boolean {
  if (someObjectsAreHidden) return false;
  const creating = plan.externalKeys.filter(({ key }) => createTargets.has(key.code));
  const finding = withInner(plan.externalKeys);
  return creating.every((columns) => {
    const { root, code } = classOf(model, columns.key.target);
    const isApart = (other: ExternalKeyColumns) =>
      !isOrIsBelow(model, code, other.key.target) || (creating.includes(other) && createTheSame(columns, other));
    return root !== plan.class.root && finding.every(isApart);
  });
}

/** Whether what two external keys create from the same cells is one object. */
function createTheSame(one: ExternalKeyColumns, other: ExternalKeyColumns): boolean {
  return one.key.target === other.key.target && conditionsOf(one).join() === conditionsOf(other).join();
}

/** @param targets that are to be created along with the row's object; null: none would be a twin */
export function meetingTargets(
  context: RunContext,
  plan: ObjectPlan,
  targets: readonly NewTarget[],
): WriteProblem | null {
  const own = ownObject(context, plan);
  const before: (readonly [AttributeCode, Meeting])[] = [];
  for (const target of targets) {
    const { attribute, write } = target;
    const meeting = newObject(target);
    if (areTwins(context, own, meeting)) {
      return { kind: "target_twin", attribute, class: write.class, keys: target.keys, other: null };
    }
    const other = before.find(([, one]) => areTwins(context, one, meeting));
    if (other !== undefined) {
      return { kind: "target_twin", attribute, class: write.class, keys: target.keys, other: other[0] };
    }
    before.push([attribute, meeting]);
  }
  return null;
}

function newObject({ write, keys }: NewTarget): Meeting {
  return { class: write.class, keys, valueOf: (code) => write.values[write.attributes.indexOf(code)] ?? null };
}

/** What it has of attributes that are computed of others is not known: those others are its class's own keys, as a rule. */
function ownObject({ plan: { class: own, keys } }: RunContext, plan: ObjectPlan): Meeting {
  if (plan.kind === "update") {
    const changes = new Map(plan.changes.map(({ attribute, newValue }) => [attribute, newValue]));
    return { class: plan.object.class, keys: [], valueOf: (code) => changes.get(code) };
  }
  const codes = keys.map(codeOfKey);
  const areColumns = codes.every((code) => {
    const attribute = own.attributes.get(code);
    return attribute !== undefined && isColumn(attribute);
  });
  return { class: own.code, keys: areColumns ? codes : [], valueOf: (code) => plan.initialValue(code) };
}

function areTwins({ model }: RunContext, one: Meeting, other: Meeting): boolean {
  if (!isOrIsBelow(model, one.class, other.class) && !isOrIsBelow(model, other.class, one.class)) return false;
  return [one.keys, other.keys].some((keys) => {
    const isFilled = keys.some((code) => (one.valueOf(code) ?? "") !== "");
    return isFilled && keys.every((code) => {
      const [a, b] = [one.valueOf(code), other.valueOf(code)];
      if (a === undefined || b === undefined) return false;
      const compared = (value: StoredValue) => comparedValue(classOf(model, other.class), code, value) ?? "";
      return compared(a) === compared(b);
    });
  });
}
