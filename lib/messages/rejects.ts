/** The words about files of rows in error. */
import type { StopMessage } from "../errors.ts";
import { type FileUse, fileUse } from "./files_in_use.ts";
import { quoted } from "./quoted.ts";

/** @param reason what the operating system says */
export function rejectsNotWritable(file: string, reason: string): StopMessage {
  return {
    text: `The rows in error could not be written to ${quoted(file)}: ${reason}`,
    hint: "Name a file with rejects that can be written, in a folder that is there. Nothing was written",
  };
}

/** The same for a run that has changed the database. */
export function rejectsOfWrittenNotWritable(file: string, reason: string): StopMessage {
  return {
    ...rejectsNotWritable(file, reason),
    hint: "The import itself was done before: what it wrote stays. " +
      "Run it again with simulate=1 and another file to have the rows in error",
  };
}

/** @param use what it is */
export function rejectsIsOther(file: string, use: FileUse): StopMessage {
  return {
    text: `#rejects: ${quoted(file)} is ${fileUse(use)}, which is not overwritten`,
    hint:
      "Name another file for the rows in error. A file of rows in error that was mended is moved away, and loaded from there",
  };
}

export function rejectsIsNoFile(file: string): StopMessage {
  return {
    text: `#rejects: ${quoted(file)} is neither a file nor a folder`,
    hint: "Name a file for the rows in error, or a folder with a / at its end; output=rejects prints them",
  };
}

export function rejectsIsForeign(file: string): StopMessage {
  return {
    text: `#rejects: ${quoted(file)} is there already, and is no file of rows in error: it is not overwritten`,
    hint: "Name another file, or remove that one",
  };
}

/** @param paramFiles of the imports that would write it */
export function rejectsOfSeveral(file: string, paramFiles: readonly string[]): StopMessage {
  return {
    text: `#rejects: the rows in error of several imports would be written to ${quoted(file)}: ${
      paramFiles.map(quoted).join(", ")
    }`,
    hint:
      "Give each import a file of its own, or name a folder with a / at its end: the files in it are named after the parameter files",
  };
}

export function rejectsOutputInJob(job: string, file: string): StopMessage {
  return {
    text: `#output=rejects cannot be the output of a job: ${quoted(job)} in ${quoted(file)}`,
    hint: "Use rejects=FOLDER/, which writes a file for each import of the job",
  };
}

export function separatorNotInCharset(separator: string, encoding: string): StopMessage {
  return {
    text: `#The charset ${encoding.toUpperCase()} has no ${quoted(separator)}, the separator: ` +
      "no column can be added to rows in error",
    hint: "Name the separator of the file, or load it without rejects",
  };
}

export function separatorInAddedColumns(separator: string): StopMessage {
  return {
    text: `#Rows in error get columns whose names have ${
      quoted(separator)
    } in them, the separator, and there is no qualifier`,
    hint: "Load the file without rejects, or with a qualifier",
  };
}
