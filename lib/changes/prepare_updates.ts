/** Attributes that the run changed: they are set back to what they were. */
import { classOf } from "../model/look_up.ts";
import type { Attribute, AttributeCode, StoredValue } from "../model/model.ts";
import { loggedValue } from "../store/logged_value.ts";
import type { ValueChange } from "../store/objects.ts";
import { valueFromLog } from "../store/value_from_log.ts";
import type { KeyTargets } from "./key_targets.ts";
import { deletedByRun, type PreparedStep, refuse, shown, type UndoContext } from "./undo_context.ts";
import type { KeptReason, LeftChange } from "./undo_outcome.ts";
import type { LoggedTexts, UpdateStep } from "./undo_step.ts";

/** An attribute that can be set back, and its texts. */
interface Part extends LoggedTexts {
  readonly attribute: Attribute;
}

/** @param steps of objects of one class, each object once */
export async function prepareUpdates(
  context: UndoContext,
  steps: readonly UpdateStep[],
  targets: KeyTargets,
): Promise<readonly PreparedStep[]> {
  const [first] = steps;
  if (first === undefined) return [];
  const ids = steps.map(({ id }) => id);
  const visible = await context.stored.visible(first.class, ids);
  const codes = columnsOf(context, steps);
  const current = await context.stored.read(first.class, [...visible], codes);
  const others = ids.filter((id) => !visible.has(id));
  const existing = await context.stored.read(first.class, others, []);
  const gone = await deletedByRun(context, first.class, others.filter((id) => !existing.has(id)));
  await targets.look(
    first.class,
    steps.map(({ attributes }) => new Map([...attributes].map(([c, t]) => [c, t.before]))),
  );
  const prepared: PreparedStep[] = [];
  for (const step of steps) {
    const values = current.get(step.id);
    if (values !== undefined) {
      const one = await prepareOne(
        context,
        step,
        new Map(codes.map((code, at) => [code, values[at] ?? null])),
        targets,
      );
      if (one !== null) prepared.push(one);
    } else if (existing.has(step.id) || (context.someAreHidden && !gone.has(step.id))) context.telling.hidden();
    else if (!gone.has(step.id)) keep(context, step, [...step.attributes.keys()], { kind: "deleted_elsewhere" });
  }
  return prepared;
}

/** The attributes of the steps whose values can be read. */
function columnsOf({ model }: UndoContext, steps: readonly UpdateStep[]): readonly AttributeCode[] {
  const codes = new Set(steps.flatMap(({ attributes }) => [...attributes.keys()]));
  return [...codes].filter((code) => {
    const attribute = classOf(model, steps[0]?.class ?? "").attributes.get(code);
    return attribute !== undefined && attribute.kind !== "link_set" && attribute.kind !== "password";
  });
}

async function prepareOne(
  context: UndoContext,
  step: UpdateStep,
  current: ReadonlyMap<AttributeCode, StoredValue>,
  targets: KeyTargets,
): Promise<PreparedStep | null> {
  const changes: ValueChange[] = [];
  const linkSets: ValueChange[] = [];
  for (const part of await partsOf(context, step)) {
    const { attribute, before, after } = part;
    if (attribute.kind === "link_set") {
      linkSets.push({ attribute: attribute.code, oldValue: after, newValue: before });
      continue;
    }
    const oldValue = current.get(attribute.code) ?? null;
    // It follows the attribute that makes an object obsolete.
    if (attribute.kind === "obsolescence_date") continue;
    const newValue = valueFromLog(attribute, before, context.objects);
    if (attribute.kind === "password") keep(context, step, [attribute.code], { kind: "password" });
    else if ((loggedValue(attribute, oldValue) ?? "") !== (after ?? "")) {
      keep(context, step, [attribute.code], { kind: "edited_elsewhere" });
    } else if (await isTargetThere(context, step, part, newValue, targets)) {
      changes.push({ attribute: attribute.code, oldValue, newValue: part.exact ?? newValue });
    }
  }
  changes.push(...dateChange(context, step, changes, current));
  return withLinkSets(context, step, changes, linkSets);
}

/** The date since when the object was obsolete, if it becomes so again. */
function dateChange(
  { model }: UndoContext,
  step: UpdateStep,
  changes: readonly ValueChange[],
  current: ReadonlyMap<AttributeCode, StoredValue>,
): readonly ValueChange[] {
  const { attributes, obsoleteWhen } = classOf(model, step.class);
  const [code, texts] = [...step.attributes].find(([code]) => attributes.get(code)?.kind === "obsolescence_date") ?? [];
  const becomesObsolete = changes.some(({ attribute, newValue }) =>
    attribute === obsoleteWhen?.attribute && newValue === obsoleteWhen.value
  );
  if (code === undefined || !becomesObsolete) return [];
  return [{ attribute: code, oldValue: current.get(code) ?? null, newValue: texts?.before ?? null }];
}

/** Those that the model knows; the others are told. */
async function partsOf(context: UndoContext, step: UpdateStep): Promise<readonly Part[]> {
  const { attributes } = classOf(context.model, step.class);
  const unknown: AttributeCode[] = [];
  const parts = [...step.attributes].flatMap(([code, texts]) => {
    const attribute = attributes.get(code);
    if (attribute !== undefined) return [{ attribute, ...texts }];
    unknown.push(code);
    return [];
  });
  for (const code of unknown) await refuse(context, step, { kind: "not_in_model" }, changeOfOne(code));
  return parts;
}

function changeOfOne(code: AttributeCode): LeftChange {
  return { kind: "update", attributes: [code] };
}

/** @returns false: it was told why not, or the step waits for the target */
async function isTargetThere(
  context: UndoContext,
  step: UpdateStep,
  { attribute, ...texts }: Part,
  value: StoredValue,
  targets: KeyTargets,
): Promise<boolean> {
  if (attribute.kind !== "external_key" || value === null) return true;
  const state = await targets.stateOf(attribute, value);
  switch (state) {
    case "there":
      return true;
    case "hidden":
      context.telling.hidden();
      return false;
    case "coming":
      targets.wait(attribute, value, { ...step, attributes: new Map([[attribute.code, texts]]) });
      return false;
    case "gone":
      await refuse(context, step, targets.goneReason(attribute, value), changeOfOne(attribute.code));
      return false;
  }
}

/** What was written of link sets stands for no column: the links have steps of their own. */
function withLinkSets(
  context: UndoContext,
  step: UpdateStep,
  changes: readonly ValueChange[],
  linkSets: readonly ValueChange[],
): PreparedStep | null {
  const { class: code, id } = step;
  const logLinkSets = () => {
    if (linkSets.length > 0) context.logLinkSets(linkSets.map((one) => ({ ...one, class: code, id })));
  };
  if (changes.length === 0) {
    logLinkSets();
    return null;
  }
  return {
    step: { ...step, attributes: new Map(changes.map((one) => [one.attribute, textsOf(step, one.attribute)])) },
    write: { class: code, id, changes },
    reversed: {
      object: shown(context, step),
      reversal: { kind: "set_back", attributes: changes.map(({ attribute }) => attribute) },
    },
    after: logLinkSets,
  };
}

function textsOf(step: UpdateStep, code: AttributeCode): LoggedTexts {
  return step.attributes.get(code) ?? { before: null, after: null };
}

function keep(context: UndoContext, step: UpdateStep, attributes: readonly AttributeCode[], reason: KeptReason): void {
  context.telling.kept({ object: shown(context, step), change: { kind: "update", attributes }, reason });
}
