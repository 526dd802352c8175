/** Reads users and what hangs on them: all of it, whatever the importer may see. */
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { FoundObject, ObjectSearch, ObjectSearches } from "../store/objects.ts";

/** Values in the order in which they were asked for. */
export type StoredValues = readonly StoredValue[];

/** The values of one object; null: there is none. */
export async function valuesOfOne(
  objects: ObjectSearches,
  modelClass: ClassCode,
  id: ObjectId,
  read: readonly AttributeCode[],
): Promise<StoredValues | null> {
  const [values] = await valuesOfAll(objects, modelClass, { code: "id", id }, read);
  return values ?? null;
}

/** The values of all objects with an id: their own, or that of an external key. */
export async function valuesOfAll(
  objects: ObjectSearches,
  modelClass: ClassCode,
  where: { readonly code: AttributeCode | "id"; readonly id: ObjectId },
  read: readonly AttributeCode[],
): Promise<StoredValues[]> {
  const search = objects.search({ class: modelClass, conditions: [where.code], read, includeHidden: true });
  return await Promise.all((await search.all([where.id])).map((found) => valuesOfFound(search, found)));
}

/** @param found by the search */
export async function valuesOfFound(search: ObjectSearch, found: FoundObject): Promise<StoredValues> {
  return found.values ?? await search.valuesOf(found);
}
