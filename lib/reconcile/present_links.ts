/** The links that an object has. */
import type { ClassCode, ColumnAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { FoundObject } from "../store/objects.ts";
import type { LinkClass } from "./link_item.ts";
import type { RunContext } from "./run_context.ts";

/** A link that is there. */
export interface PresentLink {
  readonly id: ObjectId;
  /** Its real class, which may be one below that of the link set. */
  readonly class: ClassCode;
  readonly remoteId: ObjectId | null;
  /** Of `LinkClass.attributes`, in their order; more may follow. */
  readonly values: readonly StoredValue[];
  /** As `CheckedLink` has it, where it stays as it is. */
  readonly isWritten: false;
}

/**
 * Finds the links of objects, by friendly name as the user sees it: the order in which the reference shows them. Links to objects that
 * the user may not see are not among them, and so are left alone.
 */
export interface LinkFinder {
  /** Those of one object. */
  of(objectId: ObjectId): Promise<readonly PresentLink[]>;
  /** Those of many, each told once, with few statements; null: an object has so many that they are to be asked for by themselves. */
  ofMany(objectIds: readonly ObjectId[]): Promise<readonly (readonly PresentLink[] | null)[]>;
}

/** So many links are read together: they may have long values. */
const LINKS_TOGETHER = 2048;
/** Those of so many objects. */
const OBJECTS_TOGETHER = 512;

export function createLinkFinder(context: RunContext, links: LinkClass): LinkFinder {
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
  const read = (object: FoundObject, values: readonly StoredValue[]): NamedLink => {
    const link = {
      id: object.id,
      class: object.class,
      remoteId: idIn(values[remoteIndex]),
      values,
      isWritten: false,
    } as const;
    return { link, name: String(values[codes.length]) };
  };
  const told = async (lists: readonly (readonly FoundObject[])[]): Promise<readonly (readonly PresentLink[])[]> => {
    const found: NamedLink[] = [];
    for (const object of lists.flat()) found.push(read(object, object.values ?? await search.valuesOf(object)));
    const names = await seenNames(found);
    const visible = await visibleAmong(found.map(({ link }) => link));
    let start = 0;
    return lists.map(({ length }) => {
      const own = found.slice(start, start + length).map(({ link }, place) => ({
        link,
        name: names[start + place] ?? "",
      }));
      start += length;
      own.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
      return own.map(({ link }) => link).filter(visible);
    });
  };
  let together = OBJECTS_TOGETHER;
  return {
    async of(objectId) {
      const [own] = await told([await search.all([objectId])]);
      return own ?? [];
    },
    async ofMany(objectIds) {
      const all: (readonly PresentLink[] | null)[] = [];
      while (all.length < objectIds.length) {
        const ids = objectIds.slice(all.length, all.length + together);
        const lists = await search.fewOf(ids.map((id) => [id]), LINKS_TOGETHER);
        if (lists !== null) {
          for (const own of await told(lists)) all.push(own);
          if (together < OBJECTS_TOGETHER && lists.flat().length < LINKS_TOGETHER / 4) together *= 2;
        } else if (ids.length === 1) all.push(null);
        else together = Math.max(1, Math.trunc(ids.length / 2));
      }
      return all;
    },
  };
}

interface NamedLink {
  readonly link: PresentLink;
  readonly name: string;
}

/** The friendly names as the user sees them: the true ones may tell of what they do not see. */
function namesSeen(
  { store, someObjectsAreHidden }: RunContext,
  links: LinkClass,
): (found: readonly NamedLink[]) => Promise<readonly string[]> {
  if (!someObjectsAreHidden) return (found) => Promise.resolve(found.map(({ name }) => name));
  const search = store.search({
    class: links.class.code,
    conditions: ["id"],
    read: ["friendlyname"],
    includeHidden: false,
  });
  return async (found) => {
    const matches = found.length === 0 ? [] : await search.find(found.map(({ link }) => [link.id]));
    return await Promise.all(
      matches.map(async (match) => match.kind === "one" ? String((await search.valuesOf(match.object))[0] ?? "") : ""),
    );
  };
}

/** Tells which of some links refer to a remote object that the user may see. */
function visibilityOf(
  { hiddenTargets }: RunContext,
  key: ColumnAttribute | undefined,
): (links: readonly PresentLink[]) => Promise<(link: PresentLink) => boolean> {
  if (key?.kind !== "external_key") return () => Promise.resolve(() => true);
  return async (links) => {
    const hidden = await hiddenTargets.among(key.target, links.map(({ remoteId }) => remoteId));
    return ({ remoteId }) => remoteId === null || !hidden.has(remoteId);
  };
}
