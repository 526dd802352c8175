/**
 * Finding objects by friendly names in which other objects stand: no index can hold these. So the objects are looked for that may bear the
 * name, by what it is made of (`name_candidates.ts`), and found by their ids.
 */
import { matchOf } from "../../store/match_of.ts";
import type { StoredValue } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import type { FoundObject, Match, ObjectSearch, SearchPlan } from "../../store/objects.ts";
import { type MakeSearch, NameCandidates } from "./name_candidates.ts";

type Key = readonly StoredValue[];

export class NamedSearch implements ObjectSearch {
  readonly #candidates: NameCandidates | null;
  readonly #byId: ObjectSearch;

  /**
   * @param place of the condition on the name
   * @param whole the same search, which goes through all objects
   * @param search makes one that is no such search
   */
  constructor(
    mapping: Mapping,
    plan: SearchPlan,
    private readonly place: number,
    private readonly whole: ObjectSearch,
    search: MakeSearch,
  ) {
    this.#byId = search({ ...plan, conditions: plan.conditions.with(place, "id") });
    this.#candidates = NameCandidates.of(mapping, plan.class, plan.conditions[place] ?? "id", search);
  }

  async find(keys: readonly Key[]): Promise<Match[]> {
    return await this.#answered(keys, matchOf, (left) => this.whole.find(left));
  }

  async anyFor(keys: readonly Key[]): Promise<boolean[]> {
    return await this.#answered(keys, (found) => found.length > 0, (left) => this.whole.anyFor(left));
  }

  async all(key: Key): Promise<FoundObject[]> {
    return (await this.allOf([key]))[0] ?? [];
  }

  async allOf(keys: readonly Key[]): Promise<FoundObject[][]> {
    return await this.#answered(keys, (found) => found, (left) => this.whole.allOf(left));
  }

  async fewOf(keys: readonly Key[], most: number): Promise<FoundObject[][] | null> {
    const lists = await this.#found(keys);
    const count = lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
    const left = keys.filter((_, index) => (lists[index] ?? null) === null);
    const others = count > most ? null : left.length === 0 ? [] : await this.whole.fewOf(left, most - count);
    if (others === null) return null;
    const next = others.values();
    return lists.map((list) => list ?? next.next().value ?? []);
  }

  valuesOf(object: FoundObject): Promise<readonly StoredValue[]> {
    return this.#byId.valuesOf(object);
  }

  /** @param ask the search that goes through all objects, for keys of which nobody knows who may bear the name */
  async #answered<T>(
    keys: readonly Key[],
    answerOf: (found: FoundObject[]) => T,
    ask: (keys: readonly Key[]) => Promise<T[]>,
  ): Promise<T[]> {
    const lists = await this.#found(keys);
    const left = keys.filter((_, index) => (lists[index] ?? null) === null);
    const others = (left.length === 0 ? [] : await ask(left)).values();
    const answers: T[] = [];
    for (const list of lists) {
      const other = list === null ? others.next() : null;
      if (list !== null) answers.push(answerOf(list));
      else if (other?.done === false) answers.push(other.value);
    }
    return answers;
  }

  /** By id; null: nobody knows who may bear the name. */
  async #found(keys: readonly Key[]): Promise<readonly (FoundObject[] | null)[]> {
    const { place } = this;
    const candidates = await this.#candidates?.of(keys.map((key) => key[place] ?? null)) ?? keys.map(() => null);
    const asked = keys.flatMap((key, index) => (candidates[index] ?? []).map((id) => key.with(place, id)));
    const matches = (asked.length === 0 ? [] : await this.#byId.find(asked)).values();
    return candidates.map((ids) => {
      if (ids === null) return null;
      const found: FoundObject[] = [];
      for (const _ of ids) {
        const match = matches.next().value;
        if (match?.kind === "one") found.push(match.object);
      }
      return found;
    });
  }
}
