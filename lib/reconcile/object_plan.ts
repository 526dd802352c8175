/** What a row whose cells are all good would do to its object. Nothing is decided and nothing written here. */
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { FoundObject, ValueChange } from "../store/objects.ts";
import type { RoleOfColumn } from "./column_role.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import { type GivenValue, givenValues, newValueOf } from "./given_value.ts";
import type { LinkSetPlan } from "./link_set.ts";
import { type ObjectTemplate, objectTemplate } from "./new_object.ts";
import type { ChangedAttributes } from "./row_cells.ts";
import type { ReadRow } from "./row_reader.ts";
import type { CheckedObject, PlannedWrite, RunContext } from "./run_context.ts";

const NOTHING_CHANGES: readonly ValueChange[] = [];
const NO_CHANGES: PlannedWrite["changes"] = new Map();
const NO_LINKS: PlannedWrite["links"] = [];
const NEW_WITHOUT_LINKS: PlannedWrite = { id: null, changes: NO_CHANGES, links: NO_LINKS };
const NOTHING_UNKNOWN: ReadonlySet<AttributeCode> = new Set();
const NO_LINK_SETS: readonly LinkSetPlan[] = [];
const NOTHING_LEFT_OUT: readonly number[] = [];

/** A new object. There is one for each row of many files: it makes nothing that nobody asks for. */
export class Creation implements CheckedObject {
  readonly kind = "create";
  readonly class: ClassCode;
  readonly linkSets: readonly LinkSetPlan[];

  /**
   * @param values of the template's attributes, at `places`; passwords are still in clear
   * @param leftOut places of those that the row leaves to the database
   */
  constructor(
    modelClass: ClassCode,
    readonly values: StoredValue[],
    private readonly places: ReadonlyMap<AttributeCode, number>,
    private readonly row: ReadRow,
    readonly leftOut: readonly number[],
  ) {
    this.class = modelClass;
    this.linkSets = changedLinkSets(row);
  }

  get write(): PlannedWrite {
    return this.row.linkSets.length === 0 ? NEW_WITHOUT_LINKS : { ...NEW_WITHOUT_LINKS, links: plannedLinks(this.row) };
  }

  get writtenLinkSets(): readonly LinkSetPlan[] {
    return this.linkSets;
  }

  initialValue(attribute: AttributeCode): StoredValue {
    return this.values[this.places.get(attribute) ?? -1] ?? null;
  }

  knownValue(): undefined {
    return undefined;
  }
}

/** An object that was matched; nothing of it need change. */
export class Change implements CheckedObject {
  readonly kind = "update";
  #write: PlannedWrite | null = null;
  /** Those that change. */
  readonly linkSets: readonly LinkSetPlan[];

  /**
   * @param changes passwords are still in clear
   * @param values of the object: those of `read`
   * @param passwordCells cells that may hold a password
   */
  constructor(
    readonly object: FoundObject,
    readonly changes: readonly ValueChange[],
    private readonly read: readonly AttributeCode[],
    private readonly values: readonly StoredValue[],
    private readonly row: ReadRow,
    private readonly passwordCells: readonly number[],
  ) {
    this.linkSets = changedLinkSets(row);
  }

  get class(): ClassCode {
    return this.object.class;
  }

  /** Whether the row has a password, be it the object's own. */
  get saysPassword(): boolean {
    return this.passwordCells.some((cell) => (this.row.values[cell] ?? "") !== "");
  }

  /** Those to be written: links that go may take along what is in the others. */
  get writtenLinkSets(): readonly LinkSetPlan[] {
    return this.linkSets.some(({ planned }) => planned.removed.length > 0) ? this.row.linkSets : this.linkSets;
  }

  get write(): PlannedWrite {
    return this.#write ??= { id: this.object.id, changes: byCode(this.changes), links: plannedLinks(this.row) };
  }

  initialValue(): null {
    return null;
  }

  knownValue(attribute: AttributeCode): StoredValue | undefined {
    return this.values[this.read.indexOf(attribute)];
  }
}

export type ObjectPlan = Creation | Change;

function byCode(changes: readonly ValueChange[]): PlannedWrite["changes"] {
  return new Map(
    changes.map(({ attribute, oldValue, newValue }) => [attribute, { before: oldValue, after: newValue }] as const),
  );
}

export class ObjectPlanner {
  readonly template: ObjectTemplate;
  /** The attributes that a match must tell: those that the row gives, then those that the checks ask for. */
  readonly read: readonly AttributeCode[];
  readonly #given: readonly GivenValue[];
  readonly #passwordCells: readonly number[];
  /** Where the given values stand among those of a new object. */
  readonly #placed: readonly { readonly given: GivenValue; readonly place: number }[];
  readonly #places: ReadonlyMap<AttributeCode, number>;
  readonly #missingKeys: ReadonlySet<AttributeCode>;

