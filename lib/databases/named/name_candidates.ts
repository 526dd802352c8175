/**
 * Who may bear a friendly name in which other objects stand. The name is taken apart; for each way to do so, the objects behind the
 * external keys are looked for, and then those that refer to them and have the other texts. All of it goes by indexes.
 */
import { comparedForm } from "../../compared_text.ts";
import { classOf, isColumn, isOneLineText } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode, ModelClass, StoredValue } from "../../model/model.ts";
import { type NameSplit, NameTemplate } from "../../model/name_template.ts";
import type { Mapping } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { FoundObject, ObjectSearch, SearchPlan } from "../../store/objects.ts";

/** A name for which more objects come into question is better looked for in another way: so many may fill the memory. */
const MOST_FOUND = 16;
const MOST_KEYS = 256;

type Key = readonly StoredValue[];

/** Makes an ordinary search. */
export type MakeSearch = (plan: SearchPlan) => ObjectSearch;

/** What a text of a name says of the objects that bear it. */
interface NamePart {
  /** The column of the objects. */
  readonly code: AttributeCode;
  /** Finds the object behind the external key by its text; null: the text is the object's own. */
  readonly target: ObjectSearch | null;
  /** Whether there is nothing where the text is empty. */
  readonly mayLack: boolean;
}

/** The classes whose names are made alike. */
interface Branch {
  readonly template: NameTemplate;
  readonly parts: readonly NamePart[];
  readonly search: ObjectSearch;
}

export class NameCandidates {
  private constructor(private readonly branches: readonly Branch[]) {}

  /**
   * @param code the friendly name of the class
   * @returns null: names of such classes cannot be looked for by their parts
   */
  static of(
    mapping: Mapping,
    code: ClassCode,
    name: AttributeCode | "id",
    search: MakeSearch,
  ): NameCandidates | null {
    const { model } = mapping;
    const searched = classOf(model, code);
    const branches = new Map<string, Branch>();
    for (const real of searched.concreteClasses.map((one) => classOf(model, one))) {
      const template = NameTemplate.of(real.friendlyName);
      const parts = template === null ? null : partsOf(mapping, real, template, search);
      if (template === null || parts === null) return null;
      const owner = ownerOf(mapping, searched, real, parts);
      const place = JSON.stringify([owner.code, real.friendlyName]);
      if (branches.has(place)) continue;
      const conditions = [...new Set(parts.map((part) => part.code))];
      // An object that refers to the same one by two of its texts is rare.
      if (conditions.length < parts.length) return null;
      const read = name === "id" ? [] : [name];
      branches.set(place, {
        template,
        parts,
        search: search({ class: owner.code, conditions, read, includeHidden: true }),
      });
    }
    // An index on more columns serves a search by the first of them, too.
    const inOrder = [...branches.values()].toSorted((one, other) => other.parts.length - one.parts.length);
    return new NameCandidates(inOrder);
  }

  /** The ids of the objects that bear names, in order, one list for each; null: it is not known. */
  async of(names: readonly StoredValue[]): Promise<readonly (readonly ObjectId[] | null)[]> {
    const different = [...new Set(names)];
    const found = new Map<StoredValue, Set<ObjectId> | null>(
      different.map((name) => [name, typeof name === "string" ? new Set() : null]),
    );
    for (const branch of this.branches) {
      const asked = different.filter((name) => typeof name === "string" && found.get(name) !== null) as string[];
      const lists = await bearersOf(branch, asked);
      asked.forEach((name, index) => {
        const list = lists[index] ?? null;
        if (list === null) found.set(name, null);
        else for (const id of list) found.get(name)?.add(id);
      });
    }
    return names.map((name) => {
      const ids = found.get(name) ?? null;
      return ids === null ? null : [...ids].sort((one, other) => Number(one) - Number(other));
    });
  }
}

/** Null: a part is nothing that can be looked for. */
function partsOf(
  { model, layout }: Mapping,
  real: ModelClass,
  { attributes }: NameTemplate,
  search: MakeSearch,
): readonly NamePart[] | null {
  const parts = attributes.map((code): NamePart | null => {
    const attribute = real.attributes.get(code);
    if (attribute === undefined) return null;
    if (isColumn(attribute)) {
      const { ignoresCase, emptyIsText } = layout.columnOf(real.code, code);
      return isOneLineText(attribute) && ignoresCase ? { code, target: null, mayLack: !emptyIsText } : null;
    }
    const key = attribute.kind === "external_field" ? real.attributes.get(attribute.key) : undefined;
    if (attribute.kind !== "external_field" || key?.kind !== "external_key" || attribute.attribute === "id") {
      return null;
    }
    const shown = classOf(model, key.target).attributes.get(attribute.attribute);
    const isText = shown !== undefined && isColumn(shown) && isOneLineText(shown) &&
      layout.columnOf(key.target, shown.code).ignoresCase;
    if (!isText && shown?.kind !== "friendly_name") return null;
    const plan = { class: key.target, conditions: [attribute.attribute], read: [], includeHidden: true };
    return { code: key.code, target: search(plan), mayLack: key.nullAllowed };
  });
  return parts.every((part) => part !== null) ? parts : null;
}

