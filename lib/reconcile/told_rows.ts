/** The results of rows, kept until the database has taken what they say was written. */
import type { ObjectId } from "../store/object_id.ts";
import type { NewObject } from "../store/objects.ts";
import type { WriteRefusal } from "../store/write_refusal.ts";
import type { FriendlyNames } from "./friendly_name.ts";
import type { HandedOver, RefusedAtOnce } from "./object_writer.ts";
import type { ChangedAttributes } from "./row_cells.ts";
import { type Change, changedAttributes, type Creation, type ObjectPlan } from "./object_plan.ts";
import type { NamesInWait } from "./names_in_wait.ts";
import type { ReportedChanges } from "./reported_changes.ts";
import type { AskedRow } from "./row_questions.ts";
import type { NewTarget } from "./new_targets.ts";
import type {
  ReachedObject,
  Rejection,
  ReportedChange,
  ReportedObject,
  ReportedTarget,
  RowOutcome,
  RowResult,
} from "./row_result.ts";
import { reportedObject } from "./reported_object.ts";
import type { RowEnds } from "./row_ends.ts";
import type { RowTeller } from "./row_teller.ts";
import { idOf, type PendingRow, type ToldFacts, ToldWith, type WaitingRows } from "./told_with.ts";
import type { RunContext } from "./run_context.ts";

/** So much text may be kept, in UTF-16 code units. */
const MOST_TEXT = 1024 * 1024;

export class ToldRows {
  /** In order; the first one is pending, or it would have been told. */
  #rows: (RowResult | PendingRow)[] = [];
  #text = 0;
  #tell: (result: RowResult) => void = () => {};
  readonly #toldWith: ToldWith;

  /**
   * @param names null: no column shows friendly names
   * @param inWait null: no report shows names
   */
  constructor(
    private readonly context: Pick<
      RunContext,
      "store" | "plan" | "shown" | "newObjectsAreMarked"
    >,
    private readonly teller: RowTeller,
    private readonly names: FriendlyNames | null,
    changes: ReportedChanges,
    private readonly ends: RowEnds,
    private readonly inWait: NamesInWait | null,
  ) {
    this.#toldWith = new ToldWith(context, names, changes);
  }

  /** @param tell is told the rows from now on */
  tellTo(tell: (result: RowResult) => void): void {
    this.#tell = tell;
  }

  /** What is kept, in order: another list when it has been told. */
  get waiting(): WaitingRows {
    return this.#rows;
  }

  /** More should not be kept. */
  get isMuch(): boolean {
    return this.#text > MOST_TEXT;
  }

  /** Whether the write of a row may still be refused. @param index of the row */
  isPending(index: number): boolean {
    const first = this.#rows[0];
    return first !== undefined && isPending(first) && first.row.index <= index;
  }

  /** @param others what else speaks against the row */
  rejectedEarly(row: AskedRow, reason: Rejection, others: readonly Rejection[]): void {
    this.ends.rejected(row, reason, others);
    // A row with a wrong date names no object (golden decisions, b-upd-same-date).
    const object = reason.kind === "object_exists" ? this.#objectOf(row) : null;
    this.#add(this.teller.rejectedEarly(row, reason, object, row.read, others));
  }

  rejected(row: AskedRow, reason: Rejection, changed: ChangedAttributes, others: readonly Rejection[] = []): void {
    this.ends.rejected(row, reason, others);
    const object = this.#objectOf(row);
    this.#add(this.teller.rejected(row, reason, object, matched(row), row.read, changed, others));
  }

  unchanged(row: AskedRow): void {
    const object = this.#objectOf(row);
    if (object === null) throw new Error("a row without an object cannot leave it alone");
    this.ends.loaded(row, false, null);
    this.#add(this.teller.done(row, { kind: "unchanged", object }, matched(row), row.read, NO_ATTRIBUTES, null));
  }

  skipped(row: AskedRow): void {
    this.ends.skipped(row);
    this.#add(this.teller.skipped(row, this.#objectOf(row)));
  }

  /** @param isTwin an earlier row says otherwise of its links */
  created(row: AskedRow, written: HandedOver | RefusedAtOnce, plan: Creation, isTwin: boolean): void {
    if (written.refusal !== null) return this.rejected(row, refused(written.refusal), "all");
    const { id, write, targets } = written;
    this.#wait({ row, object: this.#reported(plan.class, id), write, plan, newId: id, isTwin, targets });
  }

