/** What the items of link sets name, whatever their values are: nearly all items of a file name the same. */
import { attributeCalled } from "../model/attribute_called.ts";
import { defaultOf } from "../model/default_value.ts";
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ColumnAttribute, ExternalKeyAttribute, StoredValue } from "../model/model.ts";
import { readerFor, type ValueAttribute } from "../values/reader_for.ts";
import type { ValueReader } from "../values/value_reader.ts";
import type { LinkClass, LinkItem } from "./link_item.ts";
import type { LinkProblem } from "./problems.ts";
import type { RunContext } from "./run_context.ts";

/** An attribute of links that items give, other than an external key. */
export interface ValueSlot {
  readonly kind: "value";
  /** Of the attribute among `LinkClass.attributes`. */
  readonly index: number;
  readonly attribute: ValueAttribute;
  readonly reader: ValueReader;
  /** Of its value in an item. */
  readonly place: number;
}

/** An external key of links that items give. */
export interface KeySlot {
  readonly kind: "key";
  readonly index: number;
  readonly key: ExternalKeyAttribute;
  /** Of the id in an item; null: it gives none. */
  readonly idPlace: number | null;
  /** What the target is looked for by, the id first, then as the item has it; and where the values stand. */
  readonly codes: readonly (AttributeCode | "id")[];
  readonly places: readonly number[];
  /** The places of the codes in one order for all slots with the same: they share a search. */
  readonly order: readonly number[];
}

export interface ItemShape {
  /** What items give, in the order of `LinkClass.attributes`. */
  readonly slots: readonly (ValueSlot | KeySlot)[];
  readonly keys: readonly KeySlot[];
  /** Of `LinkClass.attributes`. */
  readonly defaults: readonly StoredValue[];
  readonly named: readonly boolean[];
}

/** The shape of an item, or what is wrong with it. */
export function shapeOf(context: RunContext, links: LinkClass, item: LinkItem): ItemShape | LinkProblem {
  const specified = specify(context, links, item);
  if (!(specified instanceof Map)) return specified;
  const slots = links.attributes.flatMap((attribute, index) => {
    const given = specified.get(attribute.code);
    return given === undefined ? [] : [slotOf(context, index, given)];
  });
  return {
    slots,
    keys: slots.filter((slot) => slot.kind === "key"),
    defaults: links.attributes.map(defaultOf),
    named: links.attributes.map(({ code }) => specified.has(code)),
  };
}

/** What an item says of one attribute. */
interface Specified {
  readonly attribute: ColumnAttribute;
  /** Where `code:value` stands. */
  readonly direct: number[];
  /** `key->attribute:value`. */
  readonly remote: { readonly code: AttributeCode; readonly place: number }[];
}

function slotOf(context: RunContext, index: number, { attribute, direct, remote }: Specified): ValueSlot | KeySlot {
  const last = direct.at(-1) ?? null;
  if (attribute.kind !== "external_key") {
    // Codes stay codes in a link set, whatever the file's header is.
    const reader = readerFor(attribute, { ...context, codesNotLabels: true });
    return { kind: "value", index, attribute, reader, place: last ?? -1 };
  }
  const searched = [...last === null ? [] : [{ code: attribute.referenced ?? "id", place: last }], ...remote];
  const codeAt = (index: number) => searched[index]?.code ?? "";
  return {
    kind: "key",
    index,
    key: attribute,
    idPlace: last,
    codes: searched.map(({ code }) => code),
    places: searched.map(({ place }) => place),
    order: [...searched.keys()].sort((a, b) => codeAt(a) < codeAt(b) ? -1 : 1),
  };
}

/** As many as columns of a header: SQLite takes no condition of a thousand parts. */
const MOST_SEARCHED_BY = 100;

/** What the item says by attribute, or what is wrong with a code: it is none, or stands twice. */
function specify(context: RunContext, links: LinkClass, item: LinkItem): Map<AttributeCode, Specified> | LinkProblem {
  const specified = new Map<AttributeCode, Specified>();
  for (const [place, { attribute: name, remoteAttribute }] of item.entries()) {
    const attribute = attributeCalled(links.attributes, name);
    const code = attribute?.code ?? name;
    if (attribute === undefined || (remoteAttribute !== null && attribute.kind !== "external_key")) {
      return { kind: "no_link_attribute", class: links.class.code, code };
    }
    const entry = specified.get(code) ?? { attribute, direct: [], remote: [] };
    specified.set(code, entry);
    if (remoteAttribute === null) {
      entry.direct.push(place);
      continue;
    }
    const target = attribute.kind === "external_key" ? classOf(context.model, attribute.target) : links.class;
    const remote = attributeCalled([...target.attributes.values()], remoteAttribute);
    if (remote === undefined || !canBeSearched(remote.kind)) {
      return { kind: "no_link_attribute", class: target.code, code: remoteAttribute };
    }
    if (entry.remote.some((other) => other.code === remote.code)) {
      return { kind: "link_attribute_twice", class: target.code, code: remote.code };
    }
    if (entry.remote.length === MOST_SEARCHED_BY) {
      return { kind: "too_many_link_attributes", key: code, most: MOST_SEARCHED_BY };
    }
    entry.remote.push({ code: remote.code, place });
  }
  return specified;
}

function canBeSearched(kind: string): boolean {
  return kind !== "link_set" && kind !== "object_list" && kind !== "password" && kind !== "bytes";
}
