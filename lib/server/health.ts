/** Whether the server can do its work. */
import { EXIT, RunStop } from "../errors.ts";
import { databaseMissing, databaseReplaced } from "../messages/database.ts";
import type { Database } from "../databases/sqlite/database.ts";

/**
 * @param database open, and stays so
 * @returns the check, which throws RunStop when the database cannot be read, or its path leads to another file by now or to none
 */
export function healthCheck(database: Database): () => void {
  const { path } = database;
  const atStart = fileAt(path);
  return () => {
    database.prepare("SELECT count(*) FROM csvrecon_model").get();
    const now = fileAt(path);
    if (now.dev !== atStart.dev || now.ino !== atStart.ino) {
      throw new RunStop(EXIT.databaseNotUsable, [databaseReplaced(path)]);
    }
  };
}

function fileAt(path: string): Pick<Deno.FileInfo, "dev" | "ino"> {
  try {
    return Deno.statSync(path);
  } catch (error) {
    throw new RunStop(EXIT.databaseNotUsable, [databaseMissing(path)], { cause: error });
  }
}
