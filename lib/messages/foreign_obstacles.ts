/** Sentences about what keeps a table of others from being written or searched: imports into databases of ours do not load them. */
import type { StopMessage } from "../errors.ts";
import type { BrokenKey } from "../model/derive/broken_keys.ts";
import type { WriteObstacle } from "../store/write_obstacle.ts";
import { quoted, visible } from "./quoted.ts";

/** As SQLite says it. */
export function notUnique(table: string, columns: readonly string[]): string {
  return `UNIQUE constraint failed: ${columns.map((column) => `${table}.${column}`).join(", ")}`;
}

/** @param obstacle what was found before the first row */
export function classCannotBeWritten(obstacle: WriteObstacle): StopMessage {
  return {
    text: `Class ${quoted(obstacle.class)} cannot be written: ${visible(why(obstacle))}`,
    hint: hintFor(obstacle),
  };
}

/** A column that compares as only another program can. */
export function classCannotBeSearched(code: string, column: string, collation: string): StopMessage {
  return {
    text: `Class ${quoted(code)} cannot be searched by ${quoted(column)}: it compares by the collation ` +
      `${visible(collation)}, ${ONLY_OWNER}`,
    hint: "Name other reconciliation keys, or a collation that SQLite has in the overlay: BINARY, NOCASE or RTRIM",
  };
}

function why(obstacle: WriteObstacle): string {
  switch (obstacle.kind) {
    case "function":
      return `${
        whoAsks(obstacle, "a trigger, an index or a CHECK")
      } calls the function ${obstacle.name}, ${ONLY_OWNER}`;
    case "collation":
      return `${whoAsks(obstacle, "an index")} compares by the collation ${obstacle.name}, ${ONLY_OWNER}`;
    case "foreign_key":
      return brokenKey(obstacle.class, obstacle.key);
    case "other":
      return `SQLite says "${obstacle.reason}"`;
  }
}

const ONLY_OWNER = "which only the program that owns the database has";

/** `its trigger series_insert`, `the trigger books_update of the table books` */
function whoAsks({ class: code, by }: Extract<WriteObstacle, { readonly by: unknown }>, otherwise: string): string {
  if (by === null) return otherwise;
  const { type, name, table } = by;
  if (type === "view") return `the view ${name}`;
  if (type === "table") {
    return table === code ? "a column or a CHECK of it" : `a column or a CHECK of the table ${name}`;
  }
  return table === code ? `its ${type} ${name}` : `the ${type} ${name} of the table ${table}`;
}

function brokenKey(code: string, { table, columns, target, referenced, lacks }: BrokenKey): string {
  const key = `${table === code ? "its foreign key" : `the foreign key of the table ${table},`} ${columns.join(", ")}`;
  const named = referenced === null ? "its primary key" : referenced.join(", ");
  const wrong = {
    table: "which does not exist",
    columns: `which has no column ${named}`,
    uniqueness: `in which nothing makes ${named} unique`,
  };
  return `${key} refers to the table ${target}, ${
    wrong[lacks]
  } (foreign key mismatch). foreign_keys=0 writes it all the same`;
}

function hintFor({ kind }: WriteObstacle): string {
  return kind === "foreign_key"
    ? "SQLite does not look at foreign keys then in this run: nothing keeps wrong ones out"
    : "Let that program write it. Other classes of the database may be loaded all the same: csvrecon model show lists them";
}
