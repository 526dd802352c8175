/** Friendly names of objects, as the user sees them: the true ones may tell of what they do not see. */
import type { ClassCode } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearch, ObjectSearches } from "../store/objects.ts";

/** By id; an object that is missing is not there, or the user may not see it. */
export type NamesById = ReadonlyMap<ObjectId, string>;

const NO_NAMES: NamesById = new Map();

export class ObjectNames {
  readonly #searches = new Map<ClassCode, ObjectSearch>();

  constructor(private readonly objects: ObjectSearches) {}

  /** The names of objects of a class and of those below it, as they are stored now. */
  async of(modelClass: ClassCode, ids: readonly (ObjectId | null)[]): Promise<NamesById> {
    const asked = [...new Set(ids)].filter((id) => id !== null);
    if (asked.length === 0) return NO_NAMES;
    const search = this.#search(modelClass);
    const matches = await search.find(asked.map((id) => [id]));
    const names = new Map<ObjectId, string>();
    for (const [index, match] of matches.entries()) {
      const id = asked[index];
      if (id === undefined || match.kind !== "one") continue;
      names.set(id, String((await search.valuesOf(match.object))[0] ?? ""));
    }
    return names;
  }

  #search(modelClass: ClassCode): ObjectSearch {
    const known = this.#searches.get(modelClass);
    if (known !== undefined) return known;
    const plan = { class: modelClass, conditions: ["id"], read: ["friendlyname"], includeHidden: false } as const;
    const search = this.objects.search(plan);
    this.#searches.set(modelClass, search);
    return search;
  }
}
