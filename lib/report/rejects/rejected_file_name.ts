/** What the file of an import's rows in error is called. */
import { basename } from "node:path";

/** `persons.rejects.csv`, after `persons.params`, `persons.csv` or such a file itself. @param source a path; `-`: standard input */
export function fileName(source: string): string {
  const name = source === "-" ? "stdin" : basename(source);
  return `${name.replace(/(?<=.)\.[^.]*$/, "").replace(/(?<=.)\.rejects$/, "")}.rejects.csv`;
}
