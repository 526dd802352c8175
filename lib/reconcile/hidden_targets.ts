/**
 * Which objects that values refer to the user may not see. Old and new values, links, the values of other objects and examples are told
 * as if these were none: whatever a report tells of an external key has been asked here.
 */
import type { ClassCode } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearch, ObjectSearches } from "../store/objects.ts";

const NONE: ReadonlySet<ObjectId> = new Set();

export class HiddenTargets {
  readonly #searches = new Map<ClassCode, ObjectSearch>();

  /** @param someAreHidden false: the user sees everything, and the database is never asked */
  constructor(private readonly objects: ObjectSearches, private readonly someAreHidden: boolean) {}

  /** Those of the objects that the user may not see now. @param target the class that the external key refers to */
  async among(target: ClassCode, ids: readonly (ObjectId | null)[]): Promise<ReadonlySet<ObjectId>> {
    if (!this.someAreHidden) return NONE;
    const asked = [...new Set(ids)].filter((id) => id !== null);
    if (asked.length === 0) return NONE;
    const matches = await this.#search(target).find(asked.map((id) => [id]));
    return new Set(asked.filter((_, index) => matches[index]?.kind !== "one"));
  }

  #search(target: ClassCode): ObjectSearch {
    const known = this.#searches.get(target);
    if (known !== undefined) return known;
    const search = this.objects.search({ class: target, conditions: ["id"], read: [], includeHidden: false });
    this.#searches.set(target, search);
    return search;
  }
}
