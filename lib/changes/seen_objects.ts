/** Objects as somebody sees them who reads the change log: their friendly names, within the user's limit. */
import type { ClassCode } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearch, ObjectSearches } from "../store/objects.ts";

const FRIENDLY_NAME = "friendlyname";

export class SeenObjects {
  readonly #searches = new Map<string, ObjectSearch>();

  constructor(private readonly objects: ObjectSearches) {}

  /** The names of those that are there and may be seen. */
  async names(code: ClassCode, ids: readonly ObjectId[]): Promise<ReadonlyMap<ObjectId, string>> {
    const asked = [...new Set(ids)];
    const names = new Map<ObjectId, string>();
    if (asked.length === 0) return names;
    const search = this.#search(code, false);
    const matches = await search.find(asked.map((id) => [id]));
    for (const [index, match] of matches.entries()) {
      const id = asked[index];
      if (match.kind !== "one" || id === undefined) continue;
      names.set(id, String((await search.valuesOf(match.object))[0] ?? ""));
    }
    return names;
  }

  /** Whether it is there, seen or not. */
  async isThere(code: ClassCode, id: ObjectId): Promise<boolean> {
    const [match] = await this.#search(code, true).find([[id]]);
    return match?.kind === "one";
  }

  #search(code: ClassCode, includeHidden: boolean): ObjectSearch {
    const key = `${code} ${includeHidden}`;
    const known = this.#searches.get(key);
    if (known !== undefined) return known;
    const read = includeHidden ? [] : [FRIENDLY_NAME];
    const search = this.objects.search({ class: code, conditions: ["id"], read, includeHidden });
    this.#searches.set(key, search);
    return search;
  }
}
