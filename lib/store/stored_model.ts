/** The model that a database carries, as the text of its file. */
import type { Database } from "./connection.ts";

/** @throws Error when the database has none: `createDatabase` always writes one */
export function storedModelText(database: Database): string {
  const text = database.prepare("SELECT text FROM csvrecon_model").get()?.["text"];
  if (typeof text !== "string") throw new Error("the database holds no model");
  return text;
}

/** @param created when the database was made */
export function storeModelText(database: Database, name: string, text: string, created: Date): void {
  database.prepare("INSERT INTO csvrecon_model (name, text, created) VALUES (?, ?, ?)")
    .run(name, text, created.toISOString());
}
