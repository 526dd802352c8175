/** Making a new database: the door for `init`. */
import type { Model } from "../model/model.ts";
import type { ObjectStore } from "../store/objects.ts";
import { namesServer } from "../server_address/postgres_address.ts";
import type { ServerWorld } from "./postgres/named_server.ts";
import { ownMapping } from "./sql/own_layout.ts";
import { createDatabase } from "./sqlite/create_database.ts";
import { createObjectStore } from "./sqlite/sqlite_objects.ts";

export interface NewStore extends ServerWorld {
  readonly model: Model;
  /** The model's file, to be kept in the database. */
  readonly modelText: string;
  readonly now: Date;
  readonly onStatement?: ((sql: string) => void) | undefined;
  readonly interruption?: AbortSignal | undefined;
}

/** Seconds. Nobody else can know a new file, so there is nobody to wait for. */
const NO_WAIT = 0;

/**
 * Makes a database with the tables of a model; it bears its name only when it is complete.
 * @param fill hands over the first objects; they are part of the same transaction
 * @throws RunStop 73 when the file exists or cannot be made, RunStop 78 when the model cannot be stored; then, and when `fill`
 * throws, no file is left behind
 */
export async function createStore(
  path: string,
  options: NewStore,
  fill: (objects: ObjectStore) => void | Promise<void>,
): Promise<void> {
  if (namesServer(path)) {
    const { addressOf } = await import("./postgres/named_server.ts");
    const { createDatabase } = await import("./postgres/create_database.ts");
    return await createDatabase(await addressOf(path, options), options, fill);
  }
  const { model, now } = options;
  const mapping = ownMapping(model);
  await createDatabase(path, { ...options, ...mapping, busyTimeoutSeconds: NO_WAIT }, async (database) => {
    const objects = createObjectStore(database, mapping, null, { now });
    await fill(objects);
    const [refused] = await objects.settled();
    if (refused !== undefined) {
      throw new Error(`a new database refuses ${refused.write.class}: ${refused.refusal.text}`);
    }
  });
}
