/** The model that a database carries, read from the text of its file. */
import { EXIT, reasonOf, RunStop } from "../../errors.ts";
import { noUsableModel } from "../../messages/database.ts";
import { requireNamedClasses } from "../../model/checks/class_references.ts";
import { resolveModel } from "../../model/file/resolve_model.ts";
import type { Model } from "../../model/model.ts";

/** The last model that was read: a server opens its database anew for each import, and a model is much to read. */
let last: { readonly text: string; readonly model: Model } | null = null;

/** @param database as messages name it @throws RunStop 78 when it was spoilt since it was stored */
export async function modelOfText(text: string, database: string): Promise<Model> {
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
    throw new RunStop(EXIT.databaseNotUsable, [noUsableModel(database), ...mistakes], { cause: error });
  }
}

/** What was spoilt in a class is found when the class is needed. */
function spoiltModel(database: string, error: unknown): RunStop {
  if (error instanceof RunStop) return error;
  const reason = { text: reasonOf(error) };
  return new RunStop(EXIT.databaseNotUsable, [noUsableModel(database), reason], { cause: error });
}
