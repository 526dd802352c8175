/** The model that an SQLite database carries, as the text of its file. */
import { EXIT, RunStop } from "../../errors.ts";
import { noUsableModel } from "../../messages/database.ts";
import type { Model } from "../../model/model.ts";
import { modelOfText } from "../shared/stored_model.ts";
import type { Database } from "./connection.ts";

/** @throws RunStop 78 when the database has none, or one that was spoilt since it was stored */
export async function storedModel(database: Database): Promise<Model> {
  return await modelOfText(storedModelText(database), database.path);
}

/** @throws RunStop 78 when the database has none: `createDatabase` always writes one */
export function storedModelText(database: Database): string {
  const text = database.prepare("SELECT text FROM csvrecon_model").get()?.["text"];
  if (typeof text !== "string") throw new RunStop(EXIT.databaseNotUsable, [noUsableModel(database.path)]);
  return text;
}

/** @param created when the database was made */
export function storeModelText(database: Database, name: string, text: string, created: Date): void {
  database.prepare("INSERT INTO csvrecon_model (name, text, created) VALUES (?, ?, ?)")
    .run(name, text, created.toISOString());
}
