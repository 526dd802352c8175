/** A store that takes notes of what is looked up: the engine works with it as with any other, and does not know. */
import { matchOf } from "../store/match_of.ts";
import { type ColumnPlan, conditionsOf, feedingCells, withInner } from "../columns/plan.ts";
import { comparedForm } from "../compared_text.ts";
import type { Cell } from "../csv/record.ts";
import { codeOfKey } from "../reconcile/own_keys.ts";
import { ObjectNames } from "../reconcile/object_names.ts";
import { blockingRules } from "../reconcile/uniqueness.ts";
import type { Model, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { Match, ObjectSearch, ObjectStore, SearchPlan } from "../store/objects.ts";
import type { Lookup, Purpose } from "./lookup.ts";
import { nearObjects, NOTHING_NEAR } from "./near_objects.ts";

/** So many of the found objects are told. */
const MOST_OBJECTS = 5;

/** What a search may be for. */
interface Asked {
  readonly purpose: Purpose;
  /** The cells with what its first conditions look for, in their order; null: what is looked for stands in no single cell. */
  readonly cells: readonly (number | null)[];
}

export class Notes {
  readonly #lookups = new Map<string, Lookup>();
  #isLimited = false;
  #plan: ColumnPlan | null = null;
  /** Of the row. */
  cells: readonly Cell[] = [];

  constructor(private readonly model: Model) {}

  /** In the order in which they were made; the same one twice counts once. */
  get lookups(): readonly Lookup[] {
    return [...this.#lookups.values()];
  }

  /** The user sees the objects of some organisations only. */
  get isLimited(): boolean {
    return this.#isLimited;
  }

  /** To be told before the first look-up of a row. */
  planned(plan: ColumnPlan): void {
    this.#plan = plan;
  }

  /** The same store, of which notes are taken. */
  storeWith(objects: ObjectStore): ObjectStore {
    return new Proxy(objects, {
      get: (target, name) => {
        if (name === "search") return (plan: SearchPlan) => this.#noted(target, plan);
        if (name === "limitTo") {
          return async (organizations: Parameters<ObjectStore["limitTo"]>[0]) => {
            this.#isLimited = organizations !== null;
            await target.limitTo(organizations);
          };
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }

  #noted(objects: ObjectStore, plan: SearchPlan): ObjectSearch {
    const search = objects.search(plan);
    const asked = this.#askedBy(plan);
    if (asked.length === 0) return search;
    return {
      find: async (keys) => {
        const matches = await search.find(keys);
        for (const [index, key] of keys.entries()) await this.#note(objects, plan, asked, key, matches[index]);
        return matches;
      },
      anyFor: (keys) => search.anyFor(keys),
      all: async (key) => {
        const found = await search.all(key);
        await this.#note(objects, plan, asked, key, matchOf(found));
        return found;
      },
      allOf: async (keys) => {
        const lists = await search.allOf(keys);
        for (const [index, key] of keys.entries()) {
          await this.#note(objects, plan, asked, key, matchOf(lists[index] ?? []));
        }
        return lists;
      },
      fewOf: async (keys, most) => {
        const lists = await search.fewOf(keys, most);
        for (const [index, key] of keys.entries()) {
          if (lists !== null) await this.#note(objects, plan, asked, key, matchOf(lists[index] ?? []));
        }
        return lists;
      },
      valuesOf: (object) => search.valuesOf(object),
    };
  }

  /** None: of such a search no notes are taken. What a limited user may not see they are not told of here either. */
  #askedBy(plan: SearchPlan): readonly Asked[] {
    if (this.#plan === null || (plan.includeHidden && this.#isLimited)) return [];
    const said = plan.includeHidden ? [] : askedByColumns(plan, this.#plan);
    if (said.length > 0) return said;
    // What else is asked for a limited user may begin with values that they may not see.
    const other = this.#isLimited ? null : this.#otherPurposeOf(plan, this.#plan);
    return other === null ? [] : [{ purpose: other, cells: [] }];
  }

  /** Where several columns ask alike, as a person's own address and that of the manager, the one that says what is looked for. */
  #purposeOf(asked: readonly Asked[], key: readonly StoredValue[]): Purpose | undefined {
    const says = (cell: number | null, place: number) =>
      cell === null || comparedForm(this.cells[cell] ?? "") === comparedForm(String(key[place] ?? ""));
    return (asked.find(({ cells }) => cells.every(says)) ?? asked[0])?.purpose;
  }

  #otherPurposeOf({ class: code, conditions }: SearchPlan, columns: ColumnPlan): Purpose | null {
    const rule = blockingRules({ model: this.model, plan: columns })
      .find(({ declaredBy, attributes }) => declaredBy === code && attributes.join() === conditions.join());
    if (rule !== undefined) return { kind: "uniqueness", rule: rule.name };
    return isById(conditions) ? null : { kind: "other" };
  }

  /** By ids it is asked for names as well, and for what may be told: then they are not what the row says. */
  #isSaid(
    objects: ObjectStore,
    { class: code, conditions }: SearchPlan,
    purpose: Purpose,
    key: readonly StoredValue[],
  ): boolean {
    if (!isById(conditions) || this.#plan === null) return true;
    const { keys, externalKeys } = this.#plan;
    const cells = purpose.kind === "external_key"
      ? withInner(externalKeys).filter(({ key }) => key.code === purpose.attribute).flatMap(({ parts }) => parts)
      : keys.filter((one) => one.kind === "id");
    const id = idIn(key[0]);
    return id !== null && cells.some(({ cell }) => objects.idFromText(code, this.cells[cell] ?? "") === id);
  }

  /** At once: what the row writes must not be among what is found. */
  async #note(
    objects: ObjectStore,
    plan: SearchPlan,
    asked: readonly Asked[],
    key: readonly StoredValue[],
    match: Match | undefined,
  ): Promise<void> {
    const purpose = this.#purposeOf(asked, key);
    if (purpose === undefined || match === undefined) return;
    const name = JSON.stringify([purpose, plan.class, plan.conditions, key]);
    if (this.#lookups.has(name) || !this.#isSaid(objects, plan, purpose, key)) return;
    const found = match.kind === "none" ? [] : match.kind === "one" ? [match.object] : await match.first(MOST_OBJECTS);
    const text = key.findIndex((value) => typeof value === "string" && value !== "");
    const attribute = plan.conditions[text];
    const isMeant = purpose.kind === "key" || purpose.kind === "external_key";
    const near = match.kind === "none" && isMeant && attribute !== undefined
      ? await nearObjects(objects, plan.class, attribute, key[text] ?? null)
      : NOTHING_NEAR;
    const names = await new ObjectNames(objects).of(plan.class, [...found, ...near.near].map(({ id }) => id));
    const nameOf = (id: ObjectId) => names.get(id) ?? null;
    this.#lookups.set(name, {
      purpose,
      class: plan.class,
      conditions: plan.conditions.map((code, index) => ({ attribute: code, value: key[index] ?? null })),
      count: match.kind === "several" ? await match.count() : found.length,
      objects: found.map(({ class: code, id }) => ({ class: code, id, name: nameOf(id) })),
      near: near.near.map((one) => ({ ...one, name: nameOf(one.id) })),
      hasMore: near.hasMore,
    });
  }
}

/** The reconciliation keys, and the external keys that columns feed. */
function askedByColumns(plan: SearchPlan, { class: { code }, keys, externalKeys, headers }: ColumnPlan): Asked[] {
  const asks = (target: string, conditions: readonly string[]) =>
    plan.class === target && plan.conditions.join() === conditions.join();
  const isForRow = asks(code, keys.map(codeOfKey));
  const cellsOfKeys = keys.map((key) => key.kind === "external_key" ? null : key.cell);
  const fed = withInner(externalKeys).filter((columns) => asks(columns.key.target, conditionsOf(columns)));
  return [
    ...isForRow ? [{ purpose: { kind: "key" }, cells: cellsOfKeys } as const] : [],
    ...fed.map((columns): Asked => ({
      purpose: {
        kind: "external_key",
        attribute: columns.key.code,
        columns: feedingCells(columns).map((cell) => headers[cell] ?? ""),
      },
      cells: columns.parts.map(({ cell }) => cell),
    })),
  ];
}

function isById(conditions: readonly string[]): boolean {
  return conditions.join() === "id";
}
