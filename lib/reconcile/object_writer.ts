/** Hands to the store what was decided for rows. */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { LoggedChange, NewObject, ObjectUpdate, ValueChange } from "../store/objects.ts";
import type { WriteRefusal } from "../store/write_refusal.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { NewTarget } from "./new_targets.ts";
import type { LinkSetPlan } from "./link_set.ts";
import type { Change, Creation, ObjectPlan, ObjectPlanner } from "./object_plan.ts";
import { rootsOfDeletion } from "./roots_behind.ts";
import type { RunContext } from "./run_context.ts";

/** What was handed over for a row; `write` may still be refused when it is settled, null: it was settled at once. */
export interface HandedOver {
  readonly id: ObjectId;
  readonly write: NewObject | ObjectUpdate | null;
  readonly refusal: null;
  /** Targets that it needs: those that are not there yet are created along with it. */
  readonly targets: readonly NewTarget[];
}

/** What was refused at once. */
export interface RefusedAtOnce {
  readonly refusal: WriteRefusal;
}

export class ObjectWriter {
  /** Root classes of which objects were written since they were last forgotten. */
  readonly #written = new Set<ClassCode>();
  /** Those of which more was written than `ExternalKeyResolver.note` was told. */
  readonly #unnoted = new Set<ClassCode>();
  /** Lists of attributes without those that a row leaves to the database, by the places of these. */
  readonly #shortened = new Map<string, readonly AttributeCode[]>();
  /** By the class of links. */
  readonly #touched = new Map<ClassCode, ReadonlySet<ClassCode>>();
  #changedLinks = 0;

  /**
   * @param altered see `alteredRoots`
   * @param linksAreApart see `linksStandApart`
   */
  constructor(
    private readonly context: RunContext,
    private readonly resolvers: readonly ExternalKeyResolver[],
    private readonly planner: ObjectPlanner,
    private readonly altered: ReadonlySet<ClassCode>,
    private readonly linksAreApart: boolean,
  ) {}

  /** How many objects were changed or deleted beside those of the rows. */
  get changedBeside(): number {
    return this.#changedLinks + this.context.store.deletedObjects;
  }

  /** Hands over what has no link sets: it may still be refused when it is settled. @param targets that it needs */
  handOver(plan: ObjectPlan, targets: readonly NewTarget[]): HandedOver {
    const { store } = this.context;
    if (targets.length > 0) this.#noteTargets(targets);
    this.#written.add(this.context.plan.class.root);
    for (const resolver of this.resolvers) resolver.note(plan);
    if (plan.kind === "create") {
      const write = this.#newObject(plan);
      store.create(write, targets);
      return { id: write.id, write, refusal: null, targets };
    }
    const write = this.#update(plan);
    store.update(write, targets);
    return { id: write.id, write, refusal: null, targets };
  }

  /** Whether a row is written as a whole before the next one is looked at. */
  isWrittenTogether(plan: ObjectPlan, targets: readonly NewTarget[]): boolean {
    return plan.linkSets.length > 0 || targets.length > 0 && this.altered.has(this.context.plan.class.root);
  }

  /** Hands over an object and its links, to stand and fall together. @returns null: they are not to be written along with others */
  handOverTogether(plan: ObjectPlan, targets: readonly NewTarget[]): HandedOver | null {
    if (!this.linksAreApart || targets.length > 0 || !plan.linkSets.every(({ isFew }) => isFew)) return null;
    const { store } = this.context;
    this.#written.add(this.context.plan.class.root);
    for (const resolver of this.resolvers) resolver.note(plan);
    const object = plan.kind === "create" ? this.#newObject(plan) : this.#update(plan);
    const few = plan.linkSets.map((links) => ({ class: links.attribute.linkClass, ...links.few(object.id) }));
    this.#noteLinks(plan.linkSets);
    store.writeTogether({
      object,
      deleted: few.flatMap(({ class: code, removed }) =>
        removed.length === 0 ? [] : [{ class: code, deleted: removed }]
      ),
      others: few.flatMap(({ updated, created }) => [...updated, ...created]),
      logged: plan.kind === "update" ? loggedLinkSets(plan) : [],
    });
    return { id: object.id, write: object, refusal: null, targets };
  }

  /** What was handed over so is refused: nothing of it was changed. */
  refused({ linkSets }: ObjectPlan): void {
    for (const links of linkSets) this.#changedLinks -= changedIn(links);
  }

