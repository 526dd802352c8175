/** Entries of the change log, as a user may be told them: with the names that things have now, and without what they may not see. */
import { classOf, labelIn } from "../model/look_up.ts";
import type {
  Attribute,
  AttributeCode,
  ClassCode,
  ExternalKeyAttribute,
  Labels,
  LinkSetAttribute,
} from "../model/model.ts";
import type { LoggedEntry } from "../store/logged_runs.ts";
import type { ObjectId } from "../store/object_id.ts";
import { CreatedValues } from "./created_values.ts";
import type { LogReader } from "./log_reader.ts";
import { ObjectTrails } from "./object_trail.ts";
import { SeenObjects } from "./seen_objects.ts";
import { shownStoredValue } from "../store/untold_value.ts";
import { NO_VALUE, type ToldAttribute, type ToldEntry, type ToldValue } from "./told_history.ts";
import { toldLinks } from "./told_links.ts";

/** Names of objects, by their class. */
type Names = ReadonlyMap<ClassCode, ReadonlyMap<ObjectId, string>>;

/** What is asked for a page of entries at once. */
interface PageNames {
  /** The objects of the entries. */
  readonly objects: Names;
  /** What their keys refer to. */
  readonly targets: Names;
}

export class ToldEntries {
  readonly #seen: SeenObjects;
  readonly #trails: ObjectTrails;
  readonly #created: CreatedValues;

  constructor(private readonly reader: LogReader) {
    this.#seen = new SeenObjects(reader.world.objects);
    this.#trails = new ObjectTrails(reader, this.#seen);
    this.#created = new CreatedValues(reader);
  }

  /**
   * Those of a page that the user may be told.
   * @param ownRuns which of their runs are the user's own
   */
  async of(page: readonly LoggedEntry[], ownRuns: ReadonlySet<number>): Promise<readonly ToldEntry[]> {
    const entries = page.filter((entry) => this.#mayLoad(entry));
    const objects = await this.#namesOf(entries.map(({ class: code, objectId }) => [code, objectId]));
    const known = this.reader.isLimited ? await this.#known(entries, objects, ownRuns) : entries;
    const all = await this.#created.behindCreations(known);
    const names = { objects, targets: await this.#namesOf(all.flatMap((entry) => this.#targetsOf(entry))) };
    const told: ToldEntry[] = [];
    for (const entry of all) {
      const one = await this.#told(entry, names);
      if (one !== null) told.push(one);
    }
    return told;
  }

  #mayLoad(entry: LoggedEntry): boolean {
    if (!this.reader.mayLoad(entry.class)) return false;
    const attribute = this.#attributeOf(entry);
    if (attribute?.kind !== "link_set") return true;
    return this.reader.mayWriteLinkSet(classOf(this.reader.world.model, entry.class), attribute);
  }

  /** Those of which a limited user may know. */
  async #known(
    entries: readonly LoggedEntry[],
    objects: Names,
    ownRuns: ReadonlySet<number>,
  ): Promise<readonly LoggedEntry[]> {
    const hiddenUpTo = new Map<string, number>();
    const known: LoggedEntry[] = [];
    for (const entry of entries) {
      const isOwn = ownRuns.has(entry.run);
      const key = `${entry.class} ${isOwn} ${entry.objectId}`;
      const upTo = hiddenUpTo.get(key) ?? await this.#hiddenUpTo(entry, objects, isOwn);
      hiddenUpTo.set(key, upTo);
      if (entry.run > upTo) known.push(entry);
    }
    return known;
  }

