/** Values of the objects that external keys refer to: those of a page are asked for together, and remembered. */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectSearch } from "../store/objects.ts";
import type { ExportContext } from "./export_context.ts";

/** In UTF-16 code units of their texts: no more are remembered from one page to the next. */
const MOST_REMEMBERED = 1024 * 1024;
/** What a target takes beside its texts. */
const TEXT_OF_TARGET = 32;

const NOT_SEEN: readonly StoredValue[] | null = null;

export class TargetCells {
  readonly #codes: AttributeCode[] = [];
  readonly #known = new Map<ObjectId, readonly StoredValue[] | null>();
  #text = 0;
  #search: ObjectSearch | null = null;

  constructor(private readonly context: ExportContext, readonly target: ClassCode) {}

  /** Where a value of an attribute will stand; to be called before anything is asked for. */
  place(code: AttributeCode): number {
    if (this.#search !== null) throw new Error("the values were asked for already");
    if (!this.#codes.includes(code)) this.#codes.push(code);
    return this.#codes.indexOf(code);
  }

  /** To be called between pages: what is too much is forgotten. */
  beginPage(): void {
    if (this.#text > MOST_REMEMBERED) this.#forget();
  }

  /** Asks for the values of targets, those that are not known yet. */
  async prepare(ids: readonly (ObjectId | null)[]): Promise<void> {
    const asked = new Set<ObjectId>();
    for (const id of ids) if (id !== null && !this.#known.has(id)) asked.add(id);
    await this.#ask([...asked]);
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
    const seen = await this.#withoutHidden(found);
    for (const [index, id] of asked.entries()) {
      const values = seen[index] ?? NOT_SEEN;
      this.#known.set(id, values);
      this.#text += TEXT_OF_TARGET;
      for (const value of values ?? []) this.#text += typeof value === "string" ? value.length : 0;
    }
  }

  /** The values of a target that was asked for, by place; null: the user may not see it. */
  valuesOf(id: ObjectId): readonly StoredValue[] | null {
    return this.#known.get(id) ?? null;
  }

  /** The ids of what the user may not see are none. */
  async #withoutHidden(
    found: readonly (readonly StoredValue[] | null)[],
  ): Promise<readonly (readonly StoredValue[] | null)[]> {
    const { model, hiddenTargets, someObjectsAreHidden } = this.context;
    if (!someObjectsAreHidden) return found;
    let seen = found;
    for (const [place, code] of this.#codes.entries()) {
      const key = classOf(model, this.target).attributes.get(code);
      if (key?.kind !== "external_key") continue;
      const hidden = await hiddenTargets.among(key.target, found.map((values) => idIn(values?.[place])));
      const isHidden = (values: readonly StoredValue[]) => hidden.has(values[place] as ObjectId);
      seen = seen.map((values) => values !== null && isHidden(values) ? values.with(place, null) : values);
    }
    return seen;
  }

  #forget(): void {
    this.#known.clear();
    this.#text = 0;
  }
}
