/** When two names mean one column of a file: as a header is read. */
import { columnName } from "../csv/heading.ts";
import { foldCase } from "../model/look_up.ts";

/** Two names are the same when these are equal. */
export function columnForm(name: string): string {
  return foldCase(columnName(name));
}
