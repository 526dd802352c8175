/** Sentences about the change log of a database that csvrecon did not make. */
import type { StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";

const ELSEWHERE = "or keep the log elsewhere: change_log=inside keeps it in the database, change_log=none keeps none";

/** @param path where the log would be, or the file that is no log */
export function changeLogNotMade(path: string): StopMessage {
  return {
    text: `Change log could not be made: ${quoted(path)}. Nothing was written`,
    hint: `Check that you may write to the folder, ${ELSEWHERE}.`,
  };
}

export function changeLogNotOpened(path: string): StopMessage {
  return {
    text: `Change log could not be opened for writing: ${quoted(path)}. Nothing was written`,
    hint: `Check that you may read and write the file and its folder, ${ELSEWHERE}.`,
  };
}

export function notAChangeLog(path: string): StopMessage {
  return {
    text: `Not a change log of csvrecon: ${quoted(path)} is in its place. Nothing was written`,
    hint: `Move it away, ${ELSEWHERE}.`,
  };
}

/** @param owner the database that it belongs to; null: its name does not tell */
export function isChangeLog(path: string, owner: string | null): StopMessage {
  const whose = owner === null ? "a database" : quoted(owner);
  return {
    text: `Not a database to load into: ${quoted(path)} is the change log of ${whose}`,
    hint: `${
      owner === null ? "Give the database itself" : `Give --db=${owner}`
    }; csvrecon history shows what is in its log.`,
  };
}

export function changeLogTooNew(path: string, found: number, known: number): StopMessage {
  return {
    text: `Change log was made by a newer csvrecon: ${
      quoted(path)
    } (version ${found}, this program knows ${known}). Nothing was written`,
    hint: "Use the newer program.",
  };
}

/** There is no log where it was looked for, but where the other value of change_log keeps it. */
export function changeLogElsewhere(path: string, place: "beside" | "inside"): StopMessage {
  return place === "inside"
    ? {
      text: `#The change log is inside the database: ${quoted(path)} has none beside it`,
      hint: "Give change_log=inside.",
    }
    : {
      text: `#The change log is beside the database: ${quoted(path)} has none inside it`,
      hint: "Give change_log=beside, or leave change_log out.",
    };
}

/** Somebody made something in the database that is called as a table of a change log inside it. */
export function notLogTables(path: string, other: string): StopMessage {
  return {
    text: `Change log could not be kept inside the database: ${quoted(path)} has something else that is called ${
      quoted(other)
    }. Nothing was written`,
    hint: "Keep the log beside the database: change_log=beside.",
  };
}

/** What stands in an entry is nothing that was written there. */
export function changeLogAltered(): StopMessage {
  return {
    text: "Change log is damaged: an entry of it cannot be read",
    hint: "Somebody else has written to it. Restore a copy of it, or move it away: the next run makes another one.",
  };
}

/** The file went away under a run, or another one has its name by now. */
export function changeLogGone(path: string): StopMessage {
  return {
    text: `Change log was deleted or replaced during the run: ${quoted(path)}. Nothing was written`,
    hint: "Run the import again.",
  };
}

/** What a feed has is remembered by keys. */
export function feedWithoutKey(modelClass: string): StopMessage {
  return {
    text: `#Parameter source cannot be used for class ${quoted(modelClass)}: no key tells its rows apart`,
    hint: "Leave out source. A PRIMARY KEY, or a UNIQUE constraint whose columns are NOT NULL, is such a key.",
  };
}
