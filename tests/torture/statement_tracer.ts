/** Sees the text of every statement that SQLite is given in this process, whoever gives it. */
import { DatabaseSync } from "node:sqlite";

/** Runs `use`, and tells every statement that was prepared or executed meanwhile. */
export async function tracing<T>(
  use: () => Promise<T>,
): Promise<{ readonly result: T; readonly statements: string[] }> {
  const statements: string[] = [];
  const { prepare, exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (sql, ...more) {
    statements.push(sql);
    return prepare.call(this, sql, ...more);
  };
  DatabaseSync.prototype.exec = function (sql) {
    statements.push(sql);
    return exec.call(this, sql);
  };
  try {
    return { result: await use(), statements };
  } finally {
    Object.assign(DatabaseSync.prototype, { prepare, exec });
  }
}
