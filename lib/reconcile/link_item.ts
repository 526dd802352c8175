/** One item of a link-set cell becomes the values of a link. */
import * as sentences from "../messages/cells.ts";
import { defaultOf } from "../model/default_value.ts";
import { attributeOf, classOf, finalAttribute, isColumn } from "../model/look_up.ts";
import type {
  AttributeCode,
  ColumnAttribute,
  ExternalKeyAttribute,
  LinkSetAttribute,
  ModelClass,
  StoredValue,
} from "../model/model.ts";
import type { ObjectSearch } from "../store/objects.ts";
import type { LinkValue } from "../values/link_set_cell.ts";
import { readerFor } from "../values/reader_for.ts";
import { findTyped } from "./external_key.ts";
import { idOf } from "./object_id.ts";
import type { RunContext } from "./run_context.ts";

/** A link as the cell wants it: the values of `LinkClass.attributes`, in their order. */
export interface WantedLink {
  readonly remoteId: number;
  readonly values: readonly StoredValue[];
}

export type LinkResult =
  | { readonly ok: true; readonly link: WantedLink }
  /** Why the item is no link: a sentence. */
  | { readonly ok: false; readonly text: string };

/** The class of a link set's links, as the cell sees it. */
export interface LinkClass {
  readonly linkSet: LinkSetAttribute;
  readonly class: ModelClass;
  /** Every column of a link but its key to the object that has the link set. */
  readonly attributes: readonly ColumnAttribute[];
  /** Finds remote objects; prepared once for each set of attributes. */
  readonly searches: Map<string, ObjectSearch>;
}

export function linkClassOf(context: RunContext, linkSet: LinkSetAttribute): LinkClass {
  const linkClass = classOf(context.model, linkSet.linkClass);
  const attributes = [...linkClass.attributes.values()].filter(isColumn);
  return {
    linkSet,
    class: linkClass,
    attributes: attributes.filter((attribute) => attribute.code !== linkSet.keyToThis),
    searches: new Map(),
  };
}

/** What the values of one attribute of an item are. */
interface Specified {
  readonly attribute: ColumnAttribute;
  /** `code:value`. */
  readonly direct: string[];
  /** `key->attribute:value`. */
  readonly remote: { readonly code: AttributeCode; readonly value: string }[];
}

/** Reads one item; attributes that it leaves out get their defaults. */
export function readItem(context: RunContext, links: LinkClass, item: readonly LinkValue[]): LinkResult {
  const specified = specify(context, links, item);
  if (typeof specified === "string") return { ok: false, text: specified };
  const values: StoredValue[] = [];
  for (const attribute of links.attributes) {
    const given = specified.get(attribute.code);
    const value = given === undefined
      ? { ok: true, value: defaultOf(attribute) } as const
      : valueOf(context, links, given);
    if (!value.ok) return value;
    values.push(value.value);
  }
  const missing = links.attributes.filter((attribute, index) => !attribute.nullAllowed && isNone(values[index]));
  if (missing.length > 0) return { ok: false, text: sentences.linkLacks(missing.map((attribute) => attribute.code)) };
  const remoteId = values[links.attributes.findIndex((attribute) => attribute.code === links.linkSet.keyToRemote)];
  if (typeof remoteId !== "number") return { ok: false, text: sentences.linkLacks([links.linkSet.keyToRemote]) };
  return { ok: true, link: { remoteId, values } };
}

function isNone(value: StoredValue | undefined): boolean {
  return value === null || value === undefined || value === "";
}

/** As many as columns of a header: SQLite takes no condition of a thousand parts. */
const MOST_SEARCHED_BY = 100;

/** Of prepared searches: a file may look for objects by ever other attributes. */
const MOST_SEARCHES = 100;

