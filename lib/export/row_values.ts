/** The values of the rows of a page: those of the objects themselves, of what they refer to, and their links. */
import type { ColumnTarget } from "../columns/known_columns.ts";
import type { AttributeCode, ExternalKeyAttribute, LinkSetAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { FoundObject } from "../store/objects.ts";
import type { ExportContext } from "./export_context.ts";
import { type LinkCell, LinkCells } from "./link_cells.ts";
import { type ReadKey, TargetCells } from "./target_cells.ts";
import type { TargetKeys } from "./target_keys.ts";

/** An object that is a row of the file. */
export interface Row {
  readonly object: FoundObject;
  /** Of `RowValues.read`, in its order. */
  readonly values: readonly StoredValue[];
}

export class RowValues {
  /** The attributes of the class that are read. */
  readonly read: AttributeCode[] = [];
  readonly #keys = new Map<AttributeCode, ReadKey>();
  readonly #links: LinkCells[] = [];

  constructor(private readonly context: ExportContext) {}

  /** Where a value of the object itself will stand. */
  place(code: AttributeCode): number {
    if (!this.read.includes(code)) this.read.push(code);
    return this.read.indexOf(code);
  }

  /** The targets of an external key. */
  key({ code, target }: ExternalKeyAttribute): ReadKey {
    const known = this.#keys.get(code);
    if (known !== undefined) return known;
    const key = { place: this.place(code), cells: new TargetCells(this.context, target) };
    this.#keys.set(code, key);
    return key;
  }

  async links(keys: TargetKeys, linkSet: LinkSetAttribute): Promise<(row: Row) => Promise<LinkCell>> {
    const cells = await LinkCells.open(this.context, keys, linkSet);
    this.#links.push(cells);
    return ({ object }) => cells.cell(object.id);
  }

  beginPage(): void {
    for (const { cells } of this.#keys.values()) cells.beginPage();
  }

  /** Asks for what rows refer to. */
  async prepareTargets(rows: readonly (readonly StoredValue[])[]): Promise<void> {
    for (const { place, cells } of this.#keys.values()) await cells.prepare(rows.map((values) => idIn(values[place])));
  }

  async prepareLinks(ids: readonly ObjectId[]): Promise<void> {
    for (const links of this.#links) await links.prepare(ids);
  }

  /** Gives the value of a column for a row, as the user may know it. */
  valueOf(target: Exclude<ColumnTarget, { readonly kind: "id" }>): (row: Row) => StoredValue {
    if (target.kind === "through_key") {
      const { place, cells } = this.key(target.key);
      const valueOf = cells.valueOf(target);
      return ({ values }) => {
        const id = idIn(values[place]);
        return id === null ? null : valueOf(id);
      };
    }
    const { attribute } = target;
    if (attribute.kind !== "external_key" || !this.context.someObjectsAreHidden) {
      const place = this.place(attribute.code);
      return ({ values }) => values[place] ?? null;
    }
    const { place, cells } = this.key(attribute);
    return ({ values }) => {
      const id = idIn(values[place]);
      return id === null || cells.valuesOf(id) === null ? null : id;
    };
  }
}
