/** What files are called that are made after others. */
import { basename } from "node:path";

/** `persons` of `in/persons.csv`. @param path as it was typed; `-`: standard input */
export function fileStem(path: string): string {
  return path === "-" ? "stdin" : basename(path).replace(/(?<=.)\.[^.]*$/, "");
}
