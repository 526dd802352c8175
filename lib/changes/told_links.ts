/** The texts of link sets in the change log, as a limited user may read them: without what they do not see. */
import { linkEnds } from "../model/link_ends.ts";
import { attributeOf, classOf } from "../model/look_up.ts";
import type { LinkSetAttribute, Model } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { type LinkValue, parseLinkSetCell, writeLinkSetCell } from "../values/link_set_cell.ts";
import type { SeenObjects } from "./seen_objects.ts";

/** What stands in a link set for a key to what the user does not see, as in reports. */
const NONE = "0";

/**
 * Links with an end that the user does not see are left out; another key to such an object is none.
 * @returns null when the text cannot be read, and so not be told
 */
export async function toldLinks(
  text: string,
  linkSet: LinkSetAttribute,
  { model, objects, seen }: { readonly model: Model; readonly objects: ObjectSearches; readonly seen: SeenObjects },
): Promise<string | null> {
  const parsed = parseLinkSetCell(text);
  if (!parsed.ok) return null;
  const isSeen = await seenKeys(parsed.items, linkSet, model, objects, seen);
  const ends = new Set(linkEnds(model, classOf(model, linkSet.linkClass)).map(({ code }) => code));
  const links = parsed.items
    .filter((item) => item.every((value) => !ends.has(value.attribute) || isSeen(value)))
    .map((item) =>
      item.map(({ attribute, value }) => ({ attribute, value: isSeen({ attribute, value }) ? value : NONE }))
    );
  return writeLinkSetCell(links);
}

type IsSeen = (value: Pick<LinkValue, "attribute" | "value">) => boolean;

/** Asks for all the objects that one attribute refers to at once. */
async function seenKeys(
  items: readonly (readonly LinkValue[])[],
  linkSet: LinkSetAttribute,
  model: Model,
  objects: ObjectSearches,
  seen: SeenObjects,
): Promise<IsSeen> {
  const linkClass = classOf(model, linkSet.linkClass);
  const names = new Map<string, ReadonlySet<string>>();
  for (const code of new Set(items.flat().map(({ attribute }) => attribute))) {
    const key = attributeOf(linkClass, code);
    if (key.kind !== "external_key") continue;
    const texts = items.flat().filter(({ attribute }) => attribute === code).map(({ value }) => value);
    const ids = texts.map((text) => objects.idFromText(key.target, text));
    const found = await seen.names(key.target, ids.filter((id) => id !== null));
    names.set(code, new Set(texts.filter((_, index) => isAmong(found, ids[index] ?? null))));
  }
  return ({ attribute, value }) => names.get(attribute)?.has(value) ?? true;
}

function isAmong(names: ReadonlyMap<ObjectId, string>, id: ObjectId | null): boolean {
  return id !== null && names.has(id);
}
