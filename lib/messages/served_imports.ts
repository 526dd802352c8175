/** Sentences about the imports of a server that did not come to their end by themselves. */
import type { StopMessage } from "../errors.ts";

/** The caller went away, or the server could not wait. */
export function importGivenUp(): StopMessage {
  return { text: "#The import was given up before its end. Nothing was written" };
}

/** A bug of ours that ended the thread, when the thread may have written already. */
export function diedNearTheEnd(error: string): StopMessage {
  return {
    text: `#Internal error: ${error}. It is not known whether the rows were written: all of them, or none`,
    hint: "Load the same file again: what is there already is left alone. And please report this bug of csvrecon",
  };
}

/** Why an input that was received cannot be read back. */
export function inputLost(name: string, reason: string): StopMessage {
  return {
    text: `Input file could not be found or could not be read: '${name}'`,
    hint: `It had been received, but the server could not read it back: ${reason}`,
  };
}

/** To the client whose report is lost. */
export function reportLost(hasWritten: boolean): StopMessage {
  const what = hasWritten ? ", and what it wrote stays" : " and has written nothing";
  return { text: `#The import was done${what}; its report is lost` };
}

/** To clients, who are told neither names nor paths of the server; the same for the next two. */
export function serverCannotWrite(): StopMessage {
  return { text: "#The server could not write to its database or its disk. Nothing was written" };
}

export function serverDatabaseLocked(): StopMessage {
  return { text: "#Another program holds the database of the server: try again later. Nothing was written" };
}

/** Its operator may put the file back, too; clients can only wait. */
export function serverDatabaseReplaced(): StopMessage {
  return { text: "#The database of the server was replaced: nothing is imported until the server is restarted" };
}

export function serverDatabaseNotUsable(): StopMessage {
  return { text: "#The server cannot use its database. Nothing was written" };
}
