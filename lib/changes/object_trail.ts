/**
 * What a limited user may be told of an object: only what it was while it was one that they may see. Its organisation may have been another
 * one once, and the log has values of that time; of an object that is gone only the log knows whose it was.
 *
 * - Of their own runs a limited user is told whatever is about objects that they see now, for the reports of these runs have told it.
 * - Of the runs of others only what came behind the last move from an organisation that they do not see now. Where that cannot be told,
 *   because the organisation is that of another object, as with links and accounts, they are told nothing.
 * - An object that is gone counts as one of the organisation that it had last; a link as visible when both of its ends are.
 */
import { linkEnds } from "../model/link_ends.ts";
import { attributeOf, classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, ExternalKeyAttribute, ModelClass } from "../model/model.ts";
import type { LoggedEntry } from "../store/logged_runs.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { LogReader } from "./log_reader.ts";
import type { SeenObjects } from "./seen_objects.ts";

/** How an object belongs to organisations. */
type Belonging =
  /** To nobody: everybody sees it. */
  | { readonly kind: "free" }
  /** It is one. `parent`: the key to the one above it. */
  | { readonly kind: "itself"; readonly parent: ExternalKeyAttribute | null }
  /** To that of one of its own keys. */
  | { readonly kind: "by_key"; readonly key: ExternalKeyAttribute }
  /** To those of its ends. */
  | { readonly kind: "link"; readonly ends: readonly ExternalKeyAttribute[] }
  /** To that of another object. */
  | { readonly kind: "by_other" };

/** Of runs up to this one nothing is told. */
const OF_NO_RUN = Infinity;

const ENTRIES_AT_ONCE = 200;

export class ObjectTrails {
  readonly #belongings = new Map<ClassCode, Belonging>();

  constructor(private readonly reader: LogReader, private readonly seen: SeenObjects) {}

  /** Whether the user may be told what their own runs did to an object that they do not see: only when it is gone. */
  async ownIsTold(code: ClassCode, id: ObjectId): Promise<boolean> {
    if (await this.seen.isThere(code, id)) return false;
    const belonging = this.#belongingOf(code);
    switch (belonging.kind) {
      case "free":
        return true;
      case "by_key":
        return await this.#lastKeysAreSeen(code, id, [belonging.key]);
      case "link":
        return await this.#lastKeysAreSeen(code, id, belonging.ends);
      case "itself":
      case "by_other":
        return false;
    }
  }

  /** The last run of somebody else of which the user is not told what it did to the object. */
  async hiddenUpTo(code: ClassCode, id: ObjectId, isSeen: boolean): Promise<number> {
    if (!isSeen && await this.seen.isThere(code, id)) return OF_NO_RUN;
    const belonging = this.#belongingOf(code);
    if (belonging.kind === "free") return 0;
    const key = belonging.kind === "itself" && isSeen
      ? belonging.parent
      : belonging.kind === "by_key" && (isSeen || await this.#lastKeysAreSeen(code, id, [belonging.key]))
      ? belonging.key
      : undefined;
    if (key === undefined) return OF_NO_RUN;
    // What was removed from the log may have been a move.
    return key === null ? 0 : Math.max(this.reader.lastPruned, await this.#lastMove(code, id, key));
  }

  /** The last run that took the object from, or to, an organisation that the user does not see; 0: none did. */
  async #lastMove(code: ClassCode, id: ObjectId, key: ExternalKeyAttribute): Promise<number> {
    for await (const entries of this.#entriesOf(code, id)) {
      const moves = entries.filter(({ attribute }) => attribute === key.code);
      const hidden = await this.#hiddenAmong(key, moves.flatMap(({ oldValue, newValue }) => [oldValue, newValue]));
      const move = moves.find(({ oldValue, newValue }) => isAmong(hidden, oldValue) || isAmong(hidden, newValue));
      if (move !== undefined) return move.run;
    }
    return 0;
  }

  /** Whether all that the keys of an object that is gone referred to is seen. */
  async #lastKeysAreSeen(code: ClassCode, id: ObjectId, keys: readonly ExternalKeyAttribute[]): Promise<boolean> {
    const deletion = await this.#deletionOf(code, id);
    if (deletion === null) return false;
    for (const key of keys) {
      const values = deletion.filter(({ attribute }) => attribute === key.code).map(({ oldValue }) => oldValue);
      if ((await this.#hiddenAmong(key, values)).size > 0) return false;
    }
    return true;
  }

  /** The last entries of an object, if they are those of its deletion; null: the log does not know how it went. */
  async #deletionOf(code: ClassCode, id: ObjectId): Promise<readonly LoggedEntry[] | null> {
    const deletion: LoggedEntry[] = [];
    for await (const entries of this.#entriesOf(code, id)) {
      for (const entry of entries) {
        if (entry.operation !== "delete" || entry.run !== (deletion[0] ?? entry).run) return orNone(deletion);
        deletion.push(entry);
      }
    }
    return orNone(deletion);
  }

  /** Pages of the entries of an object, the newest first. */
  async *#entriesOf(code: ClassCode, id: ObjectId): AsyncGenerator<readonly LoggedEntry[]> {
    const { log, model } = this.reader.world;
    for (let beyond: number | null = null;;) {
      const page = { beyond, order: "backwards", most: ENTRIES_AT_ONCE } as const;
      const entries: readonly LoggedEntry[] = await log.entriesOf(model, code, id, page);
      if (entries.length === 0) return;
      yield entries;
      beyond = entries.at(-1)?.position ?? null;
    }
  }

  /** Ids, as the log has them. */
  async #hiddenAmong(key: ExternalKeyAttribute, values: readonly (string | null)[]): Promise<ReadonlySet<string>> {
    const { objects } = this.reader.world;
    const texts = [...new Set(values.filter((text) => text !== null))].filter((text) => text !== "");
    const ids = texts.map((text) => objects.idFromText(key.target, text));
    const names = await this.seen.names(key.target, ids.filter((id) => id !== null));
    return new Set(texts.filter((_, index) => {
      const id = ids[index] ?? null;
      return id === null || !names.has(id);
    }));
  }

  #belongingOf(code: ClassCode): Belonging {
    const known = this.#belongings.get(code) ?? belongingOf(this.reader, classOf(this.reader.world.model, code));
    this.#belongings.set(code, known);
    return known;
  }
}

function belongingOf({ world: { model } }: LogReader, modelClass: ModelClass): Belonging {
  const { organization } = modelClass;
  const ends = linkEnds(model, modelClass);
  if (ends.length > 0) return organization === null ? { kind: "link", ends } : { kind: "by_other" };
  if (organization === null) return { kind: "free" };
  if (organization === "id") return { kind: "itself", parent: keyOf(modelClass, model.organizations?.parent ?? null) };
  const key = keyOf(modelClass, organization);
  return key === null ? { kind: "by_other" } : { kind: "by_key", key };
}

function keyOf(modelClass: ModelClass, code: AttributeCode | null): ExternalKeyAttribute | null {
  const attribute = code === null ? null : attributeOf(modelClass, code);
  return attribute?.kind === "external_key" ? attribute : null;
}

function isAmong(hidden: ReadonlySet<string>, value: string | null): boolean {
  return value !== null && hidden.has(value);
}

function orNone(deletion: readonly LoggedEntry[]): readonly LoggedEntry[] | null {
  return deletion.length === 0 ? null : deletion;
}
