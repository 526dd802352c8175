/** Opens a database of ours to copy it. */
import type { OpenedSource } from "../copying/copied_table.ts";
import { SqliteSource } from "./copy_source.ts";
import { openDatabase, type OpenOptions } from "./database.ts";
import { atOneMoment } from "./transaction.ts";

/** @throws as `openDatabase` */
export function openFileSource(path: string, options: OpenOptions): OpenedSource {
  const database = openDatabase(path, options);
  return {
    source: new SqliteSource(database),
    ofItsKind: [],
    atOneMoment: (work) => atOneMoment(database, work),
    close: () => database.close(),
  };
}
