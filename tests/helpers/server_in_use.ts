/**
 * Tests of the whole program know files of SQLite. A file of tests that calls `useServer` before it loads them has their databases at a
 * server: `copyWorld` gives the address of one in place of a path, and what is stored is read there.
 */
import { assert } from "@std/assert";
import { join } from "@std/path";
import type { PostgresRelease } from "./postgres_release.ts";

let used: PostgresRelease | null = null;
let only: OnlyDatabase | null = null;

export interface OnlyDatabase {
  readonly address: string;
  /** Another address of it, which leads through nothing that this process does. */
  readonly direct: string;
}

/** @param database the only one that they have, made anew again and again; left out: each has its own */
export function useServer(release: PostgresRelease, database: OnlyDatabase | null = null): void {
  used = release;
  only = database;
}

/** From now on tests have files. */
export function useFiles(): void {
  used = null;
  only = null;
}

/** Null: tests have files, or databases of their own. */
export function onlyDatabase(): string | null {
  return only?.address ?? null;
}

/** Null: tests have files. */
export function serverInUse(): PostgresRelease | null {
  return used;
}

/** As names of tests begin. */
export function testPrefix(): string {
  return used === null ? "" : `${used.name}, `;
}

export function isAtServer(database: string): boolean {
  return database.startsWith("postgres://");
}

export type RowOfServer = Readonly<Record<string, unknown>>;

/** The rows of a query, without waiting, as SQLite has them: by a program of the server. @param database its address */
export function rowsAtServer(database: string, sql: string): RowOfServer[] {
  assert(used !== null, "no server is in use");
  const query = `SELECT row_to_json(r) FROM (${sql}) AS r`;
  const { success, stdout, stderr } = new Deno.Command(join(used.folder, "bin/psql"), {
    args: [
      "-XAtq",
      "-d",
      database === only?.address ? only.direct : database,
      "-c",
      "SET search_path = csvrecon",
      "-c",
      query,
    ],
    stdin: "null",
  }).outputSync();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  return decoder.decode(stdout).split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}
