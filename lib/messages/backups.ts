/** Sentences about copies of the database. */
import type { StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";

/** What has the name of a backup already. */
export type InTheWay = "database" | "no_file" | "used" | "other" | "taken";

const NOTHING_WRITTEN = "Nothing was written to the database: without the backup the run does not begin";

/** @param reason what the operating system or the database says */
export function backupNotMade(path: string, reason: string): StopMessage {
  return {
    text: `#The backup could not be made: ${quoted(path)} (${reason})`,
    hint:
      `Check that its folder exists, that you may write to it, and that there is room for the database. ${NOTHING_WRITTEN}`,
  };
}

/** @param what the table that would not have been the same, or what is wrong */
export function backupNotTheSame(path: string, what: string): StopMessage {
  return {
    text: `#The backup could not be made: ${quoted(path)}: the copy is not the same as the database (${quoted(what)})`,
    hint: `The check of integrity of SQLite tells whether the database is sound. ${NOTHING_WRITTEN}`,
  };
}

/** Of a database that csvrecon did not make. */
export function backupNotPossible(path: string): StopMessage {
  return {
    text: `#The backup could not be made: ${
      quoted(path)
    }: this version of Deno cannot copy databases that csvrecon did not make`,
    hint:
      `Use Deno 2.9 or newer, or a program that was compiled with it, or make the backup yourself: sqlite3 … '.backup …'. ${NOTHING_WRITTEN}`,
  };
}

export function backupInTheWay(path: string, what: InTheWay): StopMessage {
  return { text: `#The backup could not be made: ${quoted(path)} ${found(what)}`, hint: NOTHING_WRITTEN };
}

function found(what: InTheWay): string {
  switch (what) {
    case "database":
      return "is the database itself, or one of its files. Choose another name";
    case "no_file":
      return "is a folder, a link, or something else that is no plain file. Choose another name";
    case "used":
      return "is a database that somebody works with, or has worked with since it was made as a backup. " +
        "Choose another name, or move it away";
    case "taken":
      return "is there already, and nothing tells whether somebody works with it: a copy of a database that csvrecon did " +
        "not make replaces no file. Choose another name, or move it away";
    case "other":
      return "is no backup of csvrecon: only an earlier backup is replaced. Choose another name, or move it away";
  }
}
