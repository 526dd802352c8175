/** What is in a database that was disturbed. */
import { DatabaseSync } from "node:sqlite";
import { asCalledHere, isAtServer } from "../helpers/server_in_use.ts";
import { everythingStored } from "../helpers/stored.ts";

/** What a database holds, but for dates, for how long its runs were ready to wait, and for what their host calls the server. */
export type Content = readonly string[];

/** What a database holds, read from a copy: to read a database may mend what a crash has left, and that is for the program to do. */
export function contentOf(database: string): Content {
  const plain = (path: string) => everythingStored(path).map((row) => ofAnyRun(row.replaceAll(DATES, '"$1":""')));
  return isAtServer(database) ? plain(database) : withCopy(database, plain);
}

/** Those of runs, of what feeds remember, and since when an object is obsolete. */
const DATES = /"(date|loaded|(?:old_|new_)?missed_since|obsolescence_date)":"[^"]*"/g;

function ofAnyRun(row: string): string {
  return row.startsWith("change: ") ? asCalledHere(row.replace(WAIT, withoutWait)) : row;
}

/** How long a run was ready to wait for others, as the change log has it. */
const WAIT = /(,?)\\?"busy_timeout\\?":\\?"[^"\\]*\\?"(,?)/;

function withoutWait(_: string, before: string, behind: string): string {
  return before !== "" && behind !== "" ? "," : "";
}

/** What SQLite finds wrong with a database, looking at a copy. */
export function flawsOfCopy(database: string): string[] {
  if (isAtServer(database)) return [];
  return withCopy(database, (copy) => {
    const opened = new DatabaseSync(copy);
    try {
      const integrity = opened.prepare("PRAGMA integrity_check").all().map((row) => String(row["integrity_check"]));
      const keys = opened.prepare("PRAGMA foreign_key_check").all().map((row) => JSON.stringify(row));
      return [...integrity.filter((answer) => answer !== "ok"), ...keys];
    } finally {
      opened.close();
    }
  });
}

function withCopy<T>(database: string, use: (copy: string) => T): T {
  const folder = Deno.makeTempDirSync({ prefix: "csvrecon-copy-" });
  try {
    for (const suffix of ["", "-wal"]) copyIfThere(database + suffix, `${folder}/copy.db${suffix}`);
    return use(`${folder}/copy.db`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function copyIfThere(from: string, to: string): void {
  try {
    Deno.copyFileSync(from, to);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
