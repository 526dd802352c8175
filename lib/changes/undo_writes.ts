/** The steps of an undo that nothing speaks against so far: written together, and told. */
import type { ClassCode } from "../model/model.ts";
import type { ObjectUpdate } from "../store/objects.ts";
import type { WriteRefusal } from "../store/write_refusal.ts";
import { type DeletionOrder, deletionOrder, withoutReferences } from "./deletion_order.ts";
import { type PreparedStep, refuse, type UndoContext } from "./undo_context.ts";
import type { ImpossibleReason } from "./undo_outcome.ts";
import type { DeletionStep, UndoStep } from "./undo_step.ts";
import { WriteChecks } from "./write_checks.ts";

/** Thrown within `together`, to take back what breaks a rule. */
class Broken extends Error {
  /** @param reason null: the user may not see what was written */
  constructor(readonly reason: ImpossibleReason | null) {
    super("a rule is broken");
  }
}

/** So many deletions at a time are done by statements of their own, with an entry of the log for each object, not for each attribute. */
const MANY_OBJECTS = 64;

export class UndoWrites {
  /** Deletions of objects to which others refer that the run has created, too. Null: none waits any more. */
  waiting: DeletionStep[] | null = [];
  /** Objects that refer to each other in rings do not wait: their keys are emptied, and they go together. */
  breaksRings = false;
  /** What frees objects of each other before they are deleted. */
  #emptied: readonly ObjectUpdate[] = [];
  readonly #checks: WriteChecks;

  /** @param prepare looks again at what may be done of steps of one kind and class */
  constructor(
    private readonly context: UndoContext,
    private readonly prepare: (steps: readonly UndoStep[]) => Promise<readonly PreparedStep[]>,
  ) {
    this.#checks = new WriteChecks(context);
  }

  /** The last one first. */
  takeWaiting(): readonly DeletionStep[] {
    const steps = this.waiting?.reverse() ?? [];
    this.waiting = [];
    return steps;
  }

  #tell(prepared: readonly PreparedStep[]): void {
    for (const one of prepared) {
      this.context.telling.reversed(one.reversed);
      one.after?.();
    }
  }

  async #writeInOrder(code: ClassCode, { inOrder, inRings }: DeletionOrder): Promise<void> {
    await this.write(inOrder, true);
    if (inRings.length === 0) return;
    const steps = inRings.flatMap(({ step }) => step.kind === "delete" ? [step] : []);
    if (!this.breaksRings && this.waiting !== null) {
      for (const step of steps) this.waiting.push(step);
    } else {
      this.#emptied = await withoutReferences(this.context, code, new Set(steps.map(({ id }) => id)));
      await this.write(await this.#again(inRings), true);
      this.#emptied = [];
    }
  }

  /** Nearly always nothing is refused; else halves are tried, down to the one at fault. @param isOrdered deletions were put in order */
  async write(prepared: readonly PreparedStep[], isOrdered = false): Promise<void> {
    const [first] = prepared;
    if (first === undefined) return;
    const broken = await this.#tryTogether(prepared);
    if (broken === null) this.#tell(prepared);
    else if (prepared.length > 1) {
      if (!isOrdered && first.step.kind === "delete") {
        const order = await deletionOrder(this.context, first.step.class, prepared);
        if (order !== null) return await this.#writeInOrder(first.step.class, order);
      }
      const half = Math.ceil(prepared.length / 2);
      await this.write(await this.#again(prepared.slice(0, half)), isOrdered);
      await this.write(await this.#again(prepared.slice(half)), isOrdered);
    } else if (broken.reason === null) this.context.telling.hidden();
    else await refuse(this.context, first.step, broken.reason);
  }

  /** Objects that were to go together may refer to each other, and now one of them may stay. */
  async #again(prepared: readonly PreparedStep[]): Promise<readonly PreparedStep[]> {
    if (prepared[0]?.step.kind !== "delete") return prepared;
    return await this.prepare(prepared.map(({ step }) => step));
  }

  /** @returns why nothing of it is left; null: all of it is done */
  async #tryTogether(prepared: readonly PreparedStep[]): Promise<Broken | null> {
    const [first] = prepared;
    if (first?.step.kind === "delete" && prepared.length >= MANY_OBJECTS && this.#emptied.length === 0) {
      const ids = prepared.map(({ step }) => step.id);
      const refusal = await this.context.objects.deleteMany(first.step.class, ids);
      return refusal === null ? null : new Broken(refusal);
    }
    try {
      const refusal: WriteRefusal | null = await this.context.objects.together(async () => {
        this.#handOver(prepared);
        const conflict = await this.#checks.conflictAmong(prepared);
        if (conflict !== null) throw new Broken(conflict.reason);
        if (this.context.someAreHidden && !await this.#areSeen(prepared)) throw new Broken(null);
      });
      return refusal === null ? null : new Broken(refusal);
    } catch (error) {
      if (error instanceof Broken) return error;
      throw error;
    }
  }

  #handOver(prepared: readonly PreparedStep[]): void {
    const { objects } = this.context;
    const [first] = prepared;
    if (first?.step.kind === "delete") {
      const ids = new Set(prepared.map(({ step }) => step.id));
      for (const update of this.#emptied) if (ids.has(update.id)) objects.update(update);
      objects.delete(first.step.class, prepared.map(({ step }) => step.id));
    }
    for (const { write } of prepared) {
      if (write === null) continue;
      if ("values" in write) objects.create(write);
      else objects.update(write);
    }
  }

  async #areSeen(prepared: readonly PreparedStep[]): Promise<boolean> {
    const [first] = prepared;
    if (first === undefined || first.step.kind === "delete") return true;
    const ids = prepared.map(({ step }) => step.id);
    return (await this.context.stored.visible(first.step.class, ids)).size === ids.length;
  }
}
