/** Objects as they are now, read many at a time. */
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearch, ObjectSearches } from "../store/objects.ts";

export class StoredObjects {
  readonly #searches = new Map<string, ObjectSearch>();

  /** @param someAreHidden false: the user sees everything */
  constructor(private readonly objects: ObjectSearches, private readonly someAreHidden: boolean) {}

  /** The values of those that are there, whoever may see them, in the order of `read`. */
  async read(
    code: ClassCode,
    ids: readonly ObjectId[],
    read: readonly AttributeCode[],
  ): Promise<ReadonlyMap<ObjectId, readonly StoredValue[]>> {
    const found = new Map<ObjectId, readonly StoredValue[]>();
    if (ids.length === 0) return found;
    const search = this.#search(code, read, true);
    for (const match of await search.find(ids.map((id) => [id]))) {
      if (match.kind !== "one") continue;
      const { object } = match;
      found.set(object.id, object.values ?? await search.valuesOf(object));
    }
    return found;
  }

  /** Those of the objects that are there and that the user may see. */
  async visible(code: ClassCode, ids: readonly ObjectId[]): Promise<ReadonlySet<ObjectId>> {
    if (ids.length === 0) return new Set();
    const matches = await this.#search(code, [], !this.someAreHidden).find(ids.map((id) => [id]));
    return new Set(matches.flatMap((match) => match.kind === "one" ? [match.object.id] : []));
  }

  #search(code: ClassCode, read: readonly AttributeCode[], includeHidden: boolean): ObjectSearch {
    const name = `${includeHidden} ${code} ${read.join()}`;
    const known = this.#searches.get(name);
    if (known !== undefined) return known;
    const search = this.objects.search({ class: code, conditions: ["id"], read, includeHidden });
    this.#searches.set(name, search);
    return search;
  }
}
