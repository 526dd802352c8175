/** Sentences about a database of a PostgreSQL server. */
import type { StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";

/** @param name of a table, a column or a view */
export function nameTooLong(name: string): StopMessage {
  return {
    text: `The model cannot be stored: the name ${quoted(name)} has more than the 63 bytes that PostgreSQL keeps`,
    hint: "Give the class or the attribute a shorter code. Nothing was made.",
  };
}

export function backupIsOfServer(): StopMessage {
  return {
    text: "backup is for SQLite databases: a server is backed up by its own means",
    hint: "Leave backup out, and see to it that the server is backed up, as by pg_dump or pg_basebackup.",
  };
}
