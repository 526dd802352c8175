/** Decides what becomes of an object whose row was read: create, update, leave, or reject; and writes it. */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { FoundObject, ObjectUpdate, ValueChange } from "../store/objects.ts";
import { createObjectCheck, type ObjectCheck } from "./check_before_writing.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import { type GivenValue, givenValues, newValueOf } from "./given_value.ts";
import { type ObjectTemplate, objectTemplate } from "./new_object.ts";
import type { Rejection } from "./row_result.ts";
import type { ReadRow, RoleOfColumn } from "./row_reader.ts";
import { type CheckedObject, type PlannedWrite, type RunContext, shownId } from "./run_context.ts";

/** What was decided for a row whose cells are all good. */
export type Decision =
  | { readonly kind: "create"; readonly id: number }
  /** `changes` is for programs. */
  | { readonly kind: "update"; readonly changed: ReadonlySet<AttributeCode>; readonly changes: readonly ValueChange[] }
  | { readonly kind: "leave" }
  /** `changed` is what an update would have changed; nothing for a new object. */
  | { readonly kind: "reject"; readonly reason: Rejection; readonly changed: ReadonlySet<AttributeCode> };

const NONE: ReadonlySet<AttributeCode> = new Set();
const NOTHING_CHANGES: readonly ValueChange[] = [];
const NO_CHANGES: PlannedWrite["changes"] = new Map();
const NO_LINKS: PlannedWrite["links"] = [];

/** So much text may wait to be written: the old values come from the database, where they may be longer than the input is. */
const MOST_TEXT_HELD = 1024 * 1024;

/** Holds writes back until `flush`, so that the store may group them. */
export class ObjectWriter {
  /** The attributes that a match must tell, so that an update can be decided. */
  readonly read: readonly AttributeCode[];
  readonly #given: readonly GivenValue[];
  readonly #template: ObjectTemplate;
  /** Where the given values stand among those of a new object. */
  readonly #placed: readonly { readonly given: GivenValue; readonly place: number }[];
  readonly #check: ObjectCheck;
  #created: { id: number; values: StoredValue[] }[] = [];
  #updated: ObjectUpdate[] = [];
  /** Of the values that `#updated` holds. */
  #textHeld = 0;

  constructor(
    private readonly context: RunContext,
    private readonly resolvers: readonly ExternalKeyResolver[],
    roles: readonly RoleOfColumn[],
  ) {
    this.#given = givenValues(resolvers, roles);
    this.read = this.#given.map(({ attribute }) => attribute);
    const codes = new Set(this.read);
    this.#template = objectTemplate(context, codes);
    this.#placed = this.#given.map((given) => ({ given, place: this.#template.attributes.indexOf(given.attribute) }));
    this.#check = createObjectCheck(
      context,
      () => this.flush(),
      (code) => codes.has(code) || (this.#template.values[this.#template.attributes.indexOf(code)] ?? "") !== "",
    );
  }

  /** Hands everything decided so far to the store. */
  flush(): void {
    const created = this.#created;
    const updated = this.#updated;
    this.#created = [];
    this.#updated = [];
    this.#textHeld = 0;
    const { attributes } = this.#template;
    if (created.length > 0) {
      this.context.store.create({ class: this.context.plan.class.code, attributes, objects: created });
    }
    if (updated.length > 0) this.context.store.update(updated);
  }

  /** Whether it is worth while to read rows before they are worked. */
  get asksAhead(): boolean {
    return this.#check.asksAhead;
  }

  /** Asks the database at once what must be known of rows that may become new objects. Nothing may wait to be written. */
  prepare(rows: readonly ReadRow[]): void {
    this.#check.prepare(rows.map((row) => this.#planned(row, this.#initialValues(row))));
  }