/** The item's values by attribute, or a sentence about a code that is none or stands twice. */
function specify(
  context: RunContext,
  links: LinkClass,
  item: readonly LinkValue[],
): ReadonlyMap<AttributeCode, Specified> | string {
  const specified = new Map<AttributeCode, Specified>();
  for (const { attribute: code, remoteAttribute, value } of item) {
    const attribute = links.attributes.find((candidate) => candidate.code === code);
    if (attribute === undefined || (remoteAttribute !== null && attribute.kind !== "external_key")) {
      return sentences.noLinkAttribute(links.class.code, code);
    }
    const entry = specified.get(code) ?? { attribute, direct: [], remote: [] };
    specified.set(code, entry);
    if (remoteAttribute === null) {
      entry.direct.push(value);
      continue;
    }
    const target = attribute.kind === "external_key" ? classOf(context.model, attribute.target) : links.class;
    const remote = target.attributes.get(remoteAttribute);
    if (remote === undefined || !canBeSearched(remote.kind)) {
      return sentences.noLinkAttribute(target.code, remoteAttribute);
    }
    if (entry.remote.some((other) => other.code === remoteAttribute)) {
      return sentences.linkAttributeTwice(target.code, remoteAttribute);
    }
    if (entry.remote.length === MOST_SEARCHED_BY) return sentences.tooManyLinkAttributes(code, MOST_SEARCHED_BY);
    entry.remote.push({ code: remoteAttribute, value });
  }
  return specified;
}

function canBeSearched(kind: string): boolean {
  return kind !== "link_set" && kind !== "object_list" && kind !== "password";
}

type ItemValue = { readonly ok: true; readonly value: StoredValue } | { readonly ok: false; readonly text: string };

function valueOf(context: RunContext, links: LinkClass, given: Specified): ItemValue {
  const { attribute } = given;
  if (attribute.kind === "external_key") return targetOf(context, links, attribute, given);
  // Codes stay codes in a link set, whatever the file's header is (rules-b, part 5).
  const reader = readerFor(attribute, { ...context, codesNotLabels: true });
  const parsed = reader.parse(given.direct.at(-1) ?? null);
  if (parsed.ok) return { ok: true, value: parsed.value };
  return { ok: false, text: sentences.valueProblem(attribute.code, parsed.problem) };
}

function targetOf(
  context: RunContext,
  links: LinkClass,
  key: ExternalKeyAttribute,
  given: Specified,
): ItemValue {
  const id = given.direct.at(-1)?.trim();
  const isNoTarget = given.remote.length === 0 && (id === undefined || id === "" || id === "0");
  if (isNoTarget) return { ok: true, value: null };
  const conditions = [
    ...(id === undefined ? [] : [{ code: "id", value: id }]),
    ...given.remote,
  ];
  // In one order, so that items with the same attributes share a search.
  const sorted = conditions.toSorted((a, b) => a.code < b.code ? -1 : 1);
  const search = searchFor(context, links, key, sorted.map(({ code }) => code));
  const values = sorted.map(({ code, value }) => searchedValue(context, key, code, value));
  const match = findTyped(search, values);
  if (match.kind === "one") return { ok: true, value: match.object.id };
  const described = conditions.map(({ code, value }) => `${code}=${value}`).join(", ");
  const text = match.kind === "none"
    ? sentences.linkTargetNotFound(key.code, described)
    : sentences.linkTargetAmbiguous(key.code, described);
  return { ok: false, text };
}

function searchFor(
  context: RunContext,
  links: LinkClass,
  key: ExternalKeyAttribute,
  conditions: readonly AttributeCode[],
): ObjectSearch {
  const name = [key.code, ...conditions].join(">");
  const known = links.searches.get(name);
  if (known !== undefined) return known;
  const search = context.store.search({ class: key.target, conditions, read: [], includeHidden: false });
  if (links.searches.size >= MOST_SEARCHES) links.searches.clear();
  links.searches.set(name, search);
  return search;
}

function searchedValue(
  context: RunContext,
  key: ExternalKeyAttribute,
  code: AttributeCode,
  value: string,
): StoredValue | undefined {
  const target = classOf(context.model, key.target);
  const { attribute } = finalAttribute(context.model, target, code === "id" ? "id" : attributeOf(target, code).code);
  if (attribute === "id" || attribute.kind === "external_key") return idOf(value) ?? undefined;
  if (!isColumn(attribute)) return value;
  return readerFor(attribute, { ...context, codesNotLabels: true, dateFormat: null }).parseKey(value);
}
