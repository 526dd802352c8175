/** The model that a database carries, as the text of its file. */
import { EXIT, reasonOf, RunStop } from "../../errors.ts";
import { noUsableModel } from "../../messages/database.ts";
import { requireNamedClasses } from "../../model/checks/class_references.ts";
import type { Model } from "../../model/model.ts";
import { resolveModel } from "../../model/file/resolve_model.ts";
import type { Database } from "./connection.ts";

/** The last model that was read: a server opens its database anew for each import, and a model is much to read. */
let last: { readonly text: string; readonly model: Model } | null = null;

/** @throws RunStop 78 when the database has none, or one that was spoilt since it was stored */
export async function storedModel(database: Database): Promise<Model> {
  const text = storedModelText(database);
  if (last?.text === text) return last.model;
  try {
    // It was checked before it was stored. To check it again would cost more than the rest of the start.
    const file = JSON.parse(text);
    const model = resolveModel(file, (error) => spoiltModel(database, error));
    requireNamedClasses(file, model);
    last = { text, model };
    return model;
  } catch (error) {
    // The checks are a quarter of all that an import would load.
    const mistakes = (await import("./spoilt_model.ts")).modelMistakes(text);
    if (mistakes === null) throw error;
    throw new RunStop(EXIT.databaseNotUsable, [noUsableModel(database.path), ...mistakes], { cause: error });
  }
}

/** What was spoilt in a class is found when the class is needed. */
function spoiltModel(database: Database, error: unknown): RunStop {
  if (error instanceof RunStop) return error;
  const reason = { text: reasonOf(error) };
  return new RunStop(EXIT.databaseNotUsable, [noUsableModel(database.path), reason], { cause: error });
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
