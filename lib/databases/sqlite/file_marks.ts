/**
 * What tells that something else than SQLite has touched the files of a database: copied another one over it, taken its log away, or put
 * back what was there before. A connection that stays open hears nothing of it, and would write into what is gone, or mix both.
 */
import type { WorkingFolder } from "../../working_folder.ts";
import { databaseFiles } from "../database_files.ts";

export class FileMarks {
  /** The file of the database, and those of SQLite beside it. */
  readonly #paths: readonly string[];

  /** @param path of the database, whose files are there */
  constructor(path: string, at: WorkingFolder) {
    const [database = path, log = path, memory = path] = databaseFiles(path, at);
    this.#paths = [database, log, memory];
  }

  /**
   * As a text to be compared. The log is written all the time; the database is when SQLite takes the log into it, which nobody can tell from
   * what others do.
   */
  now(): string {
    const [database = "", ...beside] = this.#paths;
    return [wholeMark(database), ...beside.map(placeMark)].join();
  }
}

function wholeMark(path: string): string {
  const found = statOrNull(path);
  if (found === null) return "none";
  const { dev, ino, size, mtime, mode, uid, gid } = found;
  return [dev, ino, size, mtime?.getTime(), mode, uid, gid].join(":");
}

function placeMark(path: string): string {
  const found = statOrNull(path);
  return found === null ? "none" : `${found.dev}:${found.ino}`;
}

function statOrNull(path: string): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch {
    // It is not there, or out of reach.
    return null;
  }
}
