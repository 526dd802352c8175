/** The objects of an SQLite database, as the engine asks for them. */
import { classOf } from "../../model/look_up.ts";
import type { Model } from "../../model/model.ts";
import type { ObjectStore } from "../../store/objects.ts";
import type { ChangeLog } from "../../store/changes.ts";
import type { Database } from "./connection.ts";
import { createObjectCreator } from "./create_objects.ts";
import { readExamples } from "./examples.ts";
import { createIdSequence, type UsedIds } from "./id_sequence.ts";
import { createSearch, type SearchContext } from "./search.ts";
import { createSearchIndexes } from "./search_index.ts";
import { deleteObjects, logChange, updateObject } from "./update_objects.ts";
import { createVisibleObjects } from "./visible_objects.ts";
import type { WriteContext } from "./write_context.ts";

export interface ObjectStoreOptions {
  /** When the run began: objects that become obsolete do so on this day, in UTC. Now, when left out. */
  readonly now?: Date;
  /** What counts as used before the run, when it is one of several in a transaction; what is there now, when left out. */
  readonly usedIds?: UsedIds | undefined;
}

/** From so many objects on, listing them by name without an index is slow. */
const MANY_OBJECTS = 10_000;

/**
 * The objects of a database, within one transaction: ids are counted in memory.
 * @param log null: nothing is logged, and searches only read; with a log they make the indexes that they need
 */
export function createObjectStore(
  database: Database,
  model: Model,
  log: ChangeLog | null,
  options: ObjectStoreOptions = {},
): ObjectStore {
  const ids = createIdSequence(database, model);
  const { usedIds } = options;
  const visible = createVisibleObjects(database, model);
  const indexes = createSearchIndexes(database, model, log !== null);
  const searches: SearchContext = { database, model, indexes, visible };
  const today = (options.now ?? new Date()).toISOString().slice(0, "2024-02-29".length);
  const writes: WriteContext = { database, model, ids, log, today };
  const createObjects = createObjectCreator(writes);
  return {
    search: (plan) => createSearch(searches, plan),
    nextId: ids.next,
    lastIdBefore: usedIds === undefined ? ids.lastBefore : (root) => usedIds(model, root),
    create(objects) {
      createObjects(objects);
      visible.created(objects.class, objects.objects.map(({ id }) => id));
    },
    update(updates) {
      for (const update of updates) {
        updateObject(writes, update);
        visible.updated(update.class, update.changes.map(({ attribute }) => attribute));
      }
    },
    delete: (modelClass, objectIds) => deleteObjects(writes, modelClass, objectIds),
    log(changes) {
      for (const change of changes) logChange(writes, change);
    },
    examples(modelClass, attributes, count) {
      if (ids.last(classOf(model, modelClass).root) > MANY_OBJECTS) indexes.serveFriendlyName(modelClass);
      return readExamples(searches, modelClass, attributes, count);
    },
    limitTo: visible.limitTo,
  };
}
