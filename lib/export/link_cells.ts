/** Cells of link sets: every link with its other end and its own values, in the form that an import reads. */
import { withoutBlankEnds } from "../compared_text.ts";
import { classOf, isColumn } from "../model/look_up.ts";
import type { ColumnAttribute, LinkSetAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { FoundObject, Match, ObjectSearch } from "../store/objects.ts";
import { type ShownLinkValue, writeLinkSetCell } from "../values/link_set_cell.ts";
import type { ExportContext } from "./export_context.ts";
import { LinkTargetCells } from "./link_target_cells.ts";
import type { CellFault } from "./notes.ts";
import { isOneLine, OwnCells, unreadable } from "./own_cells.ts";
import type { TargetKeys } from "./target_keys.ts";

export interface LinkCell {
  readonly text: string;
  readonly fault: CellFault | null;
}

/** Values of a link: of `LinkCells.#attributes`, in their order. */
type LinkValues = readonly StoredValue[];

export class LinkCells {
  readonly #attributes: readonly ColumnAttribute[];
  readonly #remote: number;
  readonly #search: ObjectSearch;
  readonly #targets = new Map<ColumnAttribute, LinkTargetCells>();
  readonly #own = new Map<ColumnAttribute, OwnCells>();
  #matches = new Map<ObjectId, Match>();

  private constructor(context: ExportContext, linkSet: LinkSetAttribute) {
    const linkClass = classOf(context.model, linkSet.linkClass);
    // What nobody is shown is not named: a link that stays keeps what its item does not name.
    this.#attributes = [...linkClass.attributes.values()].filter(isColumn)
      .filter(({ code, kind }) => code !== linkSet.keyToThis && kind !== "password");
    this.#remote = this.#attributes.findIndex(({ code }) => code === linkSet.keyToRemote);
    this.#search = context.store.search({
      class: linkClass.code,
      conditions: [linkSet.keyToThis],
      read: this.#attributes.map(({ code }) => code),
      includeHidden: true,
    });
    for (const attribute of this.#attributes) {
      if (attribute.kind !== "external_key") this.#own.set(attribute, new OwnCells(context, attribute, false));
    }
  }

  static async open(context: ExportContext, keys: TargetKeys, linkSet: LinkSetAttribute): Promise<LinkCells> {
    // Codes stay codes in a link set, whatever the file's header is.
    const coded = { ...context, codesNotLabels: true };
    const cells = new LinkCells(coded, linkSet);
    for (const attribute of cells.#attributes) {
      if (attribute.kind !== "external_key") continue;
      cells.#targets.set(attribute, await LinkTargetCells.open(coded, keys, attribute));
    }
    return cells;
  }

  /** Asks for the links of a page of objects. */
  async prepare(ids: readonly ObjectId[]): Promise<void> {
    const matches = await this.#search.find(ids.map((id) => [id]));
    this.#matches = new Map(ids.map((id, index) => [id, matches[index] ?? { kind: "none" }]));
    for (const targets of this.#targets.values()) targets.beginPage();
    const links = matches.flatMap((match) =>
      match.kind === "one" && match.object.values !== null ? [match.object.values] : []
    );
    await this.#prepareTargets(links);
  }

  /** The cell of an object of the page. */
  async cell(id: ObjectId): Promise<LinkCell> {
    const match = this.#matches.get(id);
    if (match === undefined || match.kind === "none") return NO_LINKS;
    const links: LinkValues[] = [];
    const found: readonly FoundObject[] = match.kind === "one" ? [match.object] : await this.#search.all([id]);
    for (const link of found) links.push(link.values ?? await this.#search.valuesOf(link));
    await this.#prepareTargets(links);
    return this.#write(found, links);
  }

  async #prepareTargets(links: readonly LinkValues[]): Promise<void> {
    for (const [place, attribute] of this.#attributes.entries()) {
      await this.#targets.get(attribute)?.prepare(links.map((values) => idIn(values[place])));
    }
  }

  #write(found: readonly FoundObject[], links: readonly LinkValues[]): LinkCell {
    let fault: CellFault | null = null;
    const items: ShownLinkValue[][] = [];
    for (const [remote, indexes] of Map.groupBy(links.keys(), (index) => idIn(links[index]?.[this.#remote]))) {
      if (remote === null) {
        fault ??= "loose_link";
        continue;
      }
      const [first = 0] = indexes;
      const item = this.#item(found[first], links, indexes);
      if (item === null) continue;
      fault ??= item.fault;
      items.push(item.values);
    }
    const text = writeLinkSetCell(items);
    return { text, fault: fault ?? unreadable(text) };
  }

  /** Null: the user may not see the other end; an import leaves the link alone. @param indexes of links with the same other end */
  #item(
    link: FoundObject | undefined,
    links: readonly LinkValues[],
    indexes: readonly number[],
  ): { readonly values: ShownLinkValue[]; readonly fault: CellFault | null } | null {
    let fault: CellFault | null = null;
    const item: ShownLinkValue[] = [];
    for (const [place, attribute] of this.#attributes.entries()) {
      const values = indexes.map((index) => links[index]?.[place] ?? null);
      const [value = null] = values;
      // Of two links to one object that differ in a value the item says nothing: both keep theirs.
      if (value === null || value === "" || values.some((other) => other !== value)) continue;
      const targets = this.#targets.get(attribute);
      if (targets !== undefined) {
        const shown = targets.shown(value as ObjectId);
        if (shown === null && place === this.#remote) return null;
        item.push(...shown ?? []);
        continue;
      }
      const own = this.#own.get(attribute);
      if (own === undefined || link === undefined) continue;
      const text = own.text(link.class, value);
      fault ??= own.fault(link.class, value, text);
      const isTrimmed = attribute.kind !== "external_key" && isOneLine(attribute);
      item.push({ attribute: attribute.code, value: isTrimmed ? withoutBlankEnds(text) : text });
    }
    return { values: item, fault };
  }
}

const NO_LINKS: LinkCell = { text: "", fault: null };
