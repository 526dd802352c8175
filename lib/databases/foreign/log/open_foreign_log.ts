/** Opening the change log of a database that we did not make. */
import type { DerivedModel } from "../../../model/derive/derived_model.ts";
import type { StoredValue } from "../../../model/model.ts";
import type { ChangeLogPlace } from "../../../store/store.ts";
import type { DerivedColumn } from "../../../model/derive/derived_model.ts";
import type { Database } from "../../sqlite/connection.ts";
import type { Raw } from "../../sqlite/raw_value.ts";
import type { ForeignLogs } from "../foreign_log.ts";

export interface ForeignLogOptions {
  readonly place: ChangeLogPlace;
  /** What is in the database; asked for when entries are read or written. */
  derived(): DerivedModel;
  /** The canonical value of what a column holds, as the searches give it. */
  storedOf(column: DerivedColumn, value: Raw): StoredValue;
}

/** @param database open; a log inside it uses the same connection */
export function openForeignLog(_database: Database, _options: ForeignLogOptions): ForeignLogs {
  throw new Error("not built yet");
}
