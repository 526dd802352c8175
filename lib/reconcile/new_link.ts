/** What a new link is written with. */
import type { ObjectId } from "../store/object_id.ts";
import type { NewValues } from "../store/objects.ts";
import type { LinkClass, WantedLink } from "./link_item.ts";

/** All attributes; what a database of others fills itself is what its item names of it, and no more. */
export function newLinkValues(
  { linkSet, attributes }: LinkClass,
): (link: WantedLink, objectId: ObjectId) => NewValues {
  const codes = [linkSet.keyToThis, ...attributes.map(({ code }) => code)];
  if (!attributes.some(({ keepsWhatIsStored }) => keepsWhatIsStored === true)) {
    return ({ values }, objectId) => ({ attributes: codes, values: [objectId, ...values] });
  }
  return ({ named, values }, objectId) => {
    const places = [...attributes.keys()].filter((place) => named[place] === true);
    return {
      attributes: [linkSet.keyToThis, ...places.map((place) => attributes[place]?.code ?? "")],
      values: [objectId, ...places.map((place) => values[place] ?? null)],
    };
  };
}
