/** The files that a database consists of, for who must not write to them. */
import { namesServer } from "../server_address/postgres_address.ts";
import { pathFrom, type WorkingFolder } from "../working_folder.ts";

/** What SQLite adds to the name for its own files beside it (https://sqlite.org/tempfiles.html), and we for a change log. */
const BESIDE = ["", "-wal", "-shm", "-journal", ".csvrecon", ".csvrecon-journal"] as const;

/** @param path of the database, be it there or not; what it links to is meant. One at a server has none @returns paths */
export function databaseFiles(path: string, at: WorkingFolder): readonly string[] {
  if (namesServer(path)) return [];
  const whole = pathFrom(at, path);
  return BESIDE.map((end) => realPath(whole) + end);
}

function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    // It is not there, or out of reach: to open it will tell so.
    return path;
  }
}
