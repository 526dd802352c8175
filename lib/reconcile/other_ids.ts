/** Looks whether the column `id`, where it is no key, says what the objects are that the rows are loaded into. */
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";
import { RowsToLookAt, type RunWarning } from "./run_warnings.ts";

export interface OtherIds {
  /** A row that was loaded, or whose object was found unchanged. */
  note(row: AskedRow): void;
  readonly warnings: readonly RunWarning[];
}

/** Null: the file has no such column. */
export function createOtherIds({ plan, store }: RunContext): OtherIds | null {
  const cell = plan.direct.find(({ attribute }) => attribute === "id")?.cell;
  if (cell === undefined || plan.keys.some(({ kind }) => kind === "id")) return null;
  const rows = new RowsToLookAt();
  return {
    note({ record, match }) {
      const text = record.cells[cell] ?? "";
      if (text === "") return;
      const isThat = match?.kind === "one" && store.idFromText(match.object.class, text) === match.object.id;
      if (!isThat) rows.note(record.line);
    },
    get warnings(): readonly RunWarning[] {
      const { found } = rows;
      return found === null ? [] : [{ kind: "other_ids", column: plan.headers[cell] ?? "id", ...found }];
    },
  };
}
