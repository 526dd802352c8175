/** The links that an object has. */
import type { ColumnAttribute, StoredValue } from "../model/model.ts";
import type { ObjectSearch } from "../store/objects.ts";
import type { LinkClass } from "./link_item.ts";
import type { RunContext } from "./run_context.ts";

/** A link that is there. */
export interface PresentLink {
  readonly id: number;
  readonly remoteId: number;
  /** Of `LinkClass.attributes`, in their order. */
  readonly values: readonly StoredValue[];
}

/**
 * Finds the links of an object, by friendly name: the order in which the reference shows them. Links to objects that the user may
 * not see are not among them, and so are left alone.
 */
export function createLinkFinder(context: RunContext, links: LinkClass): (objectId: number) => readonly PresentLink[] {
  const codes = links.attributes.map(({ code }) => code);
  const remoteIndex = codes.indexOf(links.linkSet.keyToRemote);
  const canSee = visibilityOf(context, links.attributes[remoteIndex]);
  let search: ObjectSearch | null = null;
  return (objectId) => {
    search ??= context.store.search({
      class: links.class.code,
      conditions: [links.linkSet.keyToThis],
      read: [...codes, "friendlyname"],
      includeHidden: true,
    });
    const found = search.all([objectId]).map(({ id, values }) => ({
      link: { id, remoteId: Number(values[remoteIndex]), values: values.slice(0, codes.length) },
      name: String(values[codes.length]),
    }));
    found.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    return found.map(({ link }) => link).filter((link) => canSee(link.remoteId));
  };
}

/** Whether the user may see a remote object. */
function visibilityOf(context: RunContext, key: ColumnAttribute | undefined): (id: number) => boolean {
  if (!context.someObjectsAreHidden || key?.kind !== "external_key") return () => true;
  const search = context.store.search({ class: key.target, conditions: ["id"], read: [], includeHidden: false });
  return (id) => search.find([[id]])[0]?.kind === "one";
}