  /** Writes an object, its links and what it refers to: all, or nothing. @param targets that are to be created */
  async writeTogether(plan: ObjectPlan, targets: readonly NewTarget[]): Promise<HandedOver | RefusedAtOnce> {
    const { store } = this.context;
    this.#noteTargets(targets);
    this.#noteBeside(this.context.plan.class.root);
    let id: ObjectId | null = null;
    const refusal = await store.together(async () => {
      for (const target of targets) store.create(target.write);
      // What goes along with links must not take back what the row writes.
      for (const links of plan.linkSets) await links.remove();
      // Triggers of targets may make objects of the class, too: the next id is the one behind theirs.
      const write = plan.kind === "create" ? this.#newObject(plan) : this.#update(plan);
      id = write.id;
      if ("values" in write) store.create(write);
      else if (write.changes.length > 0) store.update(write);
      for (const links of plan.writtenLinkSets) await links.apply(write.id);
      if (plan.kind === "update" && plan.linkSets.length > 0) store.log(loggedLinkSets(plan));
    });
    if (refusal !== null || id === null) return { refusal: refusal ?? notWritten() };
    this.#noteLinks(plan.writtenLinkSets);
    return { id, write: null, refusal, targets };
  }

  /** What external keys were found to mean may have changed by what was written. */
  forgetTargets(): void {
    if (this.#written.size === 0) return;
    for (const root of this.#written.union(this.altered)) {
      const isNoted = !this.#unnoted.has(root) && !this.altered.has(root);
      for (const resolver of this.resolvers) resolver.forget(root, isNoted);
    }
    this.#written.clear();
    this.#unnoted.clear();
  }

  #noteTargets(targets: readonly NewTarget[]): void {
    const { model, newTargets } = this.context;
    for (const { write } of targets) this.#noteBeside(classOf(model, write.class).root);
    newTargets.handOver(targets);
  }

  #newObject({ values, leftOut }: Creation): NewObject {
    const { store, plan } = this.context;
    const hashed = this.planner.hasPasswords ? this.#withHashedPasswords(values) : values;
    const attributes = this.#attributesWithout(leftOut);
    const held = leftOut.length === 0 ? hashed : hashed.filter((_, place) => !leftOut.includes(place));
    const { code } = plan.class;
    return { class: code, attributes, values: held, id: store.newId(code, { attributes, values: held }) };
  }

  /** The same list for the same places: objects with the very same list are written together. */
  #attributesWithout(leftOut: readonly number[]): readonly AttributeCode[] {
    const { attributes } = this.planner.template;
    if (leftOut.length === 0) return attributes;
    const name = leftOut.join(",");
    let others = this.#shortened.get(name);
    if (others === undefined) {
      others = attributes.filter((_, place) => !leftOut.includes(place));
      this.#shortened.set(name, others);
    }
    return others;
  }

  #update({ object, changes }: Change): ObjectUpdate {
    const stored = changes.map((change) => this.planner.isPassword(change.attribute) ? this.#hashed(change) : change);
    return { class: object.class, id: object.id, changes: stored };
  }

  #noteBeside(root: ClassCode): void {
    this.#written.add(root);
    this.#unnoted.add(root);
  }

  /** @param written those that may have changed anything */
  #noteLinks(written: readonly LinkSetPlan[]): void {
    for (const links of written) {
      this.#changedLinks += changedIn(links);
      for (const touched of this.#touchedBy(links.attribute.linkClass)) this.#noteBeside(touched);
    }
  }

  /** The roots of what may go with links. */
  #touchedBy(linkClass: ClassCode): ReadonlySet<ClassCode> {
    const { model } = this.context;
    const known = this.#touched.get(linkClass) ?? rootsOfDeletion(model, [classOf(model, linkClass).root]);
    this.#touched.set(linkClass, known);
    return known;
  }

  #hashed(change: ValueChange): ValueChange {
    return { ...change, newValue: this.context.passwords.hash(String(change.newValue ?? "")) };
  }

  #withHashedPasswords(values: readonly StoredValue[]): readonly StoredValue[] {
    const { attributes } = this.planner.template;
    return values.map((value, index) =>
      this.planner.isPassword(attributes[index] ?? "") && typeof value === "string" && value !== ""
        ? this.context.passwords.hash(value)
        : value
    );
  }
}

/** A new object's are no change: its links are in the log. */
function loggedLinkSets({ object, linkSets }: Change): readonly LoggedChange[] {
  return linkSets.map(({ attribute, before, after }) => ({
    class: object.class,
    id: object.id,
    attribute: attribute.code,
    oldValue: before,
    newValue: after,
  }));
}

function notWritten(): never {
  throw new Error("what is not refused has an id");
}

/** How many links stay and have other values. */
function changedIn({ touched, planned }: LinkSetPlan): number {
  return touched.length - planned.removed.length;
}