  async #hiddenUpTo({ class: code, objectId }: LoggedEntry, objects: Names, isOwn: boolean): Promise<number> {
    const isSeen = objects.get(code)?.has(objectId) === true;
    if (!isOwn) return await this.#trails.hiddenUpTo(code, objectId, isSeen);
    return isSeen || await this.#trails.ownIsTold(code, objectId) ? 0 : Infinity;
  }

  async #namesOf(objects: readonly (readonly [ClassCode, ObjectId])[]): Promise<Names> {
    const names = new Map<ClassCode, ReadonlyMap<ObjectId, string>>();
    for (const [code, ids] of Map.groupBy(objects, ([code]) => code)) {
      names.set(code, await this.#seen.names(code, ids.map(([, id]) => id)));
    }
    return names;
  }

  #targetsOf(entry: LoggedEntry): (readonly [ClassCode, ObjectId])[] {
    const key = this.#attributeOf(entry);
    if (key?.kind !== "external_key") return [];
    return [entry.oldValue, entry.newValue].flatMap((value) => {
      const id = this.#idIn(key, value);
      return id === null ? [] : [[key.target, id] as const];
    });
  }

  /** Null: all that it says is hidden. */
  async #told(entry: LoggedEntry, { objects, targets }: PageNames): Promise<ToldEntry | null> {
    const attribute = this.#attributeOf(entry);
    const old = await this.#value(attribute, entry.oldValue, targets);
    const changed = await this.#value(attribute, entry.newValue, targets);
    if (this.reader.isLimited && entry.attribute !== null && saysNothing(attribute, old, changed)) return null;
    return {
      run: entry.run,
      operation: entry.operation,
      class: entry.class,
      id: this.reader.world.objects.shownId(entry.class, entry.objectId),
      name: objects.get(entry.class)?.get(entry.objectId) ?? null,
      attribute: entry.attribute === null ? null : this.#toldAttribute(entry.attribute, attribute),
      old,
      new: changed,
    };
  }

  async #value(attribute: Attribute | null, text: string | null, targets: Names): Promise<ToldValue> {
    if (text === null || text === "") return NO_VALUE;
    switch (attribute?.kind) {
      case "password":
        return NO_VALUE;
      case "external_key":
        return this.#target(attribute, text, targets);
      case "link_set":
        return await this.#links(attribute, text);
      case "enum": {
        const value = attribute.values.find(({ code }) => code === text);
        return { kind: "text", text, label: value === undefined ? null : this.#label(value.labels, text) };
      }
      default:
        return { kind: "text", text: String(shownStoredValue(text)), label: null };
    }
  }

  /** To a limited user what they do not see, and what is gone, is none. */
  #target(key: ExternalKeyAttribute, text: string, targets: Names): ToldValue {
    const id = this.#idIn(key, text);
    const name = id === null ? null : targets.get(key.target)?.get(id) ?? null;
    if (name === null && this.reader.isLimited) return NO_VALUE;
    if (id === null) return { kind: "text", text, label: null };
    return { kind: "object", id: this.reader.world.objects.shownId(key.target, id), name };
  }

  async #links(linkSet: LinkSetAttribute, text: string): Promise<ToldValue> {
    const { model, objects } = this.reader.world;
    const told = this.reader.isLimited ? await toldLinks(text, linkSet, { model, objects, seen: this.#seen }) : text;
    return told === null || told === "" ? NO_VALUE : { kind: "text", text: told, label: null };
  }

  #idIn(key: ExternalKeyAttribute, text: string | null): ObjectId | null {
    return text === null ? null : this.reader.world.objects.idFromText(key.target, text);
  }

  /** Null: the model has none of this code, or the entry is about the whole object. */
  #attributeOf({ class: code, attribute }: LoggedEntry): Attribute | null {
    if (attribute === null) return null;
    return this.reader.world.model.classes.get(code)?.attributes.get(attribute) ?? null;
  }

  #toldAttribute(code: AttributeCode, attribute: Attribute | null): ToldAttribute {
    const label = attribute === null ? code : this.#label(attribute.labels, code);
    return { code, label, isSecret: attribute?.kind === "password" };
  }

  #label(labels: Labels, code: string): string {
    const { model, user } = this.reader.world;
    return labelIn(labels, user.language, model, code);
  }
}

function saysNothing(attribute: Attribute | null, old: ToldValue, changed: ToldValue): boolean {
  return attribute?.kind !== "password" && isSame(old, changed);
}

function isSame(a: ToldValue, b: ToldValue): boolean {
  if (a.kind === "text" && b.kind === "text") return a.text === b.text;
  if (a.kind === "object" && b.kind === "object") return a.id === b.id;
  return a.kind === b.kind;
}