  /** @param checked attributes that the checks of an object that changes must know */
  constructor(
    private readonly context: RunContext,
    resolvers: readonly ExternalKeyResolver[],
    roles: readonly RoleOfColumn[],
    checked: (given: ReadonlySet<AttributeCode>) => readonly AttributeCode[],
  ) {
    this.#given = givenValues(resolvers, roles);
    this.#passwordCells = this.#given.flatMap(({ from, special }) =>
      special === "password" && "cell" in from ? [from.cell] : []
    );
    const codes = new Set(this.#given.map(({ attribute }) => attribute));
    this.read = [...codes.union(new Set(checked(codes)))];
    this.template = objectTemplate(context, codes);
    this.#missingKeys = new Set(this.template.missingExternalKeys.codes);
    this.#places = new Map(this.template.attributes.map((code, index) => [code, index]));
    this.#placed = this.#given.map((given) => ({ given, place: this.#places.get(given.attribute) ?? -1 }));
  }

  /** Whether rows may say any. */
  get hasPasswords(): boolean {
    return this.#passwordCells.length > 0;
  }

  /** Attributes whose values are passwords in clear, to be hashed when they are written. */
  isPassword(attribute: AttributeCode): boolean {
    return this.#given.some((given) => given.attribute === attribute && given.special === "password");
  }

  /**
   * Attributes of which the row does not say what its object would have: a mandatory external key has no column, or cells are bad.
   * @param read of a row with bad cells
   */
  unknownIn({ kind }: ObjectPlan, read?: ReadRow): ReadonlySet<AttributeCode> {
    const missing = kind === "create" ? this.#missingKeys : NOTHING_UNKNOWN;
    if (read === undefined) return missing;
    const codes = [...read.problems.keys()].map((cell) => this.context.plan.codes[cell] ?? "");
    const keys = this.context.plan.externalKeys.filter((_, index) => read.targets[index]?.ok === false);
    return missing.union(new Set([...codes, ...keys.map(({ key }) => key.code)]));
  }

  creation(row: ReadRow): Creation {
    const values = this.template.values.slice();
    let leftOut: number[] | null = null;
    for (const { given, place } of this.#placed) {
      const value = newValueOf(this.context, row, given, "");
      if (value !== undefined) values[place] = value;
      else if (given.isFilled) (leftOut ??= []).push(place);
    }
    return new Creation(this.context.plan.class.code, values, this.#places, row, leftOut ?? NOTHING_LEFT_OUT);
  }

  /** @param values of the object: those of `read` */
  change(row: ReadRow, object: FoundObject, values: readonly StoredValue[]): Change {
    return new Change(object, this.#changesTo(row, values), this.read, values, row, this.#passwordCells);
  }

  #changesTo(row: ReadRow, values: readonly StoredValue[]): readonly ValueChange[] {
    let changes: ValueChange[] | null = null;
    for (let index = 0; index < this.#given.length; index++) {
      const given = this.#given[index];
      if (given === undefined || given.isFixed) continue;
      const oldValue = values[index] ?? null;
      const newValue = newValueOf(this.context, row, given, oldValue);
      if (newValue === undefined || given.same(oldValue, newValue)) continue;
      (changes ??= []).push({ attribute: given.attribute, oldValue, newValue });
    }
    return changes ?? NOTHING_CHANGES;
  }
}

function changedLinkSets({ linkSets }: ReadRow): readonly LinkSetPlan[] {
  return linkSets.length === 0 ? NO_LINK_SETS : linkSets.filter((plan) => plan.isChanged);
}

function plannedLinks(row: ReadRow): PlannedWrite["links"] {
  return row.linkSets.length === 0 ? NO_LINKS : row.linkSets.map((plan) => plan.planned);
}

/**
 * Whether a plan that changes nothing must be allowed all the same: it says a password, and who may not change the account would learn that
 * it is the right one.
 */
export function mustBeAllowed(plan: ObjectPlan): boolean {
  return plan.kind === "update" && plan.saysPassword;
}

/** Whether there is nothing to do. */
export function changesNothing(plan: ObjectPlan): boolean {
  return plan.kind === "update" && plan.changes.length + plan.linkSets.length === 0;
}

/** The attributes that differ from the object's. */
export function changedAttributes({ changes, linkSets }: Change): ReadonlySet<AttributeCode> {
  return new Set([...changes.map((change) => change.attribute), ...linkSets.map((plan) => plan.attribute.code)]);
}

/** What a plan writes: all of a new object. */
export function changedBy(plan: ObjectPlan): ChangedAttributes {
  return plan.kind === "create" ? "all" : changedAttributes(plan);
}

/** Whether it is a new object that nothing else has to do with. */
export function isAlone(plan: ObjectPlan): boolean {
  return plan.kind === "create" && plan.linkSets.length === 0;
}
