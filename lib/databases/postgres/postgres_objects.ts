/** The objects of a PostgreSQL database, as the program asks for them. */
import { classOf } from "../../model/look_up.ts";
import type { ClassCode } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { AlteredObjects } from "../../store/expected_writes.ts";
import type { ObjectSearches, ObjectStore } from "../../store/objects.ts";
import type { ExpectedSearch } from "../../store/prepared_searches.ts";
import type { OwnMapping } from "../sql/own_layout.ts";
import { ReadSpellings } from "../spellings/read_spellings.ts";
import { WrittenSpellings } from "../spellings/written_spellings.ts";
import { laterList } from "../shared/later_list.ts";
import { NumberedIds } from "../shared/object_numbers.ts";
import { idFromText } from "../shared/typed_id.ts";
import { doneLater } from "../shared/steps.ts";
import { haveConsequences } from "../writes/consequences.ts";
import { createIdSequence, type IdSequence, type UsedIds } from "../writes/id_sequence.ts";
import { consequencesOf } from "./delete_objects.ts";
import { countObjects, readExamples } from "./examples.ts";
import { HeldWrites } from "./held_writes.ts";
import { noteUsed, readUsedNumbers, type UsedNumbers } from "./id_table.ts";
import { ObjectWrites } from "./object_writes.ts";
import { mayRefuse } from "./others_rules.ts";
import type { ChangeLog } from "./postgres_change_log.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { PostgresSpellings } from "./postgres_spellings.ts";
import type { DeletionIndexes } from "./referrers.ts";
import { createSearch, type SearchContext } from "./search.ts";
import { createRuleColumns } from "./rule_columns.ts";
import { SearchIndexes } from "./search_indexes.ts";
import { VisibleObjects } from "./visible_objects.ts";

/** Only those who run the database can have added triggers to it. */
const NOTHING_ALTERED: AlteredObjects = new Map();

/** The objects of a run. */
export interface PostgresObjectStore extends ObjectStore {
  /** @see StoreRun */
  searchesWithoutIndex(): readonly ExpectedSearch[];
  /** To be called when everything is written. */
  finish(): Promise<void>;
}

export interface ObjectStoreOptions {
  /** When the run began: objects that become obsolete do so on this day, in UTC. */
  readonly now: Date;
  /** The largest id that each table has ever used. */
  readonly used: UsedNumbers;
  /** What counts as used before the run, when it is one of several in a transaction; `used`, when left out. */
  readonly usedIds?: UsedIds | undefined;
  /** New objects are shown with the id 0. */
  readonly simulate?: boolean;
}

/** From so many objects on, listing them by name without an index is slow. */
const MANY_OBJECTS = 10_000;

/** Objects that are only looked at. @param organizations as for `Store.objects` */
export function createObjectSearches(
  database: PostgresDatabase,
  mapping: OwnMapping,
  organizations: readonly ObjectId[] | null,
): ObjectSearches {
  const spoken = { ...mapping, dialect: database.dialect };
  const context = {
    database,
    ...spoken,
    indexes: new SearchIndexes(database, spoken, false),
    visible: new VisibleObjects(database, spoken, organizations),
    spellings: new ReadSpellings(new PostgresSpellings(database)),
    flush: () => Promise.resolve(),
  };
  return searchesOf(context, createIdSequence(() => 0), () => false);
}

/**
 * The objects of a database, within one transaction: ids are counted in memory.
 * @param log null: nothing is logged, and searches only read; with a log they make the indexes that they need
 */
export function createObjectStore(
  database: PostgresDatabase,
  mapping: OwnMapping,
  log: ChangeLog | null,
  options: ObjectStoreOptions,
): PostgresObjectStore {
  const { model, layout } = mapping;
  const spoken = { ...mapping, dialect: database.dialect };
  const ids = createIdSequence((root) => options.used.get(layout.tableOf(root).name) ?? 0);
  const visible = new VisibleObjects(database, spoken, null);
  const written = log === null ? null : new WrittenSpellings(new PostgresSpellings(database));
  const writes = new ObjectWrites({ database, ...spoken, ids, today: dayOf(options.now) }, visible, written);
  const held = new HeldWrites(database, writes, log, createRuleColumns(spoken));
  const indexes = new SearchIndexes(database, spoken, log !== null);
  let deletions: DeletionIndexes | null = null;
  const context: SearchContext = {
    database,
    ...spoken,
    indexes,
    visible,
    spellings: written ?? new ReadSpellings(new PostgresSpellings(database)),
    flush: held.flush,
  };
  const asked: Asked = async (answer) => {
    await held.flush();
    return await answer();
  };
  return {
    ...searchesOf(context, ids, isShownAsNew(layout, ids, options)),
    ...aroundDeletions(database, layout, asked),
    ...handedOver(held, writes),
    answersLater: { rowsTogether: () => rowsTogether(database) },
    newId: (modelClass) => ids.next(classOf(model, modelClass).root) as ObjectId,
    alteredBy: () => NOTHING_ALTERED,
    mayAlter: () => database.hasTriggers,
    mayRefuse: (modelClass) => mayRefuse(database, mapping, modelClass),
    isNew: (modelClass, id) => Number(id) > ids.lastBefore(classOf(model, modelClass).root),
    count: (modelClass) => asked(() => countObjects(context, modelClass)),
    get deletedObjects() {
      return held.deletedObjects;
    },
    settled: () => asked(() => held.takeRefused()),
    together: (work) => indexes.keptIf((refusal) => refusal === null, () => held.together(work)),
    async expectDeletions(classes) {
      const { DeletionIndexes } = await import("./referrers.ts");
      deletions ??= new DeletionIndexes(database, mapping, indexes);
      await deletions.expect(classes);
    },
    expectWrites: () => Promise.resolve(),
    searchesWithoutIndex: () => indexes.missing,
    numbers: () => new NumberedIds(),
    limitTo: (organizations) => asked(() => visible.limitTo(organizations)),
    async finish() {
      await held.flush();
      if (written !== null) await doneLater(written.finish());
      await deletions?.finish();
      await noteIds(database, layout, options.used);
    },
  };
}