/** The class farthest up whose objects have the same columns: one search then serves the classes below it. */
function ownerOf(mapping: Mapping, searched: ModelClass, real: ModelClass, parts: readonly NamePart[]): ModelClass {
  let owner = real;
  for (let above = real; above.code !== searched.code && above.parent !== null;) {
    above = classOf(mapping.model, above.parent);
    if (parts.every(({ code }) => isSameColumn(mapping, above, real, code))) owner = above;
  }
  return owner;
}

function isSameColumn({ layout }: Mapping, searched: ModelClass, real: ModelClass, code: AttributeCode): boolean {
  const attribute = searched.attributes.get(code);
  return attribute !== undefined && isColumn(attribute) &&
    layout.columnOf(searched.code, code).name === layout.columnOf(real.code, code).name;
}

/** The objects of a branch that bear names; null: there may be too many. */
async function bearersOf(branch: Branch, names: readonly string[]): Promise<readonly (readonly ObjectId[] | null)[]> {
  const splits = names.map((name) => branch.template.splits(name));
  const keys = await keysOf(branch, splits);
  const found = (await someOf(branch.search, keys.flatMap((list) => list ?? []))).values();
  const bearers: (ObjectId[] | null)[] = [];
  for (const [index, name] of names.entries()) {
    let ids: ObjectId[] | null = keys[index] === null ? null : [];
    for (const _ of keys[index] ?? []) {
      const objects = found.next().value ?? null;
      if (objects === null) ids = null;
      else if (ids !== null) ids.push(...await thoseCalled(branch.search, objects, name));
    }
    bearers.push(ids);
  }
  return bearers;
}

async function thoseCalled(search: ObjectSearch, objects: readonly FoundObject[], name: string): Promise<ObjectId[]> {
  const ids: ObjectId[] = [];
  for (const object of objects) {
    const [own = null] = object.values ?? await search.valuesOf(object);
    if (comparedForm(String(own ?? "")) === comparedForm(name)) ids.push(object.id);
  }
  return ids;
}

/** What the objects of a branch are looked for by, for each of the names; null: by too much. */
async function keysOf(
  { parts }: Branch,
  splits: readonly (readonly NameSplit[] | null)[],
): Promise<readonly (readonly Key[] | null)[]> {
  const values: ReadonlyMap<string, readonly StoredValue[] | null>[] = [];
  for (const [place, part] of parts.entries()) {
    const texts = new Set(splits.flatMap((list) => (list ?? []).map((split) => split[place] ?? "")));
    values.push(await valuesOf(part, [...texts]));
  }
  return splits.map((list) => {
    const keys: Key[] = [];
    for (const split of list ?? []) {
      const all = split.map((text, place) => values[place]?.get(text) ?? null);
      if (all.some((one) => one === null)) return null;
      keys.push(...combined(all.map((one) => one ?? [])));
      if (keys.length > MOST_KEYS) return null;
    }
    return list === null ? null : keys;
  });
}

/** What a column may hold where a name has a text; null: too much. */
async function valuesOf(
  { target, mayLack }: NamePart,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredValue[] | null>> {
  const nothing = (text: string): readonly StoredValue[] => mayLack && text.trim() === "" ? [null] : [];
  if (target === null) return new Map(texts.map((text) => [text, [text, ...nothing(text)]]));
  const found = await someOf(target, texts.map((text) => [text]));
  return new Map(
    texts.map((text, index) => [text, found[index]?.map(({ id }): StoredValue => id).concat(nothing(text)) ?? null]),
  );
}

/** What keys find; null: it is too much. */
async function someOf(search: ObjectSearch, keys: readonly Key[]): Promise<readonly (readonly FoundObject[] | null)[]> {
  const found: (readonly FoundObject[] | null)[] = [];
  for (const match of keys.length === 0 ? [] : await search.find(keys)) {
    if (match.kind === "none") found.push([]);
    else if (match.kind === "one") found.push([match.object]);
    else {
      const first = await match.first(MOST_FOUND + 1);
      found.push(first.length > MOST_FOUND ? null : first);
    }
  }
  return found;
}

/** Every choice of one value for each place. */
function combined(values: readonly (readonly StoredValue[])[]): Key[] {
  let keys: Key[] = [[]];
  for (const choices of values) {
    if (keys.length * choices.length > MOST_KEYS) return new Array<Key>(MOST_KEYS + 1).fill([]);
    keys = keys.flatMap((key) => choices.map((choice) => [...key, choice]));
  }
  return keys;
}
