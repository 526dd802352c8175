/** A whole database, from a file or a server to a file or a server: the door for `copy`. */
import { EXIT, RunStop } from "../errors.ts";
import { sameDatabase } from "../messages/copy.ts";
import { sameFileAmong } from "../same_file.ts";
import { namesServer } from "../server_address/postgres_address.ts";
import type { CopiedCounts } from "../store/copied_counts.ts";
import { pathFrom } from "../working_folder.ts";
import type { CopyTarget, OpenedSource } from "./copying/copied_table.ts";
import { copyRows } from "./copying/copy_rows.ts";
import { databaseFiles } from "./database_files.ts";
import type { ServerWorld } from "./postgres/named_server.ts";
import type { PostgresDatabase } from "./postgres/postgres_database.ts";
import { serverPlace } from "./server_place.ts";
import { modelOfText } from "./shared/stored_model.ts";
import { ownMapping } from "./sql/own_layout.ts";
import type { Database } from "./sqlite/connection.ts";

export interface CopyWish extends ServerWorld {
  readonly from: string;
  /** Where nothing is yet. */
  readonly to: string;
  /** Seconds to wait for who keeps the source to themselves. */
  readonly busyTimeoutSeconds: number;
  readonly now: Date;
  readonly onStatement?: ((sql: string) => void) | undefined;
  readonly interruption?: AbortSignal | undefined;
  /** Told how many rows of a table were read. */
  readonly onRows: (rows: number) => Promise<void>;
}

/**
 * Copies what is in a database of ours into a new one, which is there when it is whole.
 * @throws RunStop 64 when both are the same; 73 when there is something at the target, or it cannot be written; 75 when either is out of
 * reach; 78 when the source is none of ours, or has what cannot be copied. Then nothing is left at the target
 */
export async function copyStore(wish: CopyWish): Promise<CopiedCounts> {
  if (await isSame(wish)) throw new RunStop(EXIT.usage, [sameDatabase(wish.from, wish.to)]);
  const { source, ofItsKind, atOneMoment, close } = await openSource(wish);
  try {
    return await atOneMoment(async () => {
      const { text, created } = await source.storedModel();
      const mapping = ownMapping(await modelOfText(text, source.name));
      let counts: CopiedCounts | null = null;
      const { onRows } = wish;
      await createTarget(wish, { mapping, text, created }, async (target) => {
        counts = await copyRows({ source, target, mapping, ofItsKind, onRows });
      });
      if (counts === null) throw new Error("a database was made without its rows");
      return counts;
    });
  } finally {
    await close();
  }
}

/** As far as names and addresses tell it: what is there already is refused in any case. */
async function isSame(wish: CopyWish): Promise<boolean> {
  const { from, to } = wish;
  if (namesServer(from) !== namesServer(to)) return false;
  if (!namesServer(from)) return await sameFileAmong(pathFrom(wish, to), databaseFiles(from, wish)) !== null;
  return await serverPlace(from, wish) === await serverPlace(to, wish);
}

async function openSource(wish: CopyWish): Promise<OpenedSource> {
  if (namesServer(wish.from)) {
    const { addressOf } = await import("./postgres/named_server.ts");
    const { openServerSource } = await import("./postgres/open_source.ts");
    return await openServerSource(await addressOf(wish.from, wish), wish);
  }
  const { openFileSource } = await import("./sqlite/open_source.ts");
  return openFileSource(wish.from, wish);
}

interface NewModel {
  readonly mapping: ReturnType<typeof ownMapping>;
  readonly text: string;
  readonly created: string;
}

async function createTarget(
  wish: CopyWish,
  { mapping, text, created }: NewModel,
  rows: (target: CopyTarget) => Promise<void>,
): Promise<void> {
  const options = { ...wish, ...mapping, modelText: text, now: momentOf(created) ?? wish.now };
  if (namesServer(wish.to)) {
    const { addressOf } = await import("./postgres/named_server.ts");
    const { createDatabase } = await import("./postgres/create_database.ts");
    const { PostgresTarget } = await import("./postgres/copy_target.ts");
    const fill = { rows: (database: PostgresDatabase) => rows(new PostgresTarget(database, mapping.layout)) };
    return await createDatabase(await addressOf(wish.to, wish), { ...options, ...fill }, () => {});
  }
  const { createDatabase } = await import("./sqlite/create_database.ts");
  const { SqliteTarget } = await import("./sqlite/copy_target.ts");
  const fill = { rows: (database: Database) => rows(new SqliteTarget(database)) };
  await createDatabase(wish.to, { ...options, ...fill, busyTimeoutSeconds: NO_WAIT });
}

/** Seconds. Nobody else can know a new file. */
const NO_WAIT = 0;

function momentOf(text: string): Date | null {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