/** Milliseconds: farther away are other machines only. */
const NEAR = 2;

/** Where each answer is long on its way, more is asked at once; four times as many rows take some 10 MiB more. */
function rowsTogether({ connection: { roundTrip } }: PostgresDatabase): number {
  return roundTrip < NEAR ? 512 : 2048;
}

/** In UTC. */
function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, "2024-02-29".length);
}

type HandedOver = Pick<ObjectStore, "create" | "update" | "delete" | "deleteMany" | "writeTogether" | "log">;

/** What is held back until its time has come. */
function handedOver(held: HeldWrites, writes: ObjectWrites): HandedOver {
  return {
    create: (object, needed) => held.add(object, needed),
    update: (update, needed) => held.add(update, needed),
    delete: (modelClass, deleted) => held.add({ class: modelClass, deleted }),
    async deleteMany(modelClass, deleted) {
      const { deleteManyObjects } = await import("./delete_many.ts");
      return await held.deleteMany((many) => writes.deleteMany(deleteManyObjects, modelClass, deleted, many));
    },
    writeTogether: (together) => held.addTogether(together),
    log: (changes) => changes.forEach((logged) => held.add({ logged })),
  };
}

/** Asks when everything is written that is held back. */
type Asked = <T>(answer: () => T | Promise<T>) => Promise<T>;

type AroundDeletions = Pick<ObjectStore, "haveConsequences" | "consequencesOf" | "inLoops" | "referrersTo">;

/** What hangs on objects. Few imports ask for most of it. */
function aroundDeletions(database: PostgresDatabase, layout: Layout, asked: Asked): AroundDeletions {
  return {
    haveConsequences: (modelClass) => haveConsequences(layout, modelClass),
    consequencesOf: (modelClass, objects) => asked(() => consequencesOf(database, layout, modelClass, objects)),
    async inLoops(modelClass, key) {
      const { objectsInLoops } = await import("./loops.ts");
      return await asked(() => objectsInLoops(database, layout, modelClass, key));
    },
    async referrersTo(modelClass, objects) {
      const { referrersTo } = await import("./referrers.ts");
      return await asked(() => referrersTo(database, layout, modelClass, objects));
    },
  };
}

/** What is there now counts as used, whoever may take it away. */
async function noteIds(database: PostgresDatabase, layout: Layout, before: UsedNumbers): Promise<void> {
  for (const [name, last] of await readUsedNumbers(database, layout)) {
    if (last > (before.get(name) ?? 0)) await noteUsed(database, name, last);
  }
}

/** Whether an object is one that only a simulation has created. */
function isShownAsNew(
  layout: Layout,
  ids: IdSequence,
  { simulate = false, usedIds }: ObjectStoreOptions,
): (root: ClassCode, id: ObjectId) => boolean {
  if (!simulate) return () => false;
  const lastBefore = usedIds === undefined ? ids.lastBefore : (root: ClassCode) => usedIds(layout, root);
  return (root, id) => Number(id) > lastBefore(root);
}

function searchesOf(
  context: SearchContext,
  ids: IdSequence,
  isNew: (root: ClassCode, id: ObjectId) => boolean,
): ObjectSearches {
  const { model } = context;
  const shownId = (modelClass: ClassCode, id: ObjectId) => isNew(classOf(model, modelClass).root, id) ? 0 : Number(id);
  return {
    search: (plan) => createSearch(context, plan),
    list: (listing) => laterList(async () => (await import("./object_list.ts")).createList(context, listing)),
    idFromText: (_, text) => idFromText(text),
    shownId,
    shownKey: () => null,
    async examples(modelClass, attributes, count) {
      await context.flush();
      if (ids.last(classOf(model, modelClass).root) > MANY_OBJECTS) await context.indexes.serveFriendlyName(modelClass);
      const examples = await readExamples(context, modelClass, attributes, count);
      const idAt = attributes.indexOf("id");
      if (idAt < 0) return examples;
      const rows = examples.rows.map((row) =>
        row.map((value, index) => index === idAt ? shownId(modelClass, value as ObjectId) : value)
      );
      return { ...examples, rows };
    },
  };
}
