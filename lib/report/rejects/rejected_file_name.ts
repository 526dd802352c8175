/** What the file of an import's rows in error is called. */
import { fileStem } from "../../file_stem.ts";

/** `persons.rejects.csv`, after `persons.params`, `persons.csv` or such a file itself. @param source a path; `-`: standard input */
export function fileName(source: string): string {
  return `${fileStem(source).replace(/(?<=.)\.rejects$/, "")}.rejects.csv`;
}
