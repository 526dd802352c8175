/** What a new link is written with. */
import type { AttributeCode, ColumnAttribute, LinkSetAttribute } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { NewValues } from "../store/objects.ts";
import type { WantedLink } from "./link_item.ts";

/**
 * All attributes; what a database of others fills itself is what its item names of it, and no more. Links with the same attributes share
 * their list: they are written together.
 */
export function newLinkValues(
  { keyToThis }: LinkSetAttribute,
  attributes: readonly ColumnAttribute[],
): (link: WantedLink, objectId: ObjectId) => NewValues {
  const codes = [keyToThis, ...attributes.map(({ code }) => code)];
  if (!attributes.some(({ keepsWhatIsStored }) => keepsWhatIsStored === true)) {
    return ({ values }, objectId) => ({ attributes: codes, values: [objectId, ...values] });
  }
  const lists = new Map<string, readonly AttributeCode[]>();
  return ({ named, values }, objectId) => {
    const places = [...attributes.keys()].filter((place) => named[place] === true);
    const name = places.join();
    const list = lists.get(name) ?? [keyToThis, ...places.map((place) => attributes[place]?.code ?? "")];
    if (lists.size < MOST_LISTS) lists.set(name, list);
    return { attributes: list, values: [objectId, ...places.map((place) => values[place] ?? null)] };
  };
}

/** Of items that name ever other attributes. */
const MOST_LISTS = 100;
