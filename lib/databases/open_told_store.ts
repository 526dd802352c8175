/** The door for commands whose parameters depend on whose the database is. */
import { EXIT, RunStop } from "../errors.ts";
import { databaseWithoutUsers } from "../messages/foreign.ts";
import type { DatabaseKind } from "../store/database_kind.ts";
import type { Store } from "../store/store.ts";
import { databaseKind } from "./database_kind.ts";
import { type ForeignOptions, type OpenOptions, openStore } from "./open_store.ts";

export interface ToldOptions extends Omit<OpenOptions, "foreign"> {
  /** What the parameters were read for; undefined: for a database of ours, as they name a user. */
  readonly kind: DatabaseKind | undefined;
  /** Null: a user is to log in. */
  readonly foreign: ForeignOptions | null;
}

/**
 * Opens the database that parameters name.
 * @throws RunStop as `openStore`, but 64 when a user is named for a database that has none
 */
export async function openToldStore(path: string, { kind, foreign, ...options }: ToldOptions): Promise<Store> {
  if (kind instanceof RunStop && foreign === null) throw kind;
  try {
    return await openStore(path, { ...options, foreign: foreign ?? undefined });
  } catch (error) {
    if (!(error instanceof RunStop) || error.exitCode !== EXIT.databaseNotUsable || foreign !== null) throw error;
    if (databaseKind(path, options) !== "foreign") throw error;
    throw new RunStop(EXIT.usage, [databaseWithoutUsers(path, "auth_user")], { cause: error });
  }
}
