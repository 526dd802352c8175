/** How the items of link sets name the objects that they refer to: by their own keys, or by the id where these say nothing. */
import { attributeOf, classOf, isColumn, isText } from "../model/look_up.ts";
import type { ExternalKeyAttribute } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ShownLinkValue } from "../values/link_set_cell.ts";
import type { ExportContext } from "./export_context.ts";
import { type SearchedText, searchedText } from "./searched_text.ts";
import { TargetCells } from "./target_cells.ts";
import type { TargetKeys } from "./target_keys.ts";

interface NamingPart {
  readonly text: SearchedText;
  /** Where its value stands among those of a target. */
  readonly place: number;
  /** An item that says nothing of it looks for nobody. */
  readonly isNeeded: boolean;
}

export class LinkTargetCells {
  readonly #parts: readonly NamingPart[];
  readonly #cells: TargetCells;

  private constructor(
    private readonly context: ExportContext,
    private readonly key: ExternalKeyAttribute,
    texts: readonly SearchedText[],
  ) {
    this.#cells = new TargetCells(context, key.target);
    const target = classOf(context.model, key.target);
    this.#parts = texts.map((text) => {
      const attribute = attributeOf(target, text.code);
      return { text, place: this.#cells.place(text.code), isNeeded: !(isColumn(attribute) && isText(attribute)) };
    });
  }

  static async open(context: ExportContext, keys: TargetKeys, key: ExternalKeyAttribute): Promise<LinkTargetCells> {
    const codes = await keys.of(key.target);
    const texts = codes.flatMap((code) => searchedText(context, key.target, code) ?? []);
    return new LinkTargetCells(context, key, texts);
  }

  beginPage(): void {
    this.#cells.beginPage();
  }

  async prepare(ids: readonly (ObjectId | null)[]): Promise<void> {
    await this.#cells.prepare(ids);
  }

  /** Null: the user may not see it. */
  shown(id: ObjectId): readonly ShownLinkValue[] | null {
    const values = this.#cells.valuesOf(id);
    if (values === null) return null;
    const { code, target } = this.key;
    const pieces = this.#parts.map(({ text, place, isNeeded }) => {
      const value = values[place] ?? null;
      const written = text.write(value);
      const isSaid = written === "" ? !isNeeded : text.isSound(value, written);
      return isSaid ? { attribute: `${code}->${text.code}`, value: written } : null;
    });
    if (pieces.length > 0 && pieces.every((piece) => piece !== null)) return pieces;
    return [{ attribute: code, value: String(this.context.store.shownId(target, id)) }];
  }
}
