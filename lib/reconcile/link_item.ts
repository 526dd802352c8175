/** The items of link-set cells become the values of links. What they refer to is asked for together. */
import { withoutBlankEnds } from "../compared_text.ts";
import { classOf, isColumn, isGenerated } from "../model/look_up.ts";
import type { ColumnAttribute, LinkSetAttribute, ModelClass, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { NewValues } from "../store/objects.ts";
import type { LinkValue } from "../values/link_set_cell.ts";
import { hasBlankEnds, hasLineBreak, isOfOneLine } from "../values/line_breaks.ts";
import type { ParsedValue } from "../values/value_reader.ts";
import { type ItemShape, type KeySlot, shapeOf, type ValueSlot } from "./link_item_shape.ts";
import { newLinkValues } from "./new_link.ts";
import type { FoundTarget, LinkTargets } from "./link_target.ts";
import type { LinkProblem } from "./problems.ts";
import type { RunContext } from "./run_context.ts";
import { isEmpty, isNoId } from "./searched_value.ts";

/** A link as the cell wants it: about `LinkClass.attributes`, in their order. */
export interface WantedLink {
  readonly remoteId: ObjectId;
  /** Defaults where the cell names no value: a new link gets them, one that stays keeps its own. */
  readonly values: readonly StoredValue[];
  readonly named: readonly boolean[];
}

/** The class of a link set's links, as the cell sees it. */
export interface LinkClass {
  readonly linkSet: LinkSetAttribute;
  readonly class: ModelClass;
  /** Every column of a link but its key to the object that has the link set. */
  readonly attributes: readonly ColumnAttribute[];
  /** What a new link is written with. */
  readonly newValues: (link: WantedLink, objectId: ObjectId) => NewValues;
}

export function linkClassOf(context: RunContext, linkSet: LinkSetAttribute): LinkClass {
  const linkClass = classOf(context.model, linkSet.linkClass);
  const columns = [...linkClass.attributes.values()].filter(isColumn).filter((one) => !isGenerated(one));
  const attributes = columns.filter((attribute) => attribute.code !== linkSet.keyToThis);
  return { linkSet, class: linkClass, attributes, newValues: newLinkValues(linkSet, attributes) };
}

/** An item of a cell. */
export type LinkItem = readonly LinkValue[];

/** Of items that name ever other attributes. */
const MOST_SHAPES = 100;

/** Reads the items of link-set cells. */
export class LinkItemReader {
  readonly #shapes = new Map<string, ItemShape | LinkProblem>();
  readonly #remotePlace: number;

  constructor(
    private readonly context: RunContext,
    private readonly links: LinkClass,
    private readonly targets: LinkTargets,
  ) {
    this.#remotePlace = links.attributes.findIndex(({ code }) => code === links.linkSet.keyToRemote);
  }

  /** Whether what an item of this shape refers to may be something else when other rows are written. */
  mayChange(shape: ItemShape | LinkProblem): boolean {
    return !("kind" in shape) && shape.keys.some((slot) => this.targets.mayChange(slot));
  }

  /** The links that items mean, or what is wrong with them, one for each. What they refer to is asked for at once. */
  async read(
    items: readonly LinkItem[],
    shapes: readonly (ItemShape | LinkProblem)[],
  ): Promise<readonly (WantedLink | LinkProblem)[]> {
    const found = new Map<KeySlot, FoundByPlace>();
    for (const [shape, places] of Map.groupBy(items.keys(), (place) => shapes[place])) {
      if (shape === undefined || "kind" in shape) continue;
      for (const slot of shape.keys) found.set(slot, await this.#ask(slot, items, places));
    }
    return items.map((item, place) => {
      const shape = shapes[place];
      if (shape === undefined) throw new Error("every item has a shape");
      return "kind" in shape ? shape : this.#linkOf(shape, item, place, found);
    });
  }

  async #ask(slot: KeySlot, items: readonly LinkItem[], places: readonly number[]): Promise<FoundByPlace> {
    const asked: number[] = [];
    const typed: (readonly string[])[] = [];
    for (const place of places) {
      const values = searchedIn(slot, items[place] ?? []);
      if (values === null) continue;
      asked.push(place);
      typed.push(values);
    }
    const found: FoundTarget[] = [];
    const answers = await this.targets.find(slot, typed);
    asked.forEach((place, index) => {
      const answer = answers[index];
      if (answer !== undefined) found[place] = answer;
    });
    return found;
  }

  #linkOf(
    shape: ItemShape,
    item: LinkItem,
    place: number,
    found: ReadonlyMap<KeySlot, FoundByPlace>,
  ): WantedLink | LinkProblem {
    const values: StoredValue[] = shape.defaults.slice();
    // In the order of the attributes: the first that is wrong is told.
    for (const slot of shape.slots) {
      if (slot.kind === "key") {
        const target = found.get(slot)?.[place] ?? null;
        if (typeof target === "object" && target !== null) return target;
        values[slot.index] = target;
        continue;
      }
      const parsed = parse(slot, item);
      if (!parsed.ok) return { kind: "link_value", attribute: slot.attribute.code, problem: parsed.problem };
      values[slot.index] = parsed.value;
    }
    return this.#checked(values, shape.named);
  }

  #checked(values: readonly StoredValue[], named: readonly boolean[]): WantedLink | LinkProblem {
    const remoteId = idIn(values[this.#remotePlace]);
    const missing = missingIn(this.links, values);
    if (remoteId === null) return missing ?? { kind: "link_lacks", codes: [this.links.linkSet.keyToRemote] };
    // What the item does not name may stand in a link that is there.
    const emptied = missing === null ? null : missingIn(this.links, values, (index) => named[index] === true);
    return emptied ?? { remoteId, values, named };
  }

  /** What an item names, or what is wrong with that. */
  shapeOf(item: LinkItem): ItemShape | LinkProblem {
    const name = nameOfShape(item);
    const known = this.#shapes.get(name);
    if (known !== undefined) return known;
    const shape = shapeOf(this.context, this.links, item);
    if (this.#shapes.size >= MOST_SHAPES) this.#shapes.clear();
    this.#shapes.set(name, shape);
    return shape;
  }
}

/** By the place of the item; nothing where it refers to none. */
type FoundByPlace = readonly (FoundTarget | undefined)[];

/** The same for items that name the same attributes in the same order. */
function nameOfShape(item: LinkItem): string {
  let name = "";
  for (const { attribute, remoteAttribute } of item) {
    name += remoteAttribute === null ? `${attribute};` : `${attribute}->${remoteAttribute};`;
  }
  return name;
}

/** What an item looks for, in the order of `KeySlot.codes`; null: it says that there is no target. */
function searchedIn({ key, idPlace, places }: KeySlot, item: LinkItem): readonly string[] | null {
  const id = idPlace === null ? undefined : item[idPlace]?.value.trim();
  if (places.length <= (idPlace === null ? 0 : 1)) {
    if (key.takesAnyId === true ? isEmpty(id) : isNoId(id)) return null;
  }
  return places.map((place) => place === idPlace ? id ?? "" : item[place]?.value ?? "");
}

const LINE_BREAK = { ok: false, problem: { kind: "line_break" } } as const;

function parse({ attribute, reader, place }: ValueSlot, item: LinkItem): ParsedValue {
  const typed = item[place]?.value ?? null;
  const line = typed !== null && !hasBlankEnds(attribute) ? withoutBlankEnds(typed) : typed;
  return isOfOneLine(attribute) && hasLineBreak(line ?? "") ? LINE_BREAK : reader.parse(line);
}

/** The mandatory attributes that have no value; null: there is none. @param counts whether an attribute is looked at, by its index */
export function missingIn(
  { attributes }: LinkClass,
  values: readonly StoredValue[],
  counts: (index: number) => boolean = () => true,
): LinkProblem | null {
  const missing = attributes.filter((attribute, index) =>
    !attribute.nullAllowed && isNone(values[index]) && counts(index)
  );
  return missing.length === 0 ? null : { kind: "link_lacks", codes: missing.map(({ code }) => code) };
}

function isNone(value: StoredValue | undefined): boolean {
  return value === null || value === undefined || value === "";
}
