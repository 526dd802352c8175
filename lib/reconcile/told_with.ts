/** What the results of rows that were written are told with, asked for many rows at once: old and new values, and names. */
import type { ObjectId } from "../store/object_id.ts";
import type { NewObject, ObjectUpdate } from "../store/objects.ts";
import type { FriendlyNames } from "./friendly_name.ts";
import type { NewTarget } from "./new_targets.ts";
import { type NamesById, ObjectNames } from "./object_names.ts";
import type { ObjectPlan } from "./object_plan.ts";
import type { ReportedChanges } from "./reported_changes.ts";
import type { AskedRow } from "./row_questions.ts";
import type { ReportedChange, ReportedObject, RowResult } from "./row_result.ts";
import type { RunContext } from "./run_context.ts";

/** A row that was handed to the store. */
export interface PendingRow {
  readonly row: AskedRow;
  readonly object: ReportedObject;
  readonly write: NewObject | ObjectUpdate | null;
  readonly plan: ObjectPlan;
  /** Of a new object. */
  readonly newId: ObjectId | null;
  readonly isTwin: boolean;
  /** What it needs: those that are not there yet are created along with its object. */
  readonly targets: readonly NewTarget[];
  /** Whether rows behind it were answered from what was handed over for it, which nothing may refuse then. */
  answersOthers: boolean;
}

/** What waits to be told, in order. */
export type WaitingRows = readonly (RowResult | PendingRow)[];

/** What rows are told with when they are settled. */
export interface ToldFacts {
  readonly names: ReadonlyMap<ObjectId, string | null>;
  readonly changes: ReadonlyMap<ObjectPlan, readonly ReportedChange[]>;
  /** Those that a report asks for. */
  readonly objects: NamesById;
}

export class ToldWith {
  readonly #objectNames: ObjectNames;

  /** @param names null: no column shows friendly names */
  constructor(
    private readonly context: Pick<RunContext, "store" | "plan" | "shown">,
    private readonly names: FriendlyNames | null,
    private readonly changes: ReportedChanges,
  ) {
    this.#objectNames = new ObjectNames(context.store);
  }

  async of(rows: readonly PendingRow[]): Promise<ToldFacts> {
    return {
      names: await this.#namesOf(rows),
      changes: await this.#changesOf(rows),
      objects: await this.#objectNamesOf(rows),
    };
  }

  async #changesOf(rows: readonly PendingRow[]): Promise<ToldFacts["changes"]> {
    const newValues = this.context.shown.newValues();
    const isTold = ({ kind }: ObjectPlan) => kind === "update" || newValues;
    const plans = rows.flatMap((one) => isTold(one.plan) ? [one.plan] : []);
    if (plans.length === 0) return NO_CHANGES;
    const told = await this.changes.of(plans);
    return new Map(plans.map((plan, index) => [plan, told[index] ?? NO_VALUES]));
  }

  async #namesOf(rows: readonly PendingRow[]): Promise<ReadonlyMap<ObjectId, string | null>> {
    if (this.names === null) return NO_NAMES;
    const ids = rows.flatMap((one) => one.newId ?? []);
    if (ids.length === 0) return NO_NAMES;
    const names = await this.names.of(ids);
    return new Map(ids.map((id, index) => [id, names[index] ?? null]));
  }

  async #objectNamesOf(rows: readonly PendingRow[]): Promise<NamesById> {
    const { shown } = this.context;
    const isNamed = { create: shown.names("create"), update: shown.names("update") };
    if (!isNamed.create && !isNamed.update) return NO_OBJECTS;
    const ids = rows.flatMap((one) => isNamed[one.plan.kind] ? [idOf(one)] : []);
    return await this.#objectNames.of(this.context.plan.class.code, ids);
  }
}

const NO_VALUES: readonly ReportedChange[] = [];
const NO_CHANGES: ToldFacts["changes"] = new Map();
const NO_OBJECTS: NamesById = new Map();
const NO_NAMES: ReadonlyMap<ObjectId, string | null> = new Map();

/** Of its object. */
export function idOf({ plan, newId }: Pick<PendingRow, "plan" | "newId">): ObjectId {
  const id = plan.kind === "create" ? newId : plan.object.id;
  if (id === null) throw new Error("a new object has an id");
  return id;
}
