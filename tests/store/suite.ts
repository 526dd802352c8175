/** Tests that every store must pass: each with a database of its own, of which it knows the interface only. */
import { assertEquals } from "@std/assert";
import type { ClassCode, Model, StoredValue } from "../../lib/model/model.ts";
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { Match, NewObject, ObjectSearch, ObjectStore, ObjectUpdate, SearchPlan } from "../../lib/store/objects.ts";
import type { RunFacts, StoreTransaction } from "../../lib/store/store.ts";
import type { RefusedWrite } from "../../lib/store/write_refusal.ts";
import type { OpenedStore, StoreParts, TestedDatabase, ToldRule } from "./tested_database.ts";
import { SMALL_MODEL } from "./small_model.ts";

export const NOW = new Date("2024-02-29T23:30:00Z");

export const RUN: RunFacts = {
  date: NOW,
  userId: null,
  user: "Ada Byron",
  comment: "nightly",
  origin: "csvrecon import",
  inputName: "persons.csv",
  parameters: { class: "Person" },
  simulate: false,
};

export const NO_ROWS = { created: 0, updated: 0, unchanged: 0, inError: 0 };

export type Values = Readonly<Record<string, StoredValue>>;

export type PlanParts = Partial<SearchPlan> & Pick<SearchPlan, "class">;

/** Text is never null: what a new object must have. */
const EMPTY_TEXTS: Readonly<Record<ClassCode, Values>> = {
  Organization: { code: "" },
  Person: { status: "active", email: "", employee_number: "" },
  Team: { status: "active", email: "" },
  lnkPersonToTeam: { role: "" },
  Product: { origin: "own", level: "" },
  Account: { password: "hash", language: "EN US" },
};

/** A run as a test has it. */
export class Run {
  /** Objects are written together when they have the very same list. */
  readonly #attributes = new Map<string, readonly string[]>();

  constructor(readonly objects: ObjectStore, readonly transaction: StoreTransaction, readonly model: Model) {}

  /** Hands over a new object. */
  add(code: ClassCode, values: Values): ObjectId {
    return this.create(code, values).id;
  }

  create(code: ClassCode, values: Values, id = this.objects.newId(code)): NewObject {
    const all = { ...EMPTY_TEXTS[code], ...values };
    const key = Object.keys(all).join();
    const attributes = this.#attributes.get(key) ?? Object.keys(all);
    this.#attributes.set(key, attributes);
    const object = { class: code, attributes, id, values: Object.values(all) };
    this.objects.create(object);
    return object;
  }

  /** Hands over an update. @param changes old and new value of each attribute */
  update(
    code: ClassCode,
    id: ObjectId,
    changes: Readonly<Record<string, readonly [StoredValue, StoredValue]>>,
  ): ObjectUpdate {
    const update = {
      class: code,
      id,
      changes: Object.entries(changes).map(([attribute, [oldValue, newValue]]) => ({ attribute, oldValue, newValue })),
    };
    this.objects.update(update);
    return update;
  }

  search(plan: PlanParts): ObjectSearch {
    return this.objects.search({ conditions: [], read: [], includeHidden: false, ...plan });
  }

  async find(plan: PlanParts, key: readonly StoredValue[]): Promise<Match | undefined> {
    return (await this.search(plan).find([key]))[0];
  }

  async ids(plan: PlanParts, key: readonly StoredValue[] = []): Promise<ObjectId[]> {
    return (await this.search(plan).all(key)).map(({ id }) => id);
  }

  /** The values of all objects of a class, by id. */
  async values(code: ClassCode, ...read: readonly string[]): Promise<StoredValue[][]> {
    const search = this.search({ class: code, read, includeHidden: true });
    const rows: StoredValue[][] = [];
    for (const object of await search.all([])) rows.push([...await search.valuesOf(object)]);
    return rows;
  }

  /** One value of all objects of a class, by id. */
  async all(code: ClassCode, read: string): Promise<StoredValue[]> {
    return (await this.values(code, read)).map(([value = null]) => value);
  }
}

/** A database as a test has it, and runs that it makes of it. Who has no more than the store makes runs, too. */
export class World<Opened extends Pick<OpenedStore, "store"> = OpenedStore> {
  constructor(readonly opened: Opened, readonly model: Model) {}

  /** A run in a transaction of its own, which is kept. Nothing may be refused that the work has not asked for. */
  run<T>(work: (run: Run) => Promise<T>, facts: Partial<RunFacts> = {}): Promise<T> {
    return this.opened.store.transaction((transaction) => this.runIn(transaction, work, facts), { rollback: false });
  }

  async runIn<T>(
    transaction: StoreTransaction,
    work: (run: Run) => Promise<T>,
    facts: Partial<RunFacts> = {},
  ): Promise<T> {
    const { objects, finish } = await transaction.run(this.model, { ...RUN, ...facts });
    const result = await work(new Run(objects, transaction, this.model));
    assertEquals(await objects.settled(), []);
    await finish(NO_ROWS, null);
    return result;
  }
}

export class Suite {
  constructor(readonly database: TestedDatabase) {}

  /** A test with a database of its own. */
  test(what: string, use: (world: World) => Promise<void>, parts: Partial<StoreParts> = {}): void {
    const all = { model: SMALL_MODEL, modelText: '{"name":"small"}', now: NOW, ownRules: [], fill: () => {}, ...parts };
    Deno.test(`${this.database.name}: ${what}`, () =>
      this.database.open(all, (opened) => use(new World(opened, all.model))));
  }

  /** A test of one run. */
  inRun(what: string, use: (run: Run) => Promise<void>, parts: Partial<StoreParts> = {}): void {
    this.test(what, (world) => world.run(use), parts);
  }
}

/** What was refused, without the words: what was handed over, the rule and its name. */
export function told(refused: readonly RefusedWrite[]): readonly (ToldRule & { readonly write: unknown })[] {
  return refused.map(({ write, refusal: { rule, constraint } }) => ({ write, rule, constraint }));
}
