/** Values of the objects that external keys refer to: those of a page are asked for together, and remembered. */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, ExternalKeyAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectSearch } from "../store/objects.ts";
import type { ExportContext } from "./export_context.ts";
import type { TargetPart } from "./target_keys.ts";

/** In UTF-16 code units of their texts: no more are remembered from one page to the next. */
const MOST_REMEMBERED = 1024 * 1024;
/** What a target takes beside its texts. */
const TEXT_OF_TARGET = 32;

const NOT_SEEN: readonly StoredValue[] | null = null;

/** An external key of objects, and what is read of its targets. */
export interface ReadKey {
  /** Where the key's own value stands. */
  readonly place: number;
  readonly cells: TargetCells;
}

export class TargetCells {
  readonly #codes: AttributeCode[] = [];
  readonly #known = new Map<ObjectId, readonly StoredValue[] | null>();
  /** What the targets themselves refer to. */
  readonly #keys = new Map<AttributeCode, ReadKey>();
  #text = 0;
  #search: ObjectSearch | null = null;

  constructor(private readonly context: ExportContext, readonly target: ClassCode) {}

  /** Where a value of an attribute will stand; to be called before anything is asked for. */
  place(code: AttributeCode): number {
    if (this.#search !== null) throw new Error("the values were asked for already");
    if (!this.#codes.includes(code)) this.#codes.push(code);
    return this.#codes.indexOf(code);
  }

  /** An external key of the targets; to be called before anything is asked for. */
  key({ code, target }: ExternalKeyAttribute): ReadKey {
    const known = this.#keys.get(code);
    if (known !== undefined) return known;
    const key = { place: this.place(code), cells: new TargetCells(this.context, target) };
    this.#keys.set(code, key);
    return key;
  }

  /** To be called between pages: what is too much is forgotten. */
  beginPage(): void {
    if (this.#text > MOST_REMEMBERED) this.#forget();
    for (const { cells } of this.#keys.values()) cells.beginPage();
  }

  /** Asks for the values of targets, those that are not known yet, and of what they refer to. */
  async prepare(ids: readonly (ObjectId | null)[]): Promise<void> {
    const asked = new Set<ObjectId>();
    for (const id of ids) if (id !== null && !this.#known.has(id)) asked.add(id);
    await this.#ask([...asked]);
    for (const { place, cells } of this.#keys.values()) {
      await cells.prepare(ids.map((id) => id === null ? null : idIn(this.#known.get(id)?.[place])));
    }
  }

  async #ask(asked: readonly ObjectId[]): Promise<void> {
    if (asked.length === 0) return;
    this.#search ??= this.context.store.search({
      class: classOf(this.context.model, this.target).code,
      conditions: ["id"],
      read: this.#codes,
      includeHidden: false,
    });
    const matches = await this.#search.find(asked.map((id) => [id]));
    const found: (readonly StoredValue[] | null)[] = [];
    for (const match of matches) {
      found.push(match.kind === "one" ? match.object.values ?? await this.#search.valuesOf(match.object) : NOT_SEEN);
    }
    for (const [index, id] of asked.entries()) {
      const values = found[index] ?? NOT_SEEN;
      this.#known.set(id, values);
      this.#text += TEXT_OF_TARGET;
      for (const value of values ?? []) this.#text += typeof value === "string" ? value.length : 0;
    }
  }

  /** Gives what stands in a target that was asked for, or behind further keys of it, as the user may know it. */
  valueOf({ through: [next, ...behind], attribute }: TargetPart): (id: ObjectId) => StoredValue {
    if (next !== undefined) {
      const { place, cells } = this.key(next);
      const valueBehind = cells.valueOf({ through: behind, attribute });
      return (id) => {
        const target = idIn(this.valuesOf(id)?.[place]);
        return target === null ? null : valueBehind(target);
      };
    }
    const place = this.place(attribute.code);
    if (attribute.kind !== "external_key" || !this.context.someObjectsAreHidden) {
      return (id) => this.valuesOf(id)?.[place] ?? null;
    }
    const { cells } = this.key(attribute);
    return (id) => {
      const target = idIn(this.valuesOf(id)?.[place]);
      return target === null || cells.valuesOf(target) === null ? null : target;
    };
  }

  /** Says whether the user may not see a target that was asked for, or one that it refers to through these keys. */
  hides([next, ...behind]: readonly ExternalKeyAttribute[]): (id: ObjectId) => boolean {
    if (next === undefined) return (id) => this.valuesOf(id) === null;
    const { place, cells } = this.key(next);
    const hidesBehind = cells.hides(behind);
    return (id) => {
      const values = this.valuesOf(id);
      const target = idIn(values?.[place]);
      return values === null || (target !== null && hidesBehind(target));
    };
  }

  /** The values of a target that was asked for, by place; null: the user may not see it. */
  valuesOf(id: ObjectId): readonly StoredValue[] | null {
    return this.#known.get(id) ?? null;
  }

  #forget(): void {
    this.#known.clear();
    this.#text = 0;
  }
}
