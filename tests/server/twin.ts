/** Two databases to which the same is to happen, one through the command and one through a server. */
import { DatabaseSync } from "node:sqlite";
import { everythingStored } from "../helpers/stored.ts";

/**
 * Makes the content of a database that of another one of the same model. The file stays where it is: a server keeps it open. Row by row,
 * for `node:sqlite` of Deno 2.4 attaches no databases.
 * @param from a path
 */
export function fillDatabase(path: string, from: string): void {
  const [database, source] = [new DatabaseSync(path), new DatabaseSync(from, { readOnly: true })];
  database.exec("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE");
  // The last numbers last: to insert changes them.
  const tables = source.prepare(
    // A server goes by the name and the date of its model.
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'csvrecon_model' ORDER BY name = 'sqlite_sequence'",
  );
  for (const { name } of tables.all()) {
    const table = `"${String(name)}"`;
    database.exec(`DELETE FROM ${table}`);
    const rows = source.prepare(`SELECT * FROM ${table}`).all();
    if (rows[0] === undefined) continue;
    const insert = database.prepare(`INSERT INTO ${table} VALUES (${Object.keys(rows[0]).map(() => "?").join(", ")})`);
    for (const row of rows) insert.run(...Object.values(row));
  }
  database.exec("COMMIT");
  for (const opened of [database, source]) opened.close();
}

/**
 * Every row of every table, without what differs from run to run: times, the salt of a password, and in the change log by what means the
 * run was asked for.
 */
export function storedWithoutChance(path: string): string[] {
  return everythingStored(path)
    .filter((row) => !/^(login_failure|address_failure|csvrecon_model): /.test(row))
    .map((row) => row.startsWith("change: ") ? withoutMeans(row) : row.replaceAll(/scrypt[^"]*/g, "scrypt"))
    .sort();
}

/** Parameters that the command has, or that stand for the data. */
const MEANS = ["csvfile", "csvdata", "db", "busy_timeout"];

function withoutMeans(row: string): string {
  const { date: _date, origin: _origin, input_name: _name, parameters, ...kept } = JSON.parse(row.slice(8));
  const given = Object.entries(JSON.parse(parameters)).filter(([name]) => !MEANS.includes(name));
  return `change: ${JSON.stringify({ ...kept, parameters: Object.fromEntries(given) })}`;
}
