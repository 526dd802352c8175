/** The objects of an SQLite database, as the program asks for them. */
import { classOf } from "../../model/look_up.ts";
import type { ClassCode } from "../../model/model.ts";
import type { Layout, Mapping } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { AlteredObjects } from "../../store/expected_writes.ts";
import type { ObjectSearches, ObjectStore, Referrer } from "../../store/objects.ts";
import type { WriteRefusal } from "../../store/write_refusal.ts";
import { haveConsequences } from "../writes/consequences.ts";
import { consequencesOf } from "./consequences.ts";
import type { objectsInLoops } from "./loops.ts";
import type { DeletionIndexes, referrersTo as findReferrers } from "./referrers.ts";
import type { Database } from "./connection.ts";
import { countObjects, readExamples } from "./examples.ts";
import { HeldWrites } from "./held_writes.ts";
import type { IdSequence, UsedIds } from "../writes/id_sequence.ts";
import { idSequenceOf } from "./id_sequence.ts";
import { NumberedIds } from "../shared/object_numbers.ts";
import { ObjectWrites } from "./object_writes.ts";
import { createSearch } from "./search.ts";
import type { SearchContext } from "./search_statement.ts";
import { asked } from "./asked.ts";
import { laterList } from "../shared/later_list.ts";
import { idFromText } from "../shared/typed_id.ts";
import { createSearchIndexes } from "./search_index.ts";
import { rulesOfOthers } from "./others_rules.ts";
import { ReadSpellings } from "../spellings/read_spellings.ts";
import { WrittenSpellings } from "../spellings/written_spellings.ts";
import { doneNow } from "../shared/steps.ts";
import { SqliteSpellings } from "./sqlite_spellings.ts";
import type { ChangeLog } from "./sqlite_change_log.ts";
import { createVisibleObjects } from "./visible_objects.ts";

/** Only those who run the database can have added triggers to it. */
const NOTHING_ALTERED: AlteredObjects = new Map();

/** The objects of a run. */
export interface SqliteObjectStore extends ObjectStore {
  /** To be called when everything is written. */
  finish(): void;
}

export interface ObjectStoreOptions {
  /** When the run began: objects that become obsolete do so on this day, in UTC. Now, when left out. */
  readonly now?: Date;
  /** What counts as used before the run, when it is one of several in a transaction; what is there now, when left out. */
  readonly usedIds?: UsedIds | undefined;
  /** New objects are shown with the id 0. */
  readonly simulate?: boolean;
}

/** From so many objects on, listing them by name without an index is slow. */
const MANY_OBJECTS = 10_000;

/** Objects that are only looked at. @param organizations as for `Store.objects` */
export function createObjectSearches(
  database: Database,
  mapping: Mapping,
  organizations: readonly ObjectId[] | null = null,
): ObjectSearches {
  const visible = createVisibleObjects(database, mapping);
  visible.limitTo(organizations);
  const context = {
    database,
    ...mapping,
    indexes: createSearchIndexes(database, mapping, false),
    visible,
    spellings: mapping.layout.comparesForms ? new ReadSpellings(new SqliteSpellings(database)) : null,
    flush: () => {},
  };
  return searchesOf(context, idSequenceOf(database, mapping.layout), () => false);
}

/**
 * The objects of a database, within one transaction: ids are counted in memory.
 * @param log null: nothing is logged, and searches only read; with a log they make the indexes that they need
 */
