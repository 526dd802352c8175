/** Who in a schema asks for a function or a collation that is not there: what belongs to the table first, then what that leads to. */
import { foldName, isSameName } from "../../model/derive/ascii_names.ts";
import type { Database } from "../sqlite/connection.ts";
import { type AskedNames, askedNames } from "./asked_names.ts";
import { hasCollation } from "./collations.ts";
import type { SchemaPart } from "../../store/write_obstacle.ts";

/** A function or a collation, by its name. */
export interface AskedName {
  readonly kind: "function" | "collation";
  readonly name: string;
}

interface ReadPart extends SchemaPart {
  readonly asked: AskedNames;
}

/** Null: nobody can be found. */
export function whoAsks(database: Database, table: string, { kind, name }: AskedName): SchemaPart | null {
  const part = inOrder(partsOf(database), table).find(({ asked }) =>
    (kind === "function" ? asked.functions : asked.collations).some((one) => isSameName(one, name))
  );
  return part === undefined ? null : partOf(part);
}

/** The same of anything that this SQLite does not have. */
export function whoAsksForMissing(
  database: Database,
  table: string,
): AskedName & { readonly by: SchemaPart } | null {
  const functions = new Set(
    database.prepare("SELECT name FROM pragma_function_list").all().map(({ name }) => foldName(String(name))),
  );
  for (const part of inOrder(partsOf(database), table)) {
    const lacking = part.asked.functions.find((name) => !functions.has(foldName(name)));
    if (lacking !== undefined) return { kind: "function", name: lacking, by: partOf(part) };
    const collation = part.asked.collations.find((name) => !hasCollation(database, name));
    if (collation !== undefined) return { kind: "collation", name: collation, by: partOf(part) };
  }
  return null;
}

function partOf({ type, name, table }: ReadPart): SchemaPart {
  return { type, name, table };
}

function partsOf(database: Database): readonly ReadPart[] {
  const rows = database.prepare("SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL").all();
  return rows.map(({ type, name, tbl_name: table, sql }) => {
    const part = { type: type as SchemaPart["type"], name: String(name), table: String(table) };
    return { ...part, asked: askedNames(String(sql), type === "table") };
  });
}

const ORDER: readonly SchemaPart["type"][] = ["trigger", "index", "table", "view"];

/** The parts of the table, then those of all tables and views that its triggers name, and so on; at last the others. */
function inOrder(parts: readonly ReadPart[], table: string): readonly ReadPart[] {
  const byTable = Map.groupBy(parts, (part) => foldName(part.table));
  const reached = new Set([foldName(table)]);
  for (const name of reached) {
    for (const part of byTable.get(name) ?? []) {
      if (part.type !== "trigger" && part.type !== "view") continue;
      for (const named of part.asked.names) if (byTable.has(named)) reached.add(named);
    }
  }
  const ordered = [...new Set([...reached, ...byTable.keys()])];
  return ordered.flatMap((name) =>
    [...byTable.get(name) ?? []].sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type))
  );
}
