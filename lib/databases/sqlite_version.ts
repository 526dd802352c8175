/** Which SQLite this program carries. */
import { Database } from "./sqlite/connection.ts";

/** `3.49.1` */
export function sqliteVersion(): string {
  const database = new Database({ path: ":memory:", file: ":memory:", busyTimeoutSeconds: 0 });
  try {
    return String(database.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  } finally {
    database.close();
  }
}
