/** The links that an object has. */
import type { ColumnAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { LinkClass } from "./link_item.ts";
import type { RunContext } from "./run_context.ts";

/** A link that is there. */
export interface PresentLink {
  readonly id: ObjectId;
  readonly remoteId: ObjectId | null;
  /** Of `LinkClass.attributes`, in their order. */
  readonly values: readonly StoredValue[];
}

/**
 * Finds the links of an object, by friendly name: the order in which the reference shows them. Links to objects that the user may
 * not see are not among them, and so are left alone.
 */
export function createLinkFinder(
  context: RunContext,
  links: LinkClass,
): (objectId: ObjectId) => Promise<readonly PresentLink[]> {
  const codes = links.attributes.map(({ code }) => code);
  const remoteIndex = codes.indexOf(links.linkSet.keyToRemote);
  const visibleAmong = visibilityOf(context, links.attributes[remoteIndex]);
  const search = context.store.search({
    class: links.class.code,
    conditions: [links.linkSet.keyToThis],
    read: [...codes, "friendlyname"],
    includeHidden: true,
  });
  return async (objectId) => {
    const named: { readonly link: PresentLink; readonly name: string }[] = [];
    for (const object of await search.all([objectId])) {
      const values = object.values ?? await search.valuesOf(object);
      const link = { id: object.id, remoteId: idIn(values[remoteIndex]), values: values.slice(0, codes.length) };
      named.push({ link, name: String(values[codes.length]) });
    }
    named.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    return await visibleAmong(named.map(({ link }) => link));
  };
}

/** Those of the links whose remote objects the user may see. */
function visibilityOf(
  context: RunContext,
  key: ColumnAttribute | undefined,
): (links: readonly PresentLink[]) => Promise<readonly PresentLink[]> {
  if (!context.someObjectsAreHidden || key?.kind !== "external_key") return (links) => Promise.resolve(links);
  const search = context.store.search({ class: key.target, conditions: ["id"], read: [], includeHidden: false });
  return async (links) => {
    const matches = await search.find(links.map(({ remoteId }) => [remoteId]));
    return links.filter((_, index) => matches[index]?.kind === "one");
  };
}
