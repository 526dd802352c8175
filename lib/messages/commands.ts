/** What the commands beside the import say. */
import type { StopMessage } from "../errors.ts";

export function databaseMade(path: string, model: string, classes: number, login: string): string {
  return `Created ${path} with the model ${model} (${classes} classes) and the administrator ${login}.\n`;
}

/** @param reason what the operating system says */
export function outputNotWritable(reason: string): StopMessage {
  return { text: `The output could not be written: ${reason}` };
}

/** The same for who has just made a database. */
export function databaseMadeNotTold(reason: string): StopMessage {
  return { ...outputNotWritable(reason), hint: "The database was made all the same" };
}

/** @param detail what the operating system says */
export function modelFileMissing(path: string, detail: string): StopMessage {
  return { text: `Model file could not be found or could not be read: '${path}'`, hint: detail };
}

/** @param line the first one with such bytes, from 1 */
export function modelFileNotUtf8(path: string, line: number): StopMessage {
  return { text: `${path}: line ${line}: the bytes are not UTF-8`, hint: "Save the file as UTF-8" };
}

/** @param mistake where in the file it is, and what */
export function modelFileProblem(file: string, mistake: string): string {
  return `${file}: ${mistake}`;
}

export function modelIsGood(file: string, model: string, classes: number): string {
  return `${file}: the model ${model} is good (${classes} classes)`;
}
