/** A run of the change log, as a row has it. */
import type { StoredValue } from "../../model/model.ts";
import type { FeedName } from "../../store/feeds.ts";
import type { LoggedRun, UndoOfRun } from "../../store/logged_runs.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { AskedRow } from "./asked_database.ts";

/** Those that every log has. */
export const RUN_COLUMNS = "id, date, comment, origin, input_name, input_size, input_sha256, parameters, " +
  "created, updated, unchanged, in_error";

/** @param row with `RUN_COLUMNS`, `deleted`, `undoes`, `pruned` and `gone`; with `user_id` and `user` where there are users */
export function loggedRunOf(row: AskedRow, feed: FeedName | null, undoneBy: UndoOfRun | null): LoggedRun {
  const size = row["input_size"] ?? null;
  return {
    id: Number(row["id"]),
    date: new Date(String(row["date"])),
    userId: (row["user_id"] ?? null) as ObjectId | null,
    user: textOf(row["user"]) ?? "",
    comment: String(row["comment"]),
    origin: String(row["origin"]),
    inputName: textOf(row["input_name"]),
    input: size === null ? null : { size: Number(size), sha256: String(row["input_sha256"]) },
    parameters: JSON.parse(String(row["parameters"])),
    counts: {
      created: Number(row["created"]),
      updated: Number(row["updated"]),
      unchanged: Number(row["unchanged"]),
      inError: Number(row["in_error"]),
      ...row["gone"] === null ? {} : { gone: Number(row["gone"]) },
    },
    deleted: numberOf(row["deleted"]),
    feed,
    undoes: numberOf(row["undoes"]),
    undoneBy,
    isPruned: row["pruned"] === 1,
  };
}

export function textOf(value: StoredValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function numberOf(value: StoredValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
