/** Looks whether the column `id`, where it is no key, says what the objects are that the rows are loaded into (SPEC 14). */
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";

/** Warns of a row that was loaded, or whose object was found unchanged, when it has another id than the object. */
export type IdCheck = (row: AskedRow) => void;

/** Null: the file has no such column. */
export function createIdCheck({ plan, store, warnings }: RunContext): IdCheck | null {
  const cell = plan.direct.find(({ attribute }) => attribute === "id")?.cell;
  if (cell === undefined || plan.keys.some(({ kind }) => kind === "id")) return null;
  return ({ record, match }) => {
    const text = record.cells[cell] ?? "";
    if (text === "") return;
    const isThat = match?.kind === "one" && store.idFromText(match.object.class, text) === match.object.id;
    if (!isThat) warnings.noteRow({ kind: "other_id" }, record.line);
  };
}
