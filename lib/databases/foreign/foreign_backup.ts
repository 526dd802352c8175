/**
 * A copy of a database that we did not make, page by page as SQLite has it, under the write lock of a run and before its first write. It is
 * never made by copying the file: to open and close it beside SQLite would take SQLite's locks from it.
 */
import { resolve } from "node:path";
import { EXIT, RunStop } from "../../errors.ts";
import { backupNotPossible } from "../../messages/backups.ts";
import { pathFrom } from "../../working_folder.ts";
import { backUpWith } from "../sqlite/backup_database.ts";
import { Database } from "../sqlite/connection.ts";
import { removeDatabase } from "../sqlite/unfinished_database.ts";

/**
 * @param source in a transaction that has not written yet
 * @returns removes it: it replaces no file, so it would keep the next run from its name
 * @throws RunStop 73 when it cannot be made; then nothing of it is left. The reason of an interruption
 */
export async function backUpForeign(source: Database, path: string): Promise<() => void> {
  if (!Database.canCopy) throw new RunStop(EXIT.databaseNotWritable, [backupNotPossible(path)]);
  await backUpWith(source, path, {
    // Nothing tells a copy from a database that somebody works with.
    whatIs: () => "taken",
    fill: (file) => copyOf(source, file),
  });
  return () => removeDatabase(pathFrom(source, path));
}

async function copyOf(source: Database, file: string): Promise<void> {
  const { path, workingFolder, interruption } = source;
  const reader = new Database({
    path,
    workingFolder,
    file: resolve(pathFrom(source, path)),
    busyTimeoutSeconds: 0,
    isReadOnly: true,
  });
  try {
    await reader.copyTo(file, () => interruption?.throwIfAborted());
  } finally {
    reader.close();
  }
}