export function createObjectStore(
  database: Database,
  mapping: Mapping,
  log: ChangeLog | null,
  options: ObjectStoreOptions = {},
): SqliteObjectStore {
  const { model, layout } = mapping;
  const ids = idSequenceOf(database, layout);
  const visible = createVisibleObjects(database, mapping);
  const today = (options.now ?? new Date()).toISOString().slice(0, "2024-02-29".length);
  const written = log !== null && layout.comparesForms ? new WrittenSpellings(new SqliteSpellings(database)) : null;
  const writes = new ObjectWrites({ database, model, layout, ids, today }, visible, written);
  const held = new HeldWrites(database, writes, log);
  let deletions: DeletionIndexes | null = null;
  const context = {
    database,
    model,
    layout,
    indexes: createSearchIndexes(database, mapping, log !== null),
    visible,
    spellings: written ?? (layout.comparesForms ? new ReadSpellings(new SqliteSpellings(database)) : null),
    flush: held.flush,
  };
  return {
    ...searchesOf(context, ids, isShownAsNew(layout, ids, options)),
    newId: (modelClass) => ids.next(classOf(model, modelClass).root) as ObjectId,
    alteredBy: () => NOTHING_ALTERED,
    ...rulesOfOthers(database, mapping),
    isNew: (modelClass, id) => Number(id) > ids.lastBefore(classOf(model, modelClass).root),
    count: (modelClass) => asked(context, () => countObjects(context, modelClass)),
    get deletedObjects() {
      return held.deletedObjects;
    },
    create: (object, needed) => held.add(object, needed),
    update: (update, needed) => held.add(update, needed),
    delete: (modelClass, deleted) => held.add({ class: modelClass, deleted }),
    deleteMany: (modelClass, deleted) => deleteMany(held, writes, modelClass, deleted),
    writeTogether: (writes) => held.addTogether(writes),
    log: (changes) => changes.forEach((logged) => held.add({ logged })),
    settled: () => asked(held, () => held.takeRefused()),
    together: (work) => context.indexes.keptIf((refusal) => refusal === null, () => held.together(work)),
    haveConsequences: (modelClass) => haveConsequences(layout, modelClass),
    consequencesOf: (modelClass, objects) => asked(held, () => consequencesOf(database, layout, modelClass, objects)),
    inLoops: (modelClass, key) => inLoops(held, database, layout, modelClass, key),
    referrersTo: (modelClass, objects) => referrersTo(held, database, layout, modelClass, objects),
    async expectDeletions(classes) {
      const { DeletionIndexes } = await import("./referrers.ts");
      deletions ??= new DeletionIndexes(database, mapping);
      deletions.expect(classes);
    },
    expectWrites: () => Promise.resolve(),
    numbers: () => new NumberedIds(),
    limitTo: (organizations) => asked(held, () => visible.limitTo(organizations)),
    finish() {
      if (written !== null) doneNow(written.finish());
      deletions?.finish();
    },
  };
}

/** Few runs delete many objects. */
async function deleteMany(
  held: HeldWrites,
  writes: ObjectWrites,
  code: ClassCode,
  ids: readonly ObjectId[],
): Promise<WriteRefusal | null> {
  const { deleteManyObjects } = await import("./delete_many.ts");
  return await asked(held, () => held.deleteMany((log) => writes.deleteMany(deleteManyObjects, code, ids, log)));
}

async function referrersTo(held: HeldWrites, ...of: Parameters<typeof findReferrers>): Promise<readonly Referrer[]> {
  const { referrersTo } = await import("./referrers.ts");
  return await asked(held, () => referrersTo(...of));
}

/** Few imports look for loops at their end. */
async function inLoops(held: HeldWrites, ...where: Parameters<typeof objectsInLoops>): Promise<readonly ObjectId[]> {
  const { objectsInLoops } = await import("./loops.ts");
  return await asked(held, () => objectsInLoops(...where));
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
    examples: (modelClass, attributes, count) =>
      asked(context, () => {
        if (ids.last(classOf(model, modelClass).root) > MANY_OBJECTS) context.indexes.serveFriendlyName(modelClass);
        const examples = readExamples(context, modelClass, attributes, count);
        const idAt = attributes.indexOf("id");
        if (idAt < 0) return examples;
        const rows = examples.rows.map((row) =>
          row.map((value, index) => index === idAt ? shownId(modelClass, value as ObjectId) : value)
        );
        return { ...examples, rows };
      }),
  };
}
