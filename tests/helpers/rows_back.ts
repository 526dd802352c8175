/** Rows of databases that we did not make, as they are and as the change log tells them backwards: with plain SQL, and nothing of ours. */
import { DatabaseSync } from "node:sqlite";

type Value = null | number | bigint | string | Uint8Array;
type Operations = readonly Readonly<Record<string, string | null>>[];

/** All rows of all tables, exactly as they are stored. */
export function rowsOf(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return dump(database);
  } finally {
    database.close();
  }
}

function dump(database: DatabaseSync): string {
  return tablesOf(database).flatMap((table) => {
    const columns = columnsOf(database, table).map(({ name }) => `quote(${quoted(name)})`);
    const rows = database.prepare(`SELECT ${columns.join(" || ', ' || ")} AS line FROM ${quoted(table)}`).all();
    return rows.map(({ line }) => `${table}: ${line}`).sort();
  }).join("\n");
}

/** Where the log of a database is: in the file beside it, or in tables of its own. */
export type LogPlace = "beside" | "inside";

/**
 * What the log says was there before each run, by the number of the run.
 * @param copy path of a file that is made for it
 */
export function rowsBefore(path: string, copy: string, place: LogPlace = "beside"): ReadonlyMap<number, string> {
  Deno.copyFileSync(path, copy);
  const database = new DatabaseSync(copy);
  const [log, { change, operations }] = openLog(path, place);
  try {
    database.exec("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
    const before = new Map<number, string>();
    const runs = log.prepare(`SELECT id FROM ${change} WHERE state = 'done' ORDER BY id DESC`).all();
    for (const { id } of runs) {
      const entries = log.prepare(`SELECT * FROM ${operations} WHERE change = ? ORDER BY id DESC`).all(Number(id));
      takeBack(database, entries as Operations);
      before.set(Number(id), dump(database));
    }
    return before;
  } finally {
    log.close();
    database.close();
    Deno.removeSync(copy);
  }
}

/** The states of all runs, as their log has them. */
export function statesOf(path: string, place: LogPlace = "beside"): readonly string[] {
  const [log, { change }] = openLog(path, place);
  try {
    return log.prepare(`SELECT state FROM ${change} ORDER BY id`).all().map(({ state }) => String(state));
  } finally {
    log.close();
  }
}

function openLog(path: string, place: LogPlace): [DatabaseSync, Readonly<Record<"change" | "operations", string>>] {
  return place === "beside"
    ? [new DatabaseSync(`${path}.csvrecon`, { readOnly: true }), { change: "change", operations: "change_op" }]
    : [new DatabaseSync(path, { readOnly: true }), { change: "csvrecon_change", operations: "csvrecon_change_op" }];
}

function takeBack(database: DatabaseSync, operations: Operations): void {
  for (let index = 0; index < operations.length; index++) {
    const operation = operations[index] ?? {};
    const table = quoted(operation["class"] ?? "");
    const [where, key] = keyOf(database, operation);
    if (operation["operation"] === "create") expectOne(database, `DELETE FROM ${table} WHERE ${where}`, key);
    else if (operation["operation"] === "update") {
      const column = quoted(operation["attribute"] ?? "");
      const isNew = database.prepare(
        `SELECT typeof(${column}) AS type FROM ${table} WHERE ${where} AND ${column} IS ?`,
      );
      if (isNew.get(...key, valueIn(operation["new_value"])) === undefined) {
        throw new Error(`not as it was left: ${JSON.stringify(operation)}`);
      }
      expectOne(database, `UPDATE ${table} SET ${column} = ? WHERE ${where}`, [
        valueIn(operation["old_value"]),
        ...key,
      ]);
    } else {
      const values = new Map([[operation["attribute"] ?? "", valueIn(operation["old_value"])]]);
      for (let next = operations[index + 1]; isSameDeletion(operation, next); next = operations[++index + 1]) {
        values.set(next?.["attribute"] ?? "", valueIn(next?.["old_value"]));
      }
      const columns = [...values.keys()].map(quoted).join(", ");
      const places = [...values].map(() => "?").join(", ");
      expectOne(database, `INSERT INTO ${table} (${columns}) VALUES (${places})`, [...values.values()]);
    }
  }
}

function isSameDeletion(one: Operations[number], other: Operations[number] | undefined): boolean {
  return ["class", "object_key", "operation"].every((name) => one[name] === other?.[name]);
}

function expectOne(database: DatabaseSync, sql: string, values: readonly Value[]): void {
  const { changes } = database.prepare(sql).run(...values);
  if (Number(changes) !== 1) throw new Error(`${changes} rows: ${sql} of ${values.join()}`);
}

function keyOf(database: DatabaseSync, operation: Operations[number]): readonly [string, readonly Value[]] {
  const columns = columnsOf(database, operation["class"] ?? "").filter(({ pk }) => pk > 0);
  const values: unknown[] = JSON.parse(operation["object_key"] ?? "[]");
  const names = columns.toSorted((one, other) => one.pk - other.pk).map(({ name }) => `${quoted(name)} IS ?`);
  return [names.join(" AND "), values.map((value) => valueIn(JSON.stringify(value)))];
}

/** JSON of the log: integers are integers, what has a point or an exponent is a real. */
function valueIn(json: string | null | undefined): Value {
  if (json === null || json === undefined) return null;
  if (/^-?\d+$/.test(json)) return BigInt(json);
  const value = JSON.parse(json);
  return typeof value === "object" && value !== null
    ? Uint8Array.from((value.hex as string).match(/../g) ?? [], (pair) => parseInt(pair, 16))
    : value;
}

function tablesOf(database: DatabaseSync): readonly string[] {
  return database.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'csvrecon%' ORDER BY name",
  )
    .all().map(({ name }) => String(name));
}

function columnsOf(database: DatabaseSync, table: string): readonly { readonly name: string; readonly pk: number }[] {
  return database.prepare("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid").all(table)
    .map(({ name, pk }) => ({ name: String(name), pk: Number(pk) }));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
