/** Link sets: the cell is the whole list; it is compared as a set and replaced where it differs (rules-b, part 5). */
import type { Cell } from "../csv/record.ts";
import * as sentences from "../messages/cells.ts";
import type { LinkSetAttribute, StoredValue } from "../model/model.ts";
import type { ObjectSearch, ValueChange } from "../model/object_store.ts";
import { parseLinkSetCell, writeLinkSetCell } from "../values/link_set_cell.ts";
import { linkClassOf, readItem, type WantedLink } from "./link_item.ts";
import { type RunContext, shownId } from "./run_context.ts";

/** A link that is there. */
interface PresentLink {
  readonly id: number;
  readonly remoteId: number;
  readonly values: readonly StoredValue[];
}

/** What a link set has to do to become what its cell says. */
export interface LinkSetPlan {
  readonly attribute: LinkSetAttribute;
  /** Ids of the remote objects afterwards. */
  readonly remoteIds: readonly number[];
  readonly isChanged: boolean;
  /** Before and after, in the form that a cell has. */
  readonly shownBefore: string;
  readonly shown: string;
  /** Writes the links of an object. */
  apply(objectId: number): void;
}

export type LinkSetResult =
  | { readonly ok: true; readonly plan: LinkSetPlan }
  | { readonly ok: false; readonly text: string };

export interface LinkSetReader {
  readonly attribute: LinkSetAttribute;
  /** @param objectId the object whose links are replaced; null: a new one */
  read(cell: Cell, objectId: number | null): LinkSetResult;
}

export function createLinkSetReader(context: RunContext, attribute: LinkSetAttribute): LinkSetReader {
  const links = linkClassOf(context, attribute);
  const codes = links.attributes.map(({ code }) => code);
  const remoteIndex = codes.indexOf(attribute.keyToRemote);
  let search: ObjectSearch | null = null;

  /** Present links by friendly name; links to objects that the user may not see are left alone. */
  const present = (objectId: number): PresentLink[] => {
    search ??= context.store.search({
      class: links.class.code,
      conditions: [attribute.keyToThis],
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
  const canSee = visibilityOf(context, links.attributes[remoteIndex]);
  const shown = (values: readonly (readonly StoredValue[])[]) => showLinks(context, links.attributes, values);

  return {
    attribute,
    read(cell, objectId) {
      const wanted = readCell(context, links, cell);
      if (typeof wanted === "string") return { ok: false, text: sentences.badLinkSet(wanted) };
      const before = objectId === null ? [] : present(objectId);
      const kept = before.filter((link) => wanted.has(link.remoteId));
      const added = [...wanted.values()].filter((link) => !kept.some((other) => other.remoteId === link.remoteId));
      const after = [
        ...kept.map((link) => wanted.get(link.remoteId)?.values ?? link.values),
        ...added.map((l) => l.values),
      ];
      const changes = kept.map((link) => ({ link, changes: changesOf(codes, link, wanted.get(link.remoteId)) }));
      const removed = before.filter((link) => !wanted.has(link.remoteId));
      const updated = changes.filter((change) => change.changes.length > 0);
      return {
        ok: true,
        plan: {
          attribute,
          remoteIds: [...wanted.keys()],
          isChanged: added.length + removed.length + updated.length > 0,
          shownBefore: shown(before.map((link) => link.values)),
          shown: shown(after),
          apply(id) {
            const { store } = context;
            if (removed.length > 0) store.delete(links.class.code, removed.map((link) => link.id));
            store.update(updated.map(({ link, changes }) => ({ class: links.class.code, id: link.id, changes })));
            if (added.length === 0) return;
            store.create({
              class: links.class.code,
              attributes: [attribute.keyToThis, ...codes],
              objects: added.map((link) => ({ id: store.nextId(links.class.root), values: [id, ...link.values] })),
            });
          },
        },
      };
    },
  };
}

/** The links that a cell wants by remote id, the last one of several; or a sentence about what is wrong with it. */
function readCell(
  context: RunContext,
  links: ReturnType<typeof linkClassOf>,
  cell: Cell,
): Map<number, WantedLink> | string {
  const wanted = new Map<number, WantedLink>();
  const parsed = parseLinkSetCell(cell ?? "");
  if (!parsed.ok) return sentences.linkFormat(parsed.found);
  for (const item of parsed.items) {
    const result = readItem(context, links, item);
    if (!result.ok) return result.text;
    wanted.set(result.link.remoteId, result.link);
  }
  return wanted;
}

function changesOf(codes: readonly string[], link: PresentLink, wanted: WantedLink | undefined): ValueChange[] {
  if (wanted === undefined) return [];
  return codes.flatMap((attribute, index) => {
    const oldValue = link.values[index] ?? null;
    const newValue = wanted.values[index] ?? null;
    return oldValue === newValue ? [] : [{ attribute, oldValue, newValue }];
  });
}

/** `'profileid:3';'reason:x'|…`: ids, and every value that is not empty; this form can be loaded again. */
function showLinks(
  context: RunContext,
  attributes: ReturnType<typeof linkClassOf>["attributes"],
  links: readonly (readonly StoredValue[])[],
): string {
  return writeLinkSetCell(links.map((values) =>
    attributes.flatMap((attribute, index) => {
      const value = values[index] ?? null;
      if (attribute.kind === "external_key") {
        const id = typeof value === "number" ? shownId(context, attribute.target, value) : 0;
        return [{ attribute: attribute.code, value: String(id) }];
      }
      return value === null || value === "" ? [] : [{ attribute: attribute.code, value: String(value) }];
    })
  ));
}

/** Whether the user may see a remote object. */
function visibilityOf(
  context: RunContext,
  key: ReturnType<typeof linkClassOf>["attributes"][number] | undefined,
): (id: number) => boolean {
  if (!context.someObjectsAreHidden || key?.kind !== "external_key") return () => true;
  const search = context.store.search({ class: key.target, conditions: ["id"], read: [], includeHidden: false });
  return (id) => search.find([[id]])[0]?.kind === "one";
}
