/** Sentences about writing to databases that csvrecon did not make. */
import type { StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";

const NOTHING_CHANGED = "Nothing was changed.";

/** Between the moment when the header was looked at and that of the first row. */
export function schemaChanged(path: string): StopMessage {
  return {
    text: `Database has got other tables or columns while the run began: ${quoted(path)}`,
    hint: `Another program has changed them. Run the import again. ${NOTHING_CHANGED}`,
  };
}

/** @param seconds how long the lock was waited for */
export function databaseBeingRead(path: string, seconds: number): StopMessage {
  return {
    text: `Database is locked by a program that reads it: ${quoted(path)} (waited ${seconds} s)`,
    hint: `Try again when the other one is done, or wait longer with --busy_timeout=60. ${NOTHING_CHANGED}`,
  };
}

/** A foreign key that the database checks at the end of a transaction only. */
export function keysViolatedAtEnd(path: string): StopMessage {
  return {
    text: `Database took back the whole transaction: ${quoted(path)} (FOREIGN KEY constraint failed)`,
    hint: "One of its foreign keys is only checked when everything is written (DEFERRABLE INITIALLY DEFERRED), " +
      `and then refers to a row that is not there. ${NOTHING_CHANGED}`,
  };
}

/** Somebody wants indexes made. */
export function indexesOfOthers(path: string): StopMessage {
  return {
    text: `Database is not csvrecon's own, and gets no indexes: ${quoted(path)}`,
    hint: `An import into it makes what it needs for itself, and leaves the schema as it is. ${NOTHING_CHANGED}`,
  };
}
