/** What stands above objects by an external key to their own class, as far as a run has asked. */
import type { ExternalKeyAttribute } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectSearch, ObjectStore } from "../store/objects.ts";

/** So many objects are known at most: some MiB. */
const MOST_KNOWN = 128 * 1024;

export class Hierarchy {
  readonly #byId: ObjectSearch;
  /**
   * Of an object that is known everything above it is, too, and each has a smaller number than the one below. So what is not known is above
   * nothing that is. Numbers need not be what they were made of, the depth: objects may have come below others with smaller numbers since.
   */
  readonly #numbers = new Map<ObjectId, number>();

  /** @param isAltered the database may write the key by itself, as triggers do it */
  constructor(store: ObjectStore, key: ExternalKeyAttribute, private readonly isAltered: boolean) {
    this.#byId = store.search({ class: key.target, conditions: ["id"], read: [key.code], includeHidden: true });
  }

  /** Asks what stands above many objects, as everything is that was handed over. */
  async learn(ids: readonly ObjectId[]): Promise<void> {
    if (this.#numbers.size >= MOST_KNOWN) this.#numbers.clear();
    const unknown = ids.filter((id) => !this.#numbers.has(id));
    if (unknown.length > 0) await this.#read(unknown);
  }

  /**
   * Whether one object is the other, or above it. If it is not, it may come below the other one.
   * @param upper of which is asked whether it is above
   */
  async isAbove(upper: ObjectId, lower: ObjectId): Promise<boolean> {
    if (upper === lower) return true;
    if (this.isAltered) this.#numbers.clear();
    await this.learn([lower]);
    const [numberAbove, numberBelow] = [this.#numbers.get(upper), this.#numbers.get(lower)];
    if (numberBelow !== undefined && (numberAbove === undefined || numberAbove > numberBelow)) return false;
    // It may be, or its number would be wrong when it came below the other one.
    this.#numbers.clear();
    return (await this.#read([lower])).has(upper);
  }

  /** Numbers objects and all above them. @returns those that had no number, with the one above each */
  async #read(ids: readonly ObjectId[]): Promise<ReadonlyMap<ObjectId, ObjectId | null>> {
    const above = new Map<ObjectId, ObjectId | null>();
    let wanted = [...new Set(ids)];
    while (wanted.length > 0) {
      const next = new Set<ObjectId>();
      const found = await this.#aboveEach(wanted);
      wanted.forEach((id, place) => above.set(id, found[place] ?? null));
      for (const id of found) if (id !== null && !above.has(id) && !this.#numbers.has(id)) next.add(id);
      wanted = [...next];
    }
    for (const id of above.keys()) this.#number(id, above);
    return above;
  }

  async #aboveEach(ids: readonly ObjectId[]): Promise<readonly (ObjectId | null)[]> {
    const above: (ObjectId | null)[] = [];
    for (const match of await this.#byId.find(ids.map((id) => [id]))) {
      const values = match.kind === "one" ? await this.#byId.valuesOf(match.object) : [];
      above.push(idIn(values[0]));
    }
    return above;
  }

  /** What another program has let into a loop gets no number. */
  #number(start: ObjectId, above: ReadonlyMap<ObjectId, ObjectId | null>): void {
    const path = new Set<ObjectId>();
    let at: ObjectId | null = start;
    while (at !== null && !this.#numbers.has(at)) {
      if (path.has(at)) return;
      path.add(at);
      at = above.get(at) ?? null;
    }
    let number = at === null ? 0 : this.#numbers.get(at) ?? 0;
    for (const id of [...path].reverse()) this.#numbers.set(id, ++number);
  }
}
