/** Connects with a database of ours at a server to copy it. */
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import type { OpenedSource } from "../copying/copied_table.ts";
import type { OpenOptions } from "../open_store.ts";
import { PostgresSource, SERVER_TABLES } from "./copy_source.ts";
import { requireOurs } from "./marks.ts";
import { openServerDatabase } from "./open_postgres.ts";
import { readAtOneMoment } from "./postgres_transaction.ts";

/** @throws as `openPostgresStore` */
export async function openServerSource(address: PostgresAddress, options: OpenOptions): Promise<OpenedSource> {
  const database = await openServerDatabase(address, options);
  try {
    await requireOurs(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    source: new PostgresSource(database),
    ofItsKind: SERVER_TABLES,
    atOneMoment: (work) => readAtOneMoment(database, work),
    close: () => database.close(),
  };
}
