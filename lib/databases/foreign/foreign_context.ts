/** What reading and writing a database share that we did not make. */
import type { DerivedModel, DerivedTable } from "../../model/derive/derived_model.ts";
import type { ClassCode } from "../../model/model.ts";
import type { Database } from "../sqlite/connection.ts";
import { ColumnDates } from "./column_dates.ts";
import { type Encoding, encodingOf } from "./encoded_value.ts";
import { KeyTables } from "./key_tables.ts";
import { References } from "./references.ts";
import { StoredValues } from "./stored_values.ts";

export interface ForeignContext {
  readonly database: Database;
  readonly derived: DerivedModel;
  readonly values: StoredValues;
  readonly dates: ColumnDates;
  readonly references: References;
  readonly encoding: Encoding;
  /** Null: searches make no tables of their own, for others may write meanwhile. */
  readonly keyTables: KeyTables | null;
  /** Writes what is held back, so that it is found. */
  readonly flush: () => void;
}

/**
 * @param isWriting within a transaction that nobody else can write in; whoever ends it, or makes the context for a part of it, calls
 * `keyTables.finish` when its searches are done
 */
export function createForeignContext(
  database: Database,
  derived: DerivedModel,
  { flush, isWriting }: { readonly flush: () => void; readonly isWriting: boolean },
): ForeignContext {
  const dates = new ColumnDates(database);
  return {
    database,
    derived,
    values: new StoredValues(dates),
    dates,
    references: new References(database, derived),
    encoding: encodingOf(database),
    keyTables: isWriting ? new KeyTables(database) : null,
    flush,
  };
}

/** @throws Error when there is none: the code comes from the model */
export function tableOf({ derived }: Pick<ForeignContext, "derived">, code: ClassCode): DerivedTable {
  const table = derived.tables.get(code);
  if (table === undefined) throw new Error(`the database has no table of ${code}`);
  return table;
}
