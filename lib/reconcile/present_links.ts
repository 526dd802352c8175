/** The links that an object has. */
import type { ClassCode, ColumnAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { LinkClass } from "./link_item.ts";
import type { RunContext } from "./run_context.ts";

/** A link that is there. */
export interface PresentLink {
  readonly id: ObjectId;
  /** Its real class, which may be one below that of the link set. */
  readonly class: ClassCode;
  readonly remoteId: ObjectId | null;
  /** Of `LinkClass.attributes`, in their order. */
  readonly values: readonly StoredValue[];
}

/**
 * Finds the links of an object, by friendly name as the user sees it: the order in which the reference shows them. Links to objects that
 * the user may not see are not among them, and so are left alone.
 */
export function createLinkFinder(
  context: RunContext,
  links: LinkClass,
): (objectId: ObjectId) => Promise<readonly PresentLink[]> {
  const codes = links.attributes.map(({ code }) => code);
  const remoteIndex = codes.indexOf(links.linkSet.keyToRemote);
  const search = context.store.search({
    class: links.class.code,
    conditions: [links.linkSet.keyToThis],
    read: [...codes, "friendlyname"],
    includeHidden: true,
  });
  const visibleAmong = visibilityOf(context, links.attributes[remoteIndex]);
  const seenNames = namesSeen(context, links);
  return async (objectId) => {
    const found: PresentLink[] = [];
    const names: string[] = [];
    for (const object of await search.all([objectId])) {
      const values = object.values ?? await search.valuesOf(object);
      found.push({
        id: object.id,
        class: object.class,
        remoteId: idIn(values[remoteIndex]),
        values: values.slice(0, codes.length),
      });
      names.push(String(values[codes.length]));
    }
    const seen = await seenNames(found, names);
    const named = found.map((link, index) => ({ link, name: seen[index] ?? "" }));
    named.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    return await visibleAmong(named.map(({ link }) => link));
  };
}

/** The friendly names as the user sees them: the true ones may tell of what they do not see. */
function namesSeen(
  { store, someObjectsAreHidden }: RunContext,
  links: LinkClass,
): (found: readonly PresentLink[], names: readonly string[]) => Promise<readonly string[]> {
  if (!someObjectsAreHidden) return (_, names) => Promise.resolve(names);
  const search = store.search({
    class: links.class.code,
    conditions: ["id"],
    read: ["friendlyname"],
    includeHidden: false,
  });
  return async (found) => {
    const matches = found.length === 0 ? [] : await search.find(found.map(({ id }) => [id]));
    return await Promise.all(
      matches.map(async (match) => match.kind === "one" ? String((await search.valuesOf(match.object))[0] ?? "") : ""),
    );
  };
}

/** Those of the links whose remote objects the user may see. */
function visibilityOf(
  { hiddenTargets }: RunContext,
  key: ColumnAttribute | undefined,
): (links: readonly PresentLink[]) => Promise<readonly PresentLink[]> {
  if (key?.kind !== "external_key") return (links) => Promise.resolve(links);
  return async (links) => {
    const hidden = await hiddenTargets.among(key.target, links.map(({ remoteId }) => remoteId));
    return hidden.size === 0 ? links : links.filter(({ remoteId }) => remoteId === null || !hidden.has(remoteId));
  };
}
