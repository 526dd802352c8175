/** The objects of a database that we did not make, for who only looks at them. */
import type { ClassCode } from "../../model/model.ts";
import type { ObjectId, ShownId } from "../../store/object_id.ts";
import type { ObjectSearches } from "../../store/objects.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { shownRowId, shownRowKey } from "./row_ids.ts";
import { asked } from "../sqlite/asked.ts";
import { laterList } from "../shared/later_list.ts";
import { createSearch } from "./search.ts";
import { idFromText } from "./typed_ids.ts";

/** @param isMade whether the id is one that the store has made in a simulation: it is shown as 0 */
export function createForeignSearches(
  context: ForeignContext,
  isMade: (code: ClassCode, id: ObjectId) => boolean = () => false,
): ObjectSearches {
  const shownId = (code: ClassCode, id: ObjectId): ShownId => isMade(code, id) ? 0 : shownRowId(id);
  return {
    search: (plan) => createSearch(context, plan),
    list: (listing) => laterList(async () => (await import("./object_list.ts")).createList(context, listing)),
    idFromText: (code, text) => idFromText(context.values, tableOf(context, code), text),
    shownId,
    shownKey: (_, id) => shownRowKey(id),
    async examples(code, attributes, count) {
      const { readExamples } = await import("./examples.ts");
      return await asked(context, () => readExamples(context, code, attributes, count, (id) => shownId(code, id)));
    },
  };
}

/** How many rows a class has. */
export async function countObjects(context: ForeignContext, code: ClassCode): Promise<number> {
  const { countRows } = await import("./examples.ts");
  return await asked(context, () => countRows(context, code));
}
