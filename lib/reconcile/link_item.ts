/** The items of a link-set cell become the values of links. What they refer to is asked for together. */
import { withoutBlankEnds } from "../compared_text.ts";
import { attributeCalled } from "../model/attribute_called.ts";
import { defaultOf } from "../model/default_value.ts";
import { classOf, isColumn, isGenerated } from "../model/look_up.ts";
import type { AttributeCode, ColumnAttribute, LinkSetAttribute, ModelClass, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { LinkValue } from "../values/link_set_cell.ts";
import { hasBlankEnds, hasLineBreak, isOfOneLine } from "../values/line_breaks.ts";
import { readerFor } from "../values/reader_for.ts";
import type { LinkTargets, SearchedTarget } from "./link_target.ts";
import type { LinkProblem, SearchedValue } from "./problems.ts";
import type { RunContext } from "./run_context.ts";
import { isEmpty, isNoId } from "./searched_value.ts";

/** A link as the cell wants it: about `LinkClass.attributes`, in their order. */
export interface WantedLink {
  readonly remoteId: ObjectId;
  /** Defaults where the cell names no value: a new link gets them, one that stays keeps its own. */
  readonly values: readonly StoredValue[];
  readonly named: readonly boolean[];
}

export type LinkResult =
  | { readonly ok: true; readonly link: WantedLink }
  | { readonly ok: false; readonly problem: LinkProblem };

/** The class of a link set's links, as the cell sees it. */
export interface LinkClass {
  readonly linkSet: LinkSetAttribute;
  readonly class: ModelClass;
  /** Every column of a link but its key to the object that has the link set. */
  readonly attributes: readonly ColumnAttribute[];
}

export function linkClassOf(context: RunContext, linkSet: LinkSetAttribute): LinkClass {
  const linkClass = classOf(context.model, linkSet.linkClass);
  const attributes = [...linkClass.attributes.values()].filter(isColumn).filter((one) => !isGenerated(one));
  return {
    linkSet,
    class: linkClass,
    attributes: attributes.filter((attribute) => attribute.code !== linkSet.keyToThis),
  };
}

/** What the values of one attribute of an item are. */
interface Specified {
  readonly attribute: ColumnAttribute;
  /** `code:value`. */
  readonly direct: string[];
  /** `key->attribute:value`. */
  readonly remote: SearchedValue[];
}

type ItemValue =
  /** `isDefault`: the item does not name the attribute. */
  | { readonly ok: true; readonly value: StoredValue; readonly isDefault: boolean }
  | { readonly ok: true; readonly target: SearchedTarget }
  | { readonly ok: false; readonly problem: LinkProblem };

/** An item whose external keys are yet to be looked up: one value for each of `LinkClass.attributes`. */
type ReadItem = readonly ItemValue[] | LinkProblem;

/** So many items are looked up together. */
const ITEMS_TOGETHER = 512;

/** Reads the items of a cell up to the first one that is no link. */
export async function* readItems(
  context: RunContext,
  links: LinkClass,
  targets: LinkTargets,
  items: readonly (readonly LinkValue[])[],
): AsyncGenerator<readonly LinkResult[], void> {
  for (let start = 0; start < items.length; start += ITEMS_TOGETHER) {
    const read = items.slice(start, start + ITEMS_TOGETHER).map((item) => readItem(context, links, item));
    const searched = read.flatMap((item) => "kind" in item ? [] : item.flatMap(searchedIn));
    await targets.ask(searched);
    if (context.breath.isDue) await context.breath.take();
    yield read.map((item) => "kind" in item ? { ok: false, problem: item } : linkOf(links, targets, item));
  }
}

function searchedIn(value: ItemValue): readonly SearchedTarget[] {
  return value.ok && "target" in value ? [value.target] : [];
}

function readItem(context: RunContext, links: LinkClass, item: readonly LinkValue[]): ReadItem {
  const specified = specify(context, links, item);
  if (!(specified instanceof Map)) return specified;
  const values: ItemValue[] = [];
  for (const attribute of links.attributes) {
    const given = specified.get(attribute.code);
    values.push(
      given === undefined ? { ok: true, value: defaultOf(attribute), isDefault: true } : valueOf(context, given),
    );
  }
  return values;
}

function linkOf(links: LinkClass, targets: LinkTargets, item: readonly ItemValue[]): LinkResult {
  const values: StoredValue[] = [];
  const named: boolean[] = [];
  for (const one of item) {
    if (!one.ok) return one;
    named.push("target" in one || !one.isDefault);
    if (!("target" in one)) {
      values.push(one.value);
      continue;
    }
    const found = targets.found(one.target);
    if (!found.ok) return found;
    values.push(found.id);
  }
  const remoteId = idIn(values[links.attributes.findIndex(({ code }) => code === links.linkSet.keyToRemote)]);
  const missing = missingIn(links, values);
  if (remoteId === null) {
    return { ok: false, problem: missing ?? { kind: "link_lacks", codes: [links.linkSet.keyToRemote] } };
  }
  // What the item does not name may stand in a link that is there.
  const emptied = missing === null ? null : missingIn(links, values, (index) => named[index] === true);
  return emptied === null ? { ok: true, link: { remoteId, values, named } } : { ok: false, problem: emptied };
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

/** As many as columns of a header: SQLite takes no condition of a thousand parts. */
const MOST_SEARCHED_BY = 100;

/** The item's values by attribute, or what is wrong with a code: it is none, or stands twice. */
function specify(
  context: RunContext,
  links: LinkClass,
  item: readonly LinkValue[],
): Map<AttributeCode, Specified> | LinkProblem {
  const specified = new Map<AttributeCode, Specified>();
  for (const { attribute: name, remoteAttribute, value } of item) {
    const attribute = attributeCalled(links.attributes, name);
    const code = attribute?.code ?? name;
    if (attribute === undefined || (remoteAttribute !== null && attribute.kind !== "external_key")) {
      return { kind: "no_link_attribute", class: links.class.code, code };
    }
    const entry = specified.get(code) ?? { attribute, direct: [], remote: [] };
    specified.set(code, entry);
    if (remoteAttribute === null) {
      entry.direct.push(value);
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
    entry.remote.push({ code: remote.code, value });
  }
  return specified;
}

function canBeSearched(kind: string): boolean {
  return kind !== "link_set" && kind !== "object_list" && kind !== "password" && kind !== "bytes";
}

const LINE_BREAK = { ok: false, problem: { kind: "line_break" } } as const;

function valueOf(context: RunContext, { attribute, direct, remote }: Specified): ItemValue {
  if (attribute.kind === "external_key") {
    const id = direct.at(-1)?.trim();
    const isNoTarget = remote.length === 0 && (attribute.takesAnyId === true ? isEmpty(id) : isNoId(id));
    if (isNoTarget) return { ok: true, value: null, isDefault: false };
    const searched = [...(id === undefined ? [] : [{ code: attribute.referenced ?? "id", value: id }]), ...remote];
    return { ok: true, target: { key: attribute, searched } };
  }
  // Codes stay codes in a link set, whatever the file's header is.
  const reader = readerFor(attribute, { ...context, codesNotLabels: true });
  const typed = direct.at(-1) ?? null;
  const line = typed !== null && !hasBlankEnds(attribute) ? withoutBlankEnds(typed) : typed;
  const parsed = isOfOneLine(attribute) && hasLineBreak(line ?? "") ? LINE_BREAK : reader.parse(line);
  if (parsed.ok) return { ok: true, value: parsed.value, isDefault: false };
  return { ok: false, problem: { kind: "link_value", attribute: attribute.code, problem: parsed.problem } };
}
