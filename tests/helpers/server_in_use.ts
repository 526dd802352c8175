/**
 * Tests of the whole program know files of SQLite. A file of tests that calls `useServer` before it loads them has their databases at a
 * server: `copyWorld` gives the address of one in place of a path, and what is stored is read there.
 */
import { assert } from "@std/assert";
import { type PostgresRelease, PSQL } from "./postgres_release.ts";

let used: PostgresRelease | null = null;
let only: OnlyDatabase | null = null;

export interface OnlyDatabase {
  readonly address: string;
  /** Another address of it, which leads through nothing that this process does. */
  readonly direct: string;
  /** What other hosts call it. */
  readonly elsewhere?: readonly string[];
  /** Its tables are made for any server, and its transactions are SERIALIZABLE. */
  readonly isPortable?: boolean;
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

/** The text with the only database's address in place of those that other hosts have for it. */
export function asCalledHere(text: string): string {
  return (only?.elsewhere ?? []).reduce((text, address) => text.replaceAll(address, only?.address ?? address), text);
}

/** Whether the only database is one for any server. */
export function isPortableInUse(): boolean {
  return only?.isPortable === true;
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

/** The rows of a query, without waiting, as SQLite has them. @param database its address */
export function rowsAtServer(database: string, sql: string): RowOfServer[] {
  const rows = askServer(database, ["SET search_path = csvrecon", `SELECT row_to_json(r) FROM (${sql}) AS r`]);
  return rows.map((line) => JSON.parse(line));
}

/** Executes statements, each in a transaction of its own, without waiting. @returns the lines of what they give */
export function askServer(database: string, statements: readonly string[]): string[] {
  assert(PSQL !== null, "no client of servers is here");
  const address = database === only?.address ? only.direct : database;
  const { success, stdout, stderr } = new Deno.Command(PSQL, {
    args: ["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", address, ...statements.flatMap((sql) => ["-c", sql])],
    stdin: "null",
  }).outputSync();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  return decoder.decode(stdout).split("\n").filter((line) => line !== "");
}
