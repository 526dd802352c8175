/** The rows of a database that we did not make, as the program asks for them. */
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectStore } from "../../store/objects.ts";
import type { Database } from "../sqlite/connection.ts";
import { HeldWrites } from "../sqlite/held_writes.ts";
import { asked } from "../sqlite/asked.ts";
import type { ChangeLog } from "../sqlite/sqlite_change_log.ts";
import { AlteredRows, mayBecomeOther } from "./altered_rows.ts";
import { DefaultValues } from "./default_values.ts";
import { createForeignContext, tableOf } from "./foreign_context.ts";
import { countObjects, createForeignSearches } from "./foreign_searches.ts";
import type { ForeignSchema } from "./foreign_schema.ts";
import { IdNumbers } from "./id_numbers.ts";
import { KnownTexts } from "./known_texts.ts";
import { type MadeUpIds, NewIds } from "./new_ids.ts";
import type { RowContext } from "./row_context.ts";
import { consequencesOf, haveConsequences } from "./row_consequences.ts";
import { RowWrites } from "./row_writes.ts";
import { WritableTables } from "./writable_tables.ts";

/** The rows of a run. */
export interface ForeignObjectStore extends ObjectStore {
  /** To be called when everything is written. */
  finish(): void;
}

export interface ForeignObjectOptions {
  readonly schema: ForeignSchema;
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
  { schema, foreignKeys, simulate, madeUp }: ForeignObjectOptions,
): ForeignObjectStore {
  const reading = createForeignContext(database, schema.derived, { flush: () => held.flush(), isWriting: true });
  const defaults = new DefaultValues(database);
  const texts = new KnownTexts();
  const ids = new NewIds(reading, defaults, madeUp, schema.facts.triggers, texts);
  const altered = new AlteredRows(reading);
  const context: RowContext = { ...reading, ids, defaults, altered, foreignKeys };
  const writes = new RowWrites(context);
  const tables = new WritableTables(reading, schema.facts);
  const held = new HeldWrites(database, writes, log);
  const searches = createForeignSearches(reading, (code, id) => simulate && madeUp.has(code, id));
  return {
    ...searches,
    count: (code) => countObjects(reading, code),
    newId: (code, object) => ids.next(code, object),
    isNew: (code, id) => ids.isNew(code, id),
    alteredBy: (written) => altered.by(written),
    mayAlter: (code, attributes) => attributes.some((attribute) => mayBecomeOther(tableOf(reading, code), attribute)),
    // Nothing of it is ours.
    mayRefuse: () => true,
    get deletedObjects() {
      return held.deletedObjects;
    },
    ...writesOf(held, writes, tables),
    log: (changes) => changes.forEach((logged) => held.add({ logged })),
    settled: () => asked(held, () => held.takeRefused()),
    together: (work) => held.together(work),
    haveConsequences: (code) => haveConsequences(context, code),
    consequencesOf: (code, objects) => asked(held, () => consequencesOf(context, code, objects)),
    inLoops: (code, key) => inLoops(context, code, key),
    async referrersTo(code, objects) {
      const { rowReferrers } = await import("./row_referrers.ts");
      return await asked(held, () => rowReferrers(context, code, objects));
    },
    // What SQLite would need is an index, and the database is not ours.
    expectDeletions: () => Promise.resolve(),
    expectWrites: (expected) => asked(held, () => tables.expect(expected)),
    numbers: () => new IdNumbers(texts),
    limitTo: (organizations) => {
      if (organizations !== null) throw new Error("the database has no organisations to limit users to");
      return Promise.resolve();
    },
    finish() {
      context.keyTables?.finish();
    },
  };
}

/** Whatever is handed over, its table can be written. */
function writesOf(
  held: HeldWrites,
  writes: RowWrites,
  tables: WritableTables,
): Pick<ObjectStore, "create" | "update" | "delete" | "deleteMany" | "writeTogether"> {
  return {
    create(object, needed) {
      tables.require(object.class, false);
      held.add(object, needed);
    },
    update(update, needed) {
      tables.require(update.class, false);
      held.add(update, needed);
    },
    delete(code, deleted) {
      tables.require(code, true);
      held.add({ class: code, deleted });
    },
    writeTogether(writes) {
      for (const { class: code } of writes.deleted) tables.require(code, true);
      if ("values" in writes.object || writes.object.changes.length > 0) tables.require(writes.object.class, false);
      for (const { class: code } of writes.others) tables.require(code, false);
      held.addTogether(writes);
    },
    deleteMany: (code, deleted) =>
      asked(held, () => {
        tables.require(code, true);
        return held.deleteMany(({ others }) => writes.delete(code, deleted, others));
      }),
  };
}

/** Only an overlay could say that keys must end somewhere. */
async function inLoops(context: RowContext, code: ClassCode, key: AttributeCode): Promise<readonly ObjectId[]> {
  const { rowsInLoops } = await import("./row_loops.ts");
  return await asked(context, () => rowsInLoops(context, code, key));
}