  #planned(row: ReadRow, values: readonly StoredValue[]): CheckedObject {
    const { attributes } = this.#template;
    return {
      class: this.context.plan.class.code,
      write: plannedWrite(null, NO_CHANGES, row),
      initialValue: (code) => values[attributes.indexOf(code)] ?? null,
    };
  }

  create(row: ReadRow): Decision {
    const { missingExternalKeys, missingValues } = this.#template;
    if (missingExternalKeys.length > 0) {
      return { kind: "reject", changed: NONE, reason: { kind: "missing_external_keys", labels: missingExternalKeys } };
    }
    const values = this.#initialValues(row);
    const problems = this.#check.problemsOf(this.#planned(row, values));
    const reasons = missingValues.length === 0 ? problems : [...missingValues, ...problems];
    if (reasons.length > 0) return { kind: "reject", changed: NONE, reason: { kind: "refused", reasons } };
    const { root } = this.context.plan.class;
    const id = this.context.store.nextId(root);
    this.#created.push({ id, values: this.#withHashedPasswords(values) });
    this.#forget(root);
    this.#writeLinks(row, id);
    return { kind: "create", id };
  }

  update(row: ReadRow, object: FoundObject): Decision {
    const changes = this.#changesTo(row, object);
    if (changes.length === 0 && !row.linkSets.some((plan) => plan.isChanged)) return { kind: "leave" };
    const changed = changedAttributes(changes, row);
    const byCode = new Map(
      changes.map((change) => [change.attribute, { before: change.oldValue, after: change.newValue }] as const),
    );
    const write = plannedWrite(object.id, byCode, row);
    const reasons = this.#check.problemsOf({ class: object.class, write, initialValue: () => null });
    if (reasons.length > 0) return { kind: "reject", changed, reason: { kind: "refused", reasons } };
    if (changes.length > 0) {
      const stored = changes.map((change) => this.#isPassword(change.attribute) ? this.#hashed(change) : change);
      this.#updated.push({ class: object.class, id: object.id, changes: stored });
      this.#forget(this.context.plan.class.root);
      this.#textHeld += textIn(stored);
      if (this.#textHeld > MOST_TEXT_HELD) this.flush();
    }
    this.#writeLinks(row, object.id);
    const told = changes.map((change) => this.#told(change));
    return { kind: "update", changed, changes: [...told, ...this.#logLinkSets(row, object)] };
  }

  /** A change as programs are told it: passwords without values, and no id that only a simulation has made. */
  #told(change: ValueChange): ValueChange {
    if (this.#isPassword(change.attribute)) return { ...change, oldValue: null, newValue: null };
    const key = this.resolvers.find(({ columns }) => columns.key.code === change.attribute)?.columns.key;
    if (key === undefined) return change;
    const shown = (id: StoredValue) => typeof id === "number" ? shownId(this.context, key.target, id) : id;
    return { ...change, oldValue: shown(change.oldValue), newValue: shown(change.newValue) };
  }

  /** The attributes that the row would change in the object. */
  changedBy(row: ReadRow, object: FoundObject): ReadonlySet<AttributeCode> {
    return changedAttributes(this.#changesTo(row, object), row);
  }

  #initialValues(row: ReadRow): StoredValue[] {
    const values = this.#template.values.slice();
    for (const { given, place } of this.#placed) {
      const value = newValueOf(this.context, row, given, "");
      if (value !== undefined) values[place] = value;
    }
    return values;
  }

  #changesTo(row: ReadRow, object: FoundObject): readonly ValueChange[] {
    let changes: ValueChange[] | null = null;
    for (let index = 0; index < this.#given.length; index++) {
      const given = this.#given[index];
      if (given === undefined) continue;
      const oldValue = object.values[index] ?? null;
      const newValue = newValueOf(this.context, row, given, oldValue);
      if (newValue === undefined || given.same(oldValue, newValue)) continue;
      (changes ??= []).push({ attribute: given.attribute, oldValue, newValue });
    }
    return changes ?? NOTHING_CHANGES;
  }

  #isPassword(attribute: AttributeCode): boolean {
    return this.#given.some((given) => given.attribute === attribute && given.special === "password");
  }

  #hashed(change: ValueChange): ValueChange {
    return { ...change, newValue: this.context.passwords.hash(String(change.newValue ?? "")) };
  }

  #withHashedPasswords(values: StoredValue[]): StoredValue[] {
    for (const { given, place } of this.#placed) {
      if (given.special !== "password") continue;
      const clear = values[place];
      if (typeof clear === "string" && clear !== "") values[place] = this.context.passwords.hash(clear);
    }
    return values;
  }

  #writeLinks(row: ReadRow, id: number): void {
    if (row.linkSets.length === 0) return;
    const changed = row.linkSets.filter((plan) => plan.isChanged);
    if (changed.length === 0) return;
    this.flush();
    for (const plan of changed) {
      plan.apply(id);
      this.#forget(classOf(this.context.model, plan.attribute.linkClass).root);
    }
  }

  #logLinkSets(row: ReadRow, object: FoundObject): ValueChange[] {
    const changes = row.linkSets.filter((plan) => plan.isChanged).map((plan) => ({
      attribute: plan.attribute.code,
      oldValue: plan.shownBefore,
      newValue: plan.shown,
    }));
    if (changes.length > 0) {
      this.context.store.log(changes.map((change) => ({ ...change, class: object.class, id: object.id })));
    }
    return changes;
  }

  /** An object of the root class was written: what was found before may have changed. */
  #forget(root: ClassCode): void {
    for (const resolver of this.resolvers) resolver.forget(root);
  }
}

function textIn(changes: readonly ValueChange[]): number {
  let text = 0;
  for (const { oldValue, newValue } of changes) text += lengthOf(oldValue) + lengthOf(newValue);
  return text;
}

function lengthOf(value: StoredValue): number {
  return typeof value === "string" ? value.length : 0;
}

function plannedWrite(id: number | null, changes: PlannedWrite["changes"], row: ReadRow): PlannedWrite {
  const links = row.linkSets.length === 0 ? NO_LINKS : row.linkSets.map((plan) => plan.planned);
  return { id, changes, links };
}

function changedAttributes(changes: readonly ValueChange[], row: ReadRow): ReadonlySet<AttributeCode> {
  const links = row.linkSets.filter((plan) => plan.isChanged).map((plan) => plan.attribute.code);
  return new Set([...changes.map((change) => change.attribute), ...links]);
}
