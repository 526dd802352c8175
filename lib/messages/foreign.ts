/** Sentences about databases that csvrecon did not make. */
import type { StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";

/** @param parameter the one that names a user, or their password */
export function databaseWithoutUsers(path: string, parameter: string): StopMessage {
  return {
    text: `Database has no users: ${quoted(path)} was not made by csvrecon. Leave out ${parameter}.`,
    hint: "Who may write the file may load into it. If you meant a database of csvrecon, name that with --db.",
  };
}

/** A parameter for databases of others, and one of ours. */
export function onlyForForeign(path: string, parameter: string): StopMessage {
  return {
    text: `#Parameter ${parameter} is for databases that csvrecon did not make: ${quoted(path)} was made by it`,
    hint: "Leave it out, or name another database with --db",
  };
}

/** What is remembered of a feed stands where the change log is. */
export function needsChangeLog(parameter: string): StopMessage {
  return {
    text: `#Parameter ${parameter} needs a change log: what a feed has is kept there`,
    hint: "Leave out change_log=none",
  };
}

/** As SQLite says it. */
export function notUnique(table: string, columns: readonly string[]): string {
  return `UNIQUE constraint failed: ${columns.map((column) => `${table}.${column}`).join(", ")}`;
}
