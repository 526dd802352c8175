/** The steps of an undo, from the run's last change to its first: each is judged, prepared with its neighbours, written and told. */
import type { Breath } from "../breath.ts";
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode } from "../model/model.ts";
import type { WriteRefusal } from "../store/write_refusal.ts";
import type { EditsSince, ObjectHistory, Standing } from "./edits_since.ts";
import { KeyTargets } from "./key_targets.ts";
import { prepareCreations } from "./prepare_creations.ts";
import { prepareDeletions } from "./prepare_deletions.ts";
import { prepareUpdates } from "./prepare_updates.ts";
import type { TouchedAccounts } from "./touched_accounts.ts";
import { changeOf, type PreparedStep, refuse, shown, type UndoContext } from "./undo_context.ts";
import type { ImpossibleReason, LeftChange } from "./undo_outcome.ts";
import { type DeletionStep, type LoggedTexts, stepsBackwards, type UndoStep } from "./undo_step.ts";
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

export class UndoWork {
  readonly #targets: KeyTargets;
  readonly #checks: WriteChecks;
  /** Those that the database is ready to delete many objects of. */
  readonly #expected = new Set<ClassCode>();

  constructor(
    private readonly context: UndoContext,
    private readonly edits: EditsSince,
    private readonly accounts: TouchedAccounts,
    private readonly breath: Breath,
  ) {
    this.#targets = new KeyTargets(context);
    this.#checks = new WriteChecks(context);
  }

  /** Takes back what can be. @throws the reason of an interruption */
  async takeBack(): Promise<void> {
    const { context, breath } = this;
    for await (const steps of stepsBackwards(context.log, context.run)) {
      if (breath.isDue) await breath.take();
      const standing = await this.#standing(this.#known(steps));
      const allowed = await this.accounts.look(standing, (step, reason) => refuse(context, step, reason));
      for (const segment of segmentsOf(allowed, context.someAreHidden ? 1 : Infinity)) {
        await this.#work(segment);
      }
    }
    for (const { step, reason } of this.#targets.left()) {
      // Whether a limited user could see what never came nobody can say.
      if (context.someAreHidden) context.telling.hidden();
      else await refuse(context, step, reason);
    }
  }