  /** @param isTwin an earlier row has reached the object */
  updated(row: AskedRow, written: HandedOver | RefusedAtOnce, plan: Change, isTwin: boolean): void {
    if (written.refusal !== null) return this.rejected(row, refused(written.refusal), changedAttributes(plan));
    const { write, targets } = written;
    const object = this.#objectOf(row);
    if (object === null) throw new Error("a row without an object cannot update it");
    for (const { oldValue } of plan.changes) if (typeof oldValue === "string") this.#text += oldValue.length;
    for (const { before } of plan.linkSets) this.#text += before.length;
    this.#wait({ row, object, write, plan, newId: null, isTwin, targets });
  }

  /** Whether what is kept is to be told before a row is written, which would change a name in it. */
  mayRename(plan: ObjectPlan): boolean {
    return this.inWait?.mayChange(plan) === true;
  }

  /** To be awaited before a row that may change what a row before it has made: names are told as they were then. */
  async beforeChange(): Promise<void> {
    if (this.names !== null && this.#rows.length > 0) await this.settle();
  }

  /** Lets the store write, and tells everything that is kept. */
  async settle(): Promise<void> {
    const refusals = new Map((await this.context.store.settled()).map(({ write, refusal }) => [write, refusal]));
    const rows = this.#rows;
    this.#rows = [];
    this.#text = 0;
    this.inWait?.clear();
    const told = await this.#toldWith.of(rows.filter(isPending));
    for (const one of rows) {
      if (!isPending(one)) this.#tell(one);
      else this.#tell(this.#final(one, refusals.size === 0 ? undefined : refusals.get(one.write ?? NO_WRITE), told));
    }
  }

  #wait(handedOver: Omit<PendingRow, "answersOthers">): void {
    const pending = { ...handedOver, answersOthers: false };
    this.#rows.push(pending);
    this.inWait?.note(pending.plan, idOf(pending));
  }

  /** What waits for nothing is told at once. */
  #add(result: RowResult): void {
    if (this.#rows.length === 0) this.#tell(result);
    else this.#rows.push(result);
  }

  #final(
    { row, object, write, plan, newId, isTwin, targets, answersOthers }: PendingRow,
    refusal: WriteRefusal | undefined,
    { names, changes, objects }: ToldFacts,
  ): RowResult {
    const changed: ChangedAttributes = plan.kind === "create" ? "all" : changedAttributes(plan);
    if (refusal !== undefined) {
      if (answersOthers) throw new Error(`refused, though nothing should: ${refusal.text}`);
      this.ends.refused(row, idOf({ plan, newId }));
      const reason = refused(refusal);
      this.ends.rejected(row, reason, []);
      return this.teller.rejected(row, reason, this.#objectOf(row), matched(row), row.read, changed);
    }
    this.ends.loaded(row, isTwin, newId);
    const told = changes.get(plan) ?? NO_VALUES;
    const name = objects.get(idOf({ plan, newId }));
    const named = name === undefined ? object : { ...object, name };
    const written = plan.kind === "create"
      ? { kind: "created", object: named, values: told } as const
      : { kind: "updated", object: named, changes: told } as const;
    const created = targets.length === 0 ? targets : targets.filter(({ one }) => !one.isWritten);
    const outcome: RowOutcome = created.length === 0 ? written : { ...written, targets: this.#written(created) };
    const reached = write ?? (newId === null ? matched(row) : { class: plan.class, id: newId });
    return this.teller.done(row, outcome, reached, row.read, changed, newId === null ? null : names.get(newId) ?? null);
  }

  /** The object that a row matched; null: none. */
  #objectOf({ match }: AskedRow): ReportedObject | null {
    return match?.kind === "one" ? this.#reported(match.object.class, match.object.id) : null;
  }

  /** Rows are told in the order in which the store has written them: the first that needs a target has created it. */
  #written(targets: readonly NewTarget[]): readonly ReportedTarget[] {
    for (const { one } of targets) one.isWritten = true;
    return targets.map(({ attribute, write }) => ({ attribute, ...this.#reported(write.class, write.id) }));
  }

  #reported(modelClass: string, id: ObjectId): ReportedObject {
    const { store, newObjectsAreMarked } = this.context;
    const object = reportedObject(store, modelClass, id);
    return newObjectsAreMarked && store.isNew(modelClass, id) ? { ...object, isNew: true } : object;
  }
}

function matched({ match }: AskedRow): ReachedObject | null {
  return match?.kind === "one" ? match.object : null;
}

const NO_ATTRIBUTES: ReadonlySet<string> = new Set();
const NO_VALUES: readonly ReportedChange[] = [];
/** Stands for writes that were settled at once. */
const NO_WRITE = {} as NewObject;

function isPending(one: WaitingRows[number]): one is PendingRow {
  return "row" in one;
}

function refused(refusal: WriteRefusal): Rejection {
  return { kind: "refused", problems: [refusal] };
}
