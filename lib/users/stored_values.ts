/** Reads users and what hangs on them: all of it, whatever the importer may see. */
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { FoundObject, ObjectSearch, ObjectSearches } from "../store/objects.ts";

/** Values in the order in which they were asked for. */
export type StoredValues = readonly StoredValue[];

/** The attribute that holds the ids by which objects are found: their own, or an external key. */
type IdAttribute = AttributeCode | "id";

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

/** The values of all objects with an id. */
export async function valuesOfAll(
  objects: ObjectSearches,
  modelClass: ClassCode,
  where: { readonly code: IdAttribute; readonly id: ObjectId },
  read: readonly AttributeCode[],
): Promise<StoredValues[]> {
  const [values = []] = await valuesOfEach(
    objects.search({ class: modelClass, conditions: [where.code], read, includeHidden: true }),
    [where.id],
  );
  return values;
}

/** So many ids are asked for together. */
const TOGETHER = 512;

/** The values of all objects with each of some ids, one list for each. @param search by an `IdAttribute` */
export async function valuesOfEach(search: ObjectSearch, ids: readonly ObjectId[]): Promise<StoredValues[][]> {
  const lists: StoredValues[][] = [];
  for (let start = 0; start < ids.length; start += TOGETHER) {
    for (const found of await search.allOf(ids.slice(start, start + TOGETHER).map((id) => [id]))) {
      const values: StoredValues[] = [];
      for (const object of found) values.push(object.values ?? await search.valuesOf(object));
      lists.push(values);
    }
  }
  return lists;
}

/** @param found by the search */
export async function valuesOfFound(search: ObjectSearch, found: FoundObject): Promise<StoredValues> {
  return found.values ?? await search.valuesOf(found);
}
