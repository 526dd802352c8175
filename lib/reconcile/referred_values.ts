/** What external keys hold that do not hold ids: values of another attribute of their targets, asked for together. */
import type { ExternalKeyAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectSearch, ObjectSearches } from "../store/objects.ts";

/** By the id of the target; one that is missing is not there. */
export type ReferredValues = ReadonlyMap<ObjectId, StoredValue>;

const NONE: ReferredValues = new Map();

/** Asks for the values of one key. */
export class ReferredTargets {
  #search: ObjectSearch | null = null;

  constructor(private readonly objects: ObjectSearches, private readonly key: ExternalKeyAttribute) {}

  async of(values: readonly StoredValue[]): Promise<ReferredValues> {
    const { target, referenced } = this.key;
    const ids = [...new Set(values.map(idIn))].filter((id) => id !== null);
    if (referenced === undefined || ids.length === 0) return NONE;
    this.#search ??= this.objects.search({
      class: target,
      conditions: ["id"],
      read: [referenced],
      includeHidden: false,
    });
    const found = new Map<ObjectId, StoredValue>();
    for (const [index, match] of (await this.#search.find(ids.map((id) => [id]))).entries()) {
      const id = ids[index];
      if (id === undefined || match.kind !== "one") continue;
      found.set(id, (await this.#search.valuesOf(match.object))[0] ?? null);
    }
    return found;
  }
}
