/** Which ids an SQLite database has used: SQLite remembers them itself. */
import type { ClassCode } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";
import { createIdSequence, type IdSequence, type UsedIds } from "../writes/id_sequence.ts";
import type { Database } from "./connection.ts";

export function readUsedIds(database: Database): UsedIds {
  const rows = database.prepare("SELECT name, seq FROM sqlite_sequence").all();
  const used = new Map(rows.map((row) => [row["name"], Number(row["seq"])]));
  return (layout, root) => used.get(layout.tableOf(root).name) ?? 0;
}

/** @see createIdSequence */
export function idSequenceOf(database: Database, layout: Layout): IdSequence {
  const before = new Map<ClassCode, number>();
  return createIdSequence((root) => {
    const known = before.get(root);
    if (known !== undefined) return known;
    const row = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = ?").get(layout.tableOf(root).name);
    const found = Number(row?.["seq"] ?? 0);
    before.set(root, found);
    return found;
  });
}
