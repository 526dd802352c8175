/** Opening a database of a PostgreSQL server. */
import { databaseReplaced } from "../../messages/database.ts";
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import { DatabaseReplaced } from "../../store/database_replaced.ts";
import type { OpenOptions } from "../open_store.ts";
import type { OpenBeside } from "./commits.ts";
import { connect } from "./connection.ts";
import { identityOf, requireOurs } from "./marks.ts";
import { temporaryFolder } from "./named_server.ts";
import { PostgresDatabase } from "./postgres_database.ts";
import { PostgresStore } from "./postgres_store.ts";

/**
 * @throws RunStop 78 when there is no database of ours in the schema, or one of another version; DatabaseReplaced when it is another one
 * than `identity` tells; as `connect`
 */
export async function openPostgresStore(address: PostgresAddress, options: OpenOptions): Promise<PostgresStore> {
  const database = await openServerDatabase(address, options);
  try {
    await requireOurs(database);
    const { identity } = options;
    if (identity !== undefined && await identityOf(database) !== identity) {
      throw new DatabaseReplaced(databaseReplaced(database.name));
    }
    const openBeside: OpenBeside = async (interruption, busyTimeoutSeconds = options.busyTimeoutSeconds) => {
      const beside = await openServerDatabase(address, { ...options, interruption, busyTimeoutSeconds });
      beside.engine = database.engine;
      return beside;
    };
    return new PostgresStore(database, openBeside, temporaryFolder(options));
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Connects, whatever is there. */
export async function openServerDatabase(address: PostgresAddress, options: OpenOptions): Promise<PostgresDatabase> {
  const open = () => connect(address, options);
  const database = new PostgresDatabase(await open(), options, open);
  try {
    await database.begin();
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
