/** Who in a schema asks for a function or a collation that is not there: what belongs to the table first, then what that leads to. */
import { foldName } from "../../model/derive/ascii_names.ts";
import type { Database } from "../sqlite/connection.ts";
import { type AskedNames, askedNames } from "./asked_names.ts";
import type { SchemaPart } from "../../store/write_obstacle.ts";

export interface Missing {
  readonly kind: "function" | "collation";
  readonly name: string;
  readonly by: SchemaPart;
}

interface ReadPart extends SchemaPart {
  readonly asked: AskedNames;
}

/** @param isMeant says of a missing name whether it is looked for */
export function whoAsks(
  database: Database,
  table: string,
  isMeant: (kind: Missing["kind"], name: string) => boolean,
): Missing | null {
  const known = knownNames(database);
  for (const part of inOrder(partsOf(database), table)) {
    const { functions, collations } = part.asked;
    const lacking = [
      ...functions.filter((name) => !known.functions.has(foldName(name))).map((name) => ["function", name] as const),
      ...collations.filter((name) => !known.collations.has(foldName(name))).map((name) => ["collation", name] as const),
    ].find(([kind, name]) => isMeant(kind, name));
    if (lacking !== undefined) {
      return { kind: lacking[0], name: lacking[1], by: { type: part.type, name: part.name, table: part.table } };
    }
  }
  return null;
}

/** Folded names of what this SQLite has. */
export function knownNames(database: Database): Readonly<Record<"functions" | "collations", ReadonlySet<string>>> {
  const namesOf = (sql: string) => new Set(database.prepare(sql).all().map(({ name }) => foldName(String(name))));
  return {
    functions: namesOf("SELECT name FROM pragma_function_list"),
    collations: namesOf("SELECT name FROM pragma_collation_list"),
  };
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
