/** The rows of a database that we did not make, as the program asks for them. */
import type { DerivedModel } from "../../model/derive/derived_model.ts";
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectStore } from "../../store/objects.ts";
import type { Database } from "../sqlite/connection.ts";
import { HeldWrites } from "../sqlite/held_writes.ts";
import { asked } from "../sqlite/search.ts";
import type { ChangeLog } from "../sqlite/sqlite_change_log.ts";
import { DefaultValues } from "./default_values.ts";
import { createForeignContext } from "./foreign_context.ts";
import { countObjects, createForeignSearches } from "./foreign_searches.ts";
import { IdNumbers } from "./id_numbers.ts";
import { type MadeUpIds, NewIds } from "./new_ids.ts";
import type { RowContext } from "./row_context.ts";
import { RowWrites } from "./row_writes.ts";

/** The rows of a run. */
export interface ForeignObjectStore extends ObjectStore {
  /** To be called when everything is written. */
  finish(): void;
}

export interface ForeignObjectOptions {
  readonly derived: DerivedModel;
  /** Whether the database checks foreign keys. */
  readonly foreignKeys: boolean;
  /** New objects are shown with the id 0, where no file gives it. */
  readonly simulate: boolean;
  readonly madeUp: MadeUpIds;
}

/** The rows, within one transaction: ids are counted in memory. */
export function createForeignObjects(
  database: Database,
  log: ChangeLog,
  { derived, foreignKeys, simulate, madeUp }: ForeignObjectOptions,
): ForeignObjectStore {
  const reading = createForeignContext(database, derived, { flush: () => held.flush(), isWriting: true });
  const defaults = new DefaultValues(database);
  const ids = new NewIds(reading, defaults, madeUp);
  const context: RowContext = { ...reading, ids, defaults, foreignKeys };
  const writes = new RowWrites(context);
  const held = new HeldWrites(database, writes, log);
  const searches = createForeignSearches(reading, (code, id) => simulate && madeUp.has(code, id));
  return {
    ...searches,
    count: (code) => countObjects(reading, code),
    newId: (code, object) => ids.next(code, object),
    isNew: (code, id) => ids.isNew(code, id),
    get deletedObjects() {
      return held.deletedObjects;
    },
    create: (object, needed) => held.add(object, needed),
    update: (update, needed) => held.add(update, needed),
    delete: (code, deleted) => held.add({ class: code, deleted }),
    deleteMany: (code, deleted) =>
      asked(held, () => held.deleteMany(({ others }) => writes.delete(code, deleted, others))),
    log: (changes) => changes.forEach((logged) => held.add({ logged })),
    settled: () => asked(held, () => held.takeRefused()),
    together: (work) => held.together(work),
    async consequencesOf(code, objects) {
      const { consequencesOf } = await import("./row_consequences.ts");
      return await asked(held, () => consequencesOf(context, code, objects));
    },
    inLoops: (code, key) => inLoops(context, code, key),
    async referrersTo(code, objects) {
      const { rowReferrers } = await import("./row_referrers.ts");
      return await asked(held, () => rowReferrers(context, code, objects));
    },
    // What SQLite would need is an index, and the database is not ours.
    expectDeletions: () => Promise.resolve(),
    numbers: () => new IdNumbers(),
    limitTo: (organizations) => {
      if (organizations !== null) throw new Error("the database has no organisations to limit users to");
      return Promise.resolve();
    },
    finish() {
      context.keyTables?.finish();
    },
  };
}

/** Only an overlay could say that keys must end somewhere. */
async function inLoops(context: RowContext, code: ClassCode, key: AttributeCode): Promise<readonly ObjectId[]> {
  const { rowsInLoops } = await import("./row_loops.ts");
  return await asked(context, () => rowsInLoops(context, code, key));
}
