/**
 * What objects were when they were created. The log has no word of it: their values are those that the objects have now, but for those that
 * were changed since, of which the log has the old value.
 */
import { classOf, isColumn } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, ColumnAttribute, ModelClass, StoredValue } from "../model/model.ts";
import { loggedValue } from "../store/logged_value.ts";
import type { LoggedEntry } from "../store/logged_runs.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearch } from "../store/objects.ts";
import type { LogReader } from "./log_reader.ts";

/** So many objects are asked about at once: their values may be long. */
const OBJECTS_AT_ONCE = 64;

interface Search {
  readonly attributes: readonly ColumnAttribute[];
  readonly search: ObjectSearch;
}

export class CreatedValues {
  readonly #searches = new Map<ClassCode, Search>();

  constructor(private readonly reader: LogReader) {}

  /** Behind each creation entries of its own that tell the values, as a deletion has them: of attributes that were not empty. */
  async behindCreations(entries: readonly LoggedEntry[]): Promise<readonly LoggedEntry[]> {
    const told: LoggedEntry[] = [];
    for (let start = 0; start < entries.length; start += OBJECTS_AT_ONCE) {
      const some = entries.slice(start, start + OBJECTS_AT_ONCE);
      const values = await this.#valuesOf(some.filter((entry) => this.#isKnown(entry)));
      for (const entry of some) told.push(entry, ...values.get(entry) ?? []);
    }
    return told;
  }

  /** What was removed from the log behind it may have been changes. */
  #isKnown({ operation, run }: LoggedEntry): boolean {
    return operation === "create" && run > this.reader.lastPruned;
  }

  async #valuesOf(creations: readonly LoggedEntry[]): Promise<ReadonlyMap<LoggedEntry, readonly LoggedEntry[]>> {
    const values = new Map<LoggedEntry, readonly LoggedEntry[]>();
    for (const [code, ofClass] of Map.groupBy(creations, (entry) => entry.class)) {
      const { attributes, search } = this.#search(code);
      const ids = ofClass.map(({ objectId }) => objectId);
      const matches = await search.find(ids.map((id) => [id]));
      const behind = Math.min(...ofClass.map(({ position }) => position));
      const changes = await this.#changesBehind(code, ids, behind);
      for (const [index, entry] of ofClass.entries()) {
        const match = matches[index];
        const now = match?.kind === "one" ? await search.valuesOf(match.object) : null;
        values.set(entry, valuesAtCreation(entry, attributes, now, changes.get(entry.objectId) ?? []));
      }
    }
    return values;
  }

  async #changesBehind(
    code: ClassCode,
    ids: readonly ObjectId[],
    behind: number,
  ): Promise<ReadonlyMap<ObjectId, readonly LoggedEntry[]>> {
    return Map.groupBy(await this.reader.world.log.firstChanges(code, ids, behind), ({ objectId }) => objectId);
  }

  #search(code: ClassCode): Search {
    const known = this.#searches.get(code) ?? this.#prepare(classOf(this.reader.world.model, code));
    this.#searches.set(code, known);
    return known;
  }

  #prepare(modelClass: ModelClass): Search {
    const attributes = [...modelClass.attributes.values()].filter(isColumn).filter(({ kind }) => kind !== "password");
    const read = attributes.map(({ code }) => code);
    const plan = { class: modelClass.code, conditions: ["id"], read, includeHidden: false };
    return { attributes, search: this.reader.world.objects.search(plan) };
  }
}

/** @param now in the order of the attributes; null: the object is gone, and had what its deletion tells */
function valuesAtCreation(
  entry: LoggedEntry,
  attributes: readonly ColumnAttribute[],
  now: readonly StoredValue[] | null,
  changes: readonly LoggedEntry[],
): readonly LoggedEntry[] {
  return attributes.flatMap((attribute, index) => {
    const change = firstOf(attribute.code, changes);
    const newValue = change === undefined ? loggedValue(attribute, now?.[index] ?? null) : change.oldValue;
    if (newValue === null || newValue === "") return [];
    return [{ ...entry, attribute: attribute.code, oldValue: null, newValue }];
  });
}

function firstOf(code: AttributeCode, changes: readonly LoggedEntry[]): LoggedEntry | undefined {
  const [first, second] = changes.filter(({ attribute }) => attribute === code);
  return first !== undefined && second !== undefined && second.position < first.position ? second : first;
}