  /** Those of classes that the model has; the others are told. */
  #known(steps: readonly UndoStep[]): readonly UndoStep[] {
    const { model, someAreHidden, telling } = this.context;
    const known = steps.filter((step) => model.classes.get(step.class)?.abstract === false);
    for (const step of known.length === steps.length ? [] : steps) {
      if (known.includes(step)) continue;
      if (someAreHidden) telling.hidden();
      else {telling.impossible({
          object: { class: step.class, id: Number(step.id) },
          change: changeOf(step),
          reason: { kind: "not_in_model" },
        });}
    }
    return known;
  }

  /** What of the steps is still as the run left it; what is not is told. */
  async #standing(steps: readonly UndoStep[]): Promise<readonly UndoStep[]> {
    const histories = await this.edits.histories(steps);
    const standing: UndoStep[] = [];
    for (const [index, step] of steps.entries()) {
      const history = histories[index];
      const left = history === undefined ? null : await this.#leftOf(step, history);
      if (left !== null) standing.push(left);
    }
    return standing;
  }

  async #leftOf(step: UndoStep, history: ObjectHistory): Promise<UndoStep | null> {
    if (step.kind === "create") return await this.#isLeft(step, history.whole(), changeOf(step)) ? step : null;
    if (step.kind === "delete") {
      return await this.#isLeft(step, history.created((code) => this.#isValue(step, code)), changeOf(step))
        ? step
        : null;
    }
    const attributes = new Map<string, LoggedTexts>();
    for (const [code, texts] of step.attributes) {
      const deciding = this.#deciding(step, code);
      const standing = history.attribute(deciding);
      if (deciding !== code) {
        if (standing.kind === "stands") attributes.set(code, texts);
      } else if (await this.#isLeft(step, standing, { kind: "update", attributes: [code] })) {
        attributes.set(code, texts);
      }
    }
    return attributes.size === 0 ? null : { ...step, attributes };
  }

  /** What is written of link sets says nothing of the object itself; the date since when it is obsolete follows another attribute. */
  #isValue(step: DeletionStep, code: string): boolean {
    const kind = classOf(this.context.model, step.class).attributes.get(code)?.kind;
    return kind !== "link_set" && kind !== "obsolescence_date";
  }

  /** The date since when an object is obsolete stands and falls with the attribute that makes it so. */
  #deciding(step: UndoStep, code: AttributeCode): AttributeCode {
    const { attributes, obsoleteWhen } = classOf(this.context.model, step.class);
    return attributes.get(code)?.kind === "obsolescence_date" ? obsoleteWhen?.attribute ?? code : code;
  }

  async #isLeft(step: UndoStep, standing: Standing, change: LeftChange): Promise<boolean> {
    if (standing.kind === "stands") return true;
    if (standing.kind === "taken_back") return false;
    const { context } = this;
    if (context.someAreHidden && !(await context.stored.visible(step.class, [step.id])).has(step.id)) {
      context.telling.hidden();
      return false;
    }
    const by = await context.laterRun(standing.by);
    context.telling.kept({ object: shown(context, step), change, reason: { kind: standing.kind, by } });
    return false;
  }

  /** @param segment steps of one kind and class, each object once */
  async #work(segment: readonly UndoStep[]): Promise<void> {
    const [first] = segment;
    if (first?.kind === "delete") await this.#expectDeletions(first.class);
    const prepared = await this.#prepare(segment);
    await this.#write(prepared);
    // What waited for these objects can follow now.
    if (first?.kind !== "create") return;
    const there = await this.context.stored.read(first.class, segment.map(({ id }) => id), []);
    for (const step of this.#targets.take(first.class, [...there.keys()])) await this.#work([step]);
  }

  async #expectDeletions(code: ClassCode): Promise<void> {
    if (this.#expected.has(code)) return;
    this.#expected.add(code);
    await this.context.objects.expectDeletions([code]);
  }

  async #prepare(segment: readonly UndoStep[]): Promise<readonly PreparedStep[]> {
    const { context } = this;
    const deletions = segment.filter((step) => step.kind === "delete");
    const updates = segment.filter((step) => step.kind === "update");
    const creations = segment.filter((step) => step.kind === "create");
    if (deletions.length > 0) return await prepareDeletions(context, deletions);
    if (updates.length > 0) return await prepareUpdates(context, updates, this.#targets);
    return await prepareCreations(context, creations, this.#targets);
  }

  /** Nearly always nothing is refused; else halves are tried, down to the one at fault. */
  async #write(prepared: readonly PreparedStep[]): Promise<void> {
    const [first] = prepared;
    if (first === undefined) return;
    const broken = await this.#tryTogether(prepared);
    if (broken === null) {
      for (const one of prepared) {
        this.context.telling.reversed(one.reversed);
        one.after?.();
      }
    } else if (prepared.length > 1) {
      const half = Math.ceil(prepared.length / 2);
      await this.#write(await this.#again(prepared.slice(0, half)));
      await this.#write(await this.#again(prepared.slice(half)));
    } else if (broken.reason === null) this.context.telling.hidden();
    else await refuse(this.context, first.step, broken.reason);
  }

  /** Objects that were to go together may refer to each other, and now one of them may stay. */
  async #again(prepared: readonly PreparedStep[]): Promise<readonly PreparedStep[]> {
    if (prepared[0]?.step.kind !== "delete") return prepared;
    return await this.#prepare(prepared.map(({ step }) => step));
  }

  /** @returns why nothing of it is left; null: all of it is done */
  async #tryTogether(prepared: readonly PreparedStep[]): Promise<Broken | null> {
    const [first] = prepared;
    if (first?.step.kind === "delete" && prepared.length >= MANY_OBJECTS) {
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

/** Neighbours of one kind and class, each object once. */
function segmentsOf(steps: readonly UndoStep[], most: number): readonly (readonly UndoStep[])[] {
  const segments: UndoStep[][] = [];
  let ids = new Set<UndoStep["id"]>();
  for (const step of steps) {
    const segment = segments.at(-1);
    const last = segment?.at(-1);
    const fits = last?.kind === step.kind && last.class === step.class && !ids.has(step.id);
    if (segment !== undefined && fits && segment.length < most) segment.push(step);
    else {
      segments.push([step]);
      ids = new Set();
    }
    ids.add(step.id);
  }
  return segments;
}
