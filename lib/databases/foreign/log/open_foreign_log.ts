/** Opening the change log of a database that we did not make. */
import type { DerivedModel } from "../../../model/derive/derived_model.ts";
import type { ChangeLogPlace } from "../../../store/store.ts";
import type { Database } from "../../sqlite/connection.ts";
import type { ForeignLogs } from "../foreign_log.ts";
import { LogsBeside } from "./log_beside.ts";
import { LogsInside } from "./log_inside.ts";
import { noLogs } from "./no_log.ts";

export interface ForeignLogOptions {
  readonly place: ChangeLogPlace;
  /** What is in the database; asked for when entries are read or written. */
  derived(): DerivedModel;
}

/** @param database open; a log inside it uses the same connection */
export function openForeignLog(database: Database, options: ForeignLogOptions): ForeignLogs {
  switch (options.place) {
    case "beside":
      return new LogsBeside(database, options);
    case "inside":
      return new LogsInside(database, options);
    case "none":
      return noLogs(database, options);
  }
}
