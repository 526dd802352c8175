/** What a row whose cells are all good would do to its object. Nothing is decided and nothing written here. */
import type { AttributeCode, StoredValue } from "../model/model.ts";
import type { FoundObject, ValueChange } from "../store/objects.ts";
import type { RoleOfColumn } from "./column_role.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import { type GivenValue, givenValues, newValueOf } from "./given_value.ts";
import type { LinkSetPlan } from "./link_set.ts";
import { type ObjectTemplate, objectTemplate } from "./new_object.ts";
import type { ReadRow } from "./row_reader.ts";
import type { CheckedObject, PlannedWrite, RunContext } from "./run_context.ts";

/** A new object. */
export interface Creation {
  readonly kind: "create";
  /** Of the template's attributes; passwords are still in clear. */
  readonly values: StoredValue[];
  readonly checked: CheckedObject;
  readonly linkSets: readonly LinkSetPlan[];
}

/** An object that was matched; nothing of it need change. */
export interface Change {
  readonly kind: "update";
  readonly object: FoundObject;
  /** Passwords are still in clear. */
  readonly changes: readonly ValueChange[];
  readonly checked: CheckedObject;
  /** Those that change. */
  readonly linkSets: readonly LinkSetPlan[];
}

export type ObjectPlan = Creation | Change;

const NOTHING_CHANGES: readonly ValueChange[] = [];
const NO_CHANGES: PlannedWrite["changes"] = new Map();
const NO_LINKS: PlannedWrite["links"] = [];

export class ObjectPlanner {
  readonly template: ObjectTemplate;
  /** The attributes that a match must tell: those that the row gives, then those that the checks ask for. */
  readonly read: readonly AttributeCode[];
  readonly #given: readonly GivenValue[];
  /** Where the given values stand among those of a new object. */
  readonly #placed: readonly { readonly given: GivenValue; readonly place: number }[];
  readonly #places: ReadonlyMap<AttributeCode, number>;

  /** @param checked attributes that the checks of an object that changes must know */
  constructor(
    private readonly context: RunContext,
    resolvers: readonly ExternalKeyResolver[],
    roles: readonly RoleOfColumn[],
    checked: (given: ReadonlySet<AttributeCode>) => readonly AttributeCode[],
  ) {
    this.#given = givenValues(resolvers, roles);
    const codes = new Set(this.#given.map(({ attribute }) => attribute));
    this.read = [...codes.union(new Set(checked(codes)))];
    this.template = objectTemplate(context, codes);
    this.#places = new Map(this.template.attributes.map((code, index) => [code, index]));
    this.#placed = this.#given.map((given) => ({ given, place: this.#places.get(given.attribute) ?? -1 }));
  }

  /** Attributes whose values are passwords in clear, to be hashed when they are written. */
  isPassword(attribute: AttributeCode): boolean {
    return this.#given.some((given) => given.attribute === attribute && given.special === "password");
  }

  creation(row: ReadRow): Creation {
    const values = this.template.values.slice();
    for (const { given, place } of this.#placed) {
      const value = newValueOf(this.context, row, given, "");
      if (value !== undefined) values[place] = value;
    }
    const checked: CheckedObject = {
      class: this.context.plan.class.code,
      write: { id: null, changes: NO_CHANGES, links: plannedLinks(row) },
      initialValue: (code) => values[this.#places.get(code) ?? -1] ?? null,
      knownValue: () => undefined,
    };
    return { kind: "create", values, checked, linkSets: row.linkSets.filter((plan) => plan.isChanged) };
  }

  /** @param values of the object: those of `read` */
  change(row: ReadRow, object: FoundObject, values: readonly StoredValue[]): Change {
    const changes = this.#changesTo(row, values);
    const linkSets = row.linkSets.length === 0 ? row.linkSets : row.linkSets.filter((plan) => plan.isChanged);
    const checked = changes.length + linkSets.length === 0 ? UNCHANGED : this.#checked(row, object, values, changes);
    return { kind: "update", object, changes, checked, linkSets };
  }

  #checked(
    row: ReadRow,
    { id, class: code }: FoundObject,
    values: readonly StoredValue[],
    changes: readonly ValueChange[],
  ): CheckedObject {
    const byCode = new Map(
      changes.map((change) => [change.attribute, { before: change.oldValue, after: change.newValue }] as const),
    );
    return {
      class: code,
      write: { id, changes: byCode, links: plannedLinks(row) },
      initialValue: () => null,
      knownValue: (attribute) => values[this.read.indexOf(attribute)],
    };
  }

  #changesTo(row: ReadRow, values: readonly StoredValue[]): readonly ValueChange[] {
    let changes: ValueChange[] | null = null;
    for (let index = 0; index < this.#given.length; index++) {
      const given = this.#given[index];
      if (given === undefined) continue;
      const oldValue = values[index] ?? null;
      const newValue = newValueOf(this.context, row, given, oldValue);
      if (newValue === undefined || given.same(oldValue, newValue)) continue;
      (changes ??= []).push({ attribute: given.attribute, oldValue, newValue });
    }
    return changes ?? NOTHING_CHANGES;
  }
}

/** Never looked at: an object that stays as it is needs no check. */
const UNCHANGED: CheckedObject = {
  class: "",
  write: { id: null, changes: NO_CHANGES, links: NO_LINKS },
  initialValue: () => null,
  knownValue: () => undefined,
};

function plannedLinks(row: ReadRow): PlannedWrite["links"] {
  return row.linkSets.length === 0 ? NO_LINKS : row.linkSets.map((plan) => plan.planned);
}

/** Whether there is nothing to do. */
export function changesNothing(plan: ObjectPlan): boolean {
  return plan.kind === "update" && plan.changes.length + plan.linkSets.length === 0;
}

/** The attributes that differ from the object's. */
export function changedAttributes({ changes, linkSets }: Change): ReadonlySet<AttributeCode> {
  return new Set([...changes.map((change) => change.attribute), ...linkSets.map((plan) => plan.attribute.code)]);
}
