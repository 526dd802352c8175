/** What the steps of an undo work with. */
import type { Model } from "../model/model.ts";
import type { HiddenTargets } from "../reconcile/hidden_targets.ts";
import type { LoggedRuns, LogSpan } from "../store/logged_runs.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { LoggedChange, NewObject, ObjectStore, ObjectUpdate } from "../store/objects.ts";
import type { StoredObjects } from "./stored_objects.ts";
import type { ImpossibleReason, LaterRun, LeftChange, Reversed, ShownObject, UndoTelling } from "./undo_outcome.ts";
import type { UndoStep } from "./undo_step.ts";

export interface UndoContext {
  readonly model: Model;
  /** Those of the undo's own run: they see what it has written. */
  readonly objects: ObjectStore;
  readonly stored: StoredObjects;
  readonly hidden: HiddenTargets;
  /** The user is limited to some organisations. */
  readonly someAreHidden: boolean;
  readonly log: LoggedRuns;
  /** The run that is taken back, and where its entries are. */
  readonly run: number;
  readonly span: LogSpan;
  readonly telling: UndoTelling;
  laterRun(id: number): Promise<LaterRun>;
  /** What an update said of link sets is logged the other way round. */
  logLinkSets(changes: readonly LoggedChange[]): void;
}

/** A step that nothing speaks against so far. */
export interface PreparedStep {
  readonly step: UndoStep;
  /** Null: the object is deleted. */
  readonly write: NewObject | ObjectUpdate | null;
  readonly reversed: Reversed;
  /** To be done when it was written. */
  readonly after?: () => void;
}

export function shown({ objects }: UndoContext, { class: code, id }: Pick<UndoStep, "class" | "id">): ShownObject {
  return { class: code, id: objects.shownId(code, id) };
}

/** What the run did, of which the step takes nothing back. */
export function changeOf(step: UndoStep): LeftChange {
  if (step.kind === "delete") return { kind: "creation" };
  if (step.kind === "create") return { kind: "deletion" };
  return { kind: "update", attributes: [...step.attributes.keys()] };
}

/** Tells why a step cannot be done; not of objects that the user may not see, nor of such as are not there to be looked at. */
export async function refuse(
  context: UndoContext,
  step: UndoStep,
  reason: ImpossibleReason,
  change: LeftChange = changeOf(step),
): Promise<void> {
  const { someAreHidden, stored, telling } = context;
  if (someAreHidden && !(await stored.visible(step.class, [step.id])).has(step.id)) telling.hidden();
  else telling.impossible({ object: shown(context, step), change, reason });
}

/** Those of the objects that the run that is taken back has deleted, too: what stands in the way of their steps was told already. */
export async function deletedByRun(
  { log, span, run }: UndoContext,
  code: string,
  ids: readonly ObjectId[],
): Promise<ReadonlySet<ObjectId>> {
  return await touchedByRun({ log, span, run }, code, ids, "delete");
}

/** Those of the objects that the run that is taken back has created or deleted. */
export async function touchedByRun(
  { log, span, run }: Pick<UndoContext, "log" | "span" | "run">,
  code: string,
  ids: readonly ObjectId[],
  operation: "create" | "delete",
): Promise<ReadonlySet<ObjectId>> {
  if (ids.length === 0) return new Set();
  const touches = await log.touches(code, ids, span);
  return new Set(
    touches.flatMap((touch) => touch.run === run && touch.operation === operation ? [touch.objectId] : []),
  );
}
