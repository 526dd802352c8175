/** Databases as older versions of the program left them: `fixtures/databases`, with three runs of persons and teams. */
import { DatabaseSync } from "node:sqlite";
import { readFixture } from "./fixtures.ts";
import type { Scratch } from "./scratch.ts";

/** Those that a database may come from. */
export const OLDER_VERSIONS = [1, 2, 3] as const;

/** Writes one into a scratch folder. @returns its path */
export function writeOlderDatabase(scratch: Scratch, version: typeof OLDER_VERSIONS[number]): string {
  const path = scratch.path(`version${version}.db`);
  const database = new DatabaseSync(path);
  try {
    database.exec(readFixture("databases", `version${version}.sql`));
  } finally {
    database.close();
  }
  return path;
}
