/** Objects that the run deleted: they are created again, with their old ids and all their values. */
import { classOf, isColumn } from "../model/look_up.ts";
import type { Attribute, AttributeCode, ClassCode, Model, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import { valueFromLog } from "../store/value_from_log.ts";
import type { KeyTargets } from "./key_targets.ts";
import { type PreparedStep, refuse, shown, touchedByRun, type UndoContext } from "./undo_context.ts";
import type { ImpossibleReason } from "./undo_outcome.ts";
import type { CreationStep, UpdateStep } from "./undo_step.ts";

/** What a class's objects are written with; the same list for all of them, so that they are written together. */
interface Template {
  readonly attributes: readonly Attribute[];
  readonly codes: readonly AttributeCode[];
}

const templates = new WeakMap<Model, Map<ClassCode, Template>>();

/** @param steps of objects of one class */
export async function prepareCreations(
  context: UndoContext,
  steps: readonly CreationStep[],
  targets: KeyTargets,
): Promise<readonly PreparedStep[]> {
  const [first] = steps;
  if (first === undefined) return [];
  const ids = steps.map(({ id }) => id);
  const existing = await context.stored.read(first.class, ids, []);
  // It came and went in the run: nothing is to be taken back. An object that came behind has taken its id, and is gone by now.
  const upto = Math.max(...steps.map(({ position }) => position));
  const before = { log: context.log, run: context.run, span: { ...context.span, upto } };
  const passing = await touchedByRun(before, first.class, ids, "create");
  const wanted = steps.filter(({ id }) => !passing.has(id));
  await targets.look(first.class, wanted.map(({ values }) => values));
  const prepared: PreparedStep[] = [];
  const coming = new Set<ObjectId>();
  for (const step of wanted) {
    const problem = existing.has(step.id) ? { kind: "id_taken" } as const : missing(context, step);
    if (problem !== null) {
      await refuse(context, step, problem);
      continue;
    }
    const one = await prepareOne(context, step, targets, coming);
    if (one === null) continue;
    coming.add(step.id);
    prepared.push(one);
  }
  return prepared;
}

function missing({ model }: UndoContext, step: CreationStep): ImpossibleReason | null {
  const { attributes } = classOf(model, step.class);
  return [...step.values.keys()].every((code) => attributes.has(code)) ? null : { kind: "not_in_model" };
}

/** @param coming objects of the same class that are created before it @returns null: it waits, or was told why it cannot be */
async function prepareOne(
  context: UndoContext,
  step: CreationStep,
  targets: KeyTargets,
  coming: ReadonlySet<ObjectId>,
): Promise<PreparedStep | null> {
  const { class: code, id } = step;
  const template = templateOf(context.model, code);
  const values: StoredValue[] = [];
  const later: UpdateStep[] = [];
  for (const attribute of template.attributes) {
    const text = step.values.get(attribute.code) ?? null;
    const value = valueFromLog(attribute, text, context.objects);
    // Where the log is exact, what it does not tell was nothing.
    const written = step.exact.get(attribute.code) ?? context.log.exactNull ?? value;
    const target = attribute.kind === "external_key" ? idIn(value) : null;
    if (
      attribute.kind !== "external_key" || target === null || isAmong(context, step, attribute.target, target, coming)
    ) {
      values.push(written);
      continue;
    }
    const state = await targets.stateOf(attribute, value);
    if (state === "there") values.push(written);
    else if (state === "hidden") {
      context.telling.hidden();
      return null;
    } else if (state === "gone") {
      await refuse(context, step, targets.goneReason(attribute, value));
      return null;
    } else if (attribute.nullAllowed) {
      values.push(null);
      later.push(laterUpdate(step, attribute.code));
    } else {
      targets.wait(attribute, value, step);
      return null;
    }
  }
  return {
    step,
    write: { class: code, id, attributes: template.codes, values },
    reversed: { object: shown(context, step), reversal: { kind: "created_again" } },
    after: () => afterwards(context, step, template, later, targets),
  };
}

/** Fills a key when its target is there. */
function laterUpdate({ class: code, id, position, values, exact }: CreationStep, key: AttributeCode): UpdateStep {
  const texts = { before: values.get(key) ?? null, after: null, exact: exact.get(key) };
  return { kind: "update", class: code, id, position, attributes: new Map([[key, texts]]) };
}

/** The object refers to itself, or to one that is created just before it. */
function isAmong(
  { model }: UndoContext,
  step: CreationStep,
  target: ClassCode,
  id: ObjectId,
  coming: ReadonlySet<ObjectId>,
): boolean {
  return classOf(model, target).root === classOf(model, step.class).root && (id === step.id || coming.has(id));
}

function afterwards(
  context: UndoContext,
  step: CreationStep,
  { attributes }: Template,
  later: readonly UpdateStep[],
  targets: KeyTargets,
): void {
  for (const update of later) {
    for (const [code, { before }] of update.attributes) {
      const key = attributes.find((one) => one.code === code);
      if (key?.kind === "external_key") targets.wait(key, valueFromLog(key, before, context.objects), update);
    }
  }
  const passwords = attributes.filter(({ kind, code }) => kind === "password" && step.values.has(code));
  if (passwords.length === 0) return;
  const change = { kind: "update", attributes: passwords.map(({ code }) => code) } as const;
  context.telling.kept({ object: shown(context, step), change, reason: { kind: "password" } });
}

function isWritten(attribute: Attribute): boolean {
  return attribute.kind === "bytes" || (isColumn(attribute) && attribute.isGenerated !== true);
}

function templateOf(model: Model, code: ClassCode): Template {
  const known = templates.get(model) ?? new Map<ClassCode, Template>();
  templates.set(model, known);
  const template = known.get(code);
  if (template !== undefined) return template;
  const attributes = [...classOf(model, code).attributes.values()]
    .filter((attribute) => isWritten(attribute) || attribute.kind === "obsolescence_date");
  const made = { attributes, codes: attributes.map((attribute) => attribute.code) };
  known.set(code, made);
  return made;
}
