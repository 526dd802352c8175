/** The steps of an undo, from the run's last change to its first: each is judged, prepared with its neighbours, written and told. */
import type { Breath } from "../breath.ts";
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode } from "../model/model.ts";
import type { EditsSince, ObjectHistory, Standing } from "./edits_since.ts";
import { KeyTargets } from "./key_targets.ts";
import { keysLeftEmpty } from "./keys_left_empty.ts";
import { prepareCreations } from "./prepare_creations.ts";
import { prepareDeletions } from "./prepare_deletions.ts";
import { prepareUpdates } from "./prepare_updates.ts";
import type { TouchedAccounts } from "./touched_accounts.ts";
import { changeOf, type PreparedStep, refuse, shown, type UndoContext } from "./undo_context.ts";
import type { LeftChange } from "./undo_outcome.ts";
import { UndoWrites } from "./undo_writes.ts";
import { type DeletionStep, type LoggedTexts, stepsBackwards, type UndoStep } from "./undo_step.ts";

/** So many deletions that had to wait are looked at together. */
const MOST_TOGETHER = 4096;

export class UndoWork {
  readonly #targets: KeyTargets;
  readonly #writes: UndoWrites;
  /** Those that the database is ready to delete many objects of. */
  readonly #expected = new Set<ClassCode>();

  constructor(
    private readonly context: UndoContext,
    private readonly edits: EditsSince,
    private readonly accounts: TouchedAccounts,
    private readonly breath: Breath,
  ) {
    this.#targets = new KeyTargets(context);
    this.#writes = new UndoWrites(context, (steps) => this.#prepare(steps));
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
    await this.#workWaiting();
    for (const step of this.#targets.takeUnnamed()) await this.#work([step]);
    for (const { step, reason } of this.#targets.left()) {
      // Whether a limited user could see what never came nobody can say.
      if (context.someAreHidden) context.telling.hidden();
      else await refuse(context, step, reason);
    }
  }

  /**
   * From the last one that had to wait to the first, as those before it in the file are gone then. When none of them can go, rings are
   * broken; what is left then is told.
   */
  async #workWaiting(): Promise<void> {
    const writes = this.#writes;
    let before = Infinity;
    for (;;) {
      const steps = writes.takeWaiting();
      writes.breaksRings = steps.length >= before;
      await this.#workByClass(steps, writes.breaksRings ? Infinity : MOST_TOGETHER);
      if (writes.breaksRings ? writes.waiting?.length === steps.length : steps.length === 0) break;
      before = steps.length;
    }
    const left = writes.takeWaiting();
    writes.waiting = null;
    await this.#workByClass(left, MOST_TOGETHER);
  }

  async #workByClass(steps: readonly DeletionStep[], most: number): Promise<void> {
    for (const some of Map.groupBy(steps, (step) => step.class).values()) {
      for (const segment of segmentsOf(some, most)) {
        if (this.breath.isDue) await this.breath.take();
        await this.#work(segment);
      }
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
          object: { class: step.class, id: step.id },
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
    if (step.kind === "create") {
      const whole = history.whole();
      if (whole.kind === "taken_back") return await keysLeftEmpty(this.context, step, history);
      return await this.#isLeft(step, whole, changeOf(step)) ? step : null;
    }
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
    await this.#writes.write(prepared);
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
    if (deletions.length > 0) return await prepareDeletions(context, deletions, this.#writes.waiting);
    if (updates.length > 0) return await prepareUpdates(context, updates, this.#targets);
    return await prepareCreations(context, creations, this.#targets);
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
