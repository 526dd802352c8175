/** What a write does to the links of accounts, and which links must be read to tell. */
import type { AttributeCode, Model, StoredValue } from "../model/model.ts";
import type { CheckedObject, PlannedLinks } from "../reconcile/run_context.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { Consequence } from "../store/objects.ts";
import { type LinkEnds, linkEndsOf } from "./account_links.ts";

/** A write, and what the database does by itself along with it. */
export interface AccountWrite {
  /** Null: nothing is written, and only the consequences count. */
  readonly object: CheckedObject | null;
  /** What goes, and which keys are emptied, along with links that the write removes. */
  readonly consequences: readonly Consequence[];
}

/** A link from an account to a profile or an organisation that comes or goes. */
export interface LinkChange extends StoredLink {
  readonly to: LinkEnds["to"];
  readonly isAdded: boolean;
}

/** A link to be read. */
export interface AskedLink {
  readonly ends: LinkEnds;
  readonly id: ObjectId;
}

/** The ends of a link as they are stored. */
export interface StoredLink {
  readonly user: ObjectId | null;
  readonly remote: ObjectId | null;
}

/** Links that were read; null: it is gone. */
export type StoredLinks = (ends: LinkEnds, id: ObjectId) => StoredLink | null;

/** The links that must be read to tell what a write does to any. */
export function linksToRead({ object, consequences }: AccountWrite, model: Model): readonly AskedLink[] {
  const asked: AskedLink[] = [];
  const ask = (ends: LinkEnds | null, ids: readonly ObjectId[]) => {
    if (ends !== null) { for (const id of ids) asked.push({ ends, id }); }
  };
  if (object !== null) {
    const { id, links } = object.write;
    if (id !== null) ask(linkEndsOf(model, object.class), [id]);
    for (const { linkSet, removed } of links) ask(linkEndsOf(model, linkSet.linkClass), removed);
  }
  for (const { class: code, id } of consequences) ask(linkEndsOf(model, code), [id]);
  return asked;
}

/** @param stored what was read of `linksToRead` */
export function linkChanges(
  { object, consequences }: AccountWrite,
  model: Model,
  stored: StoredLinks,
): readonly LinkChange[] {
  return [
    ...object === null ? [] : linkObjectChanges(object, model, stored),
    ...(object?.write.links ?? []).flatMap((links) => linkSetChanges(object?.write.id ?? null, links, model, stored)),
    ...consequences.flatMap((consequence) => linkConsequence(consequence, model, stored)),
  ];
}

/** The object is a link itself. One whose ends stay is taken away and put back, so that its account counts as touched. */
function linkObjectChanges(object: CheckedObject, model: Model, stored: StoredLinks): readonly LinkChange[] {
  const ends = linkEndsOf(model, object.class);
  if (ends === null) return [];
  const { id, changes } = object.write;
  if (id === null) return [added(ends, object.initialValue(ends.user), object.initialValue(ends.remote))];
  const after = (code: AttributeCode, before: ObjectId | null) => changes.has(code) ? changes.get(code)?.after : before;
  const link = stored(ends, id);
  if (link === null) return [];
  return [removed(ends, link), added(ends, after(ends.user, link.user), after(ends.remote, link.remote))];
}

/** The link goes with another one that is removed, or loses one of its ends; one that only loses another key stays as it is. */
function linkConsequence(
  { class: code, id, emptied }: Consequence,
  model: Model,
  stored: StoredLinks,
): readonly LinkChange[] {
  const ends = linkEndsOf(model, code);
  const link = ends === null ? null : stored(ends, id);
  if (ends === null || link === null) return [];
  const isLost = emptied === null || emptied === ends.user || emptied === ends.remote;
  const lost = removed(ends, link);
  return isLost ? [lost] : [lost, { ...lost, isAdded: true }];
}

/** The object has a link set: its own id is one end of the links. */
function linkSetChanges(
  own: ObjectId | null,
  { linkSet, removed: gone, added: wanted }: PlannedLinks,
  model: Model,
  stored: StoredLinks,
): readonly LinkChange[] {
  const ends = linkEndsOf(model, linkSet.linkClass);
  if (ends === null) return [];
  const end = (code: AttributeCode, values: ReadonlyMap<AttributeCode, StoredValue>) =>
    code === linkSet.keyToThis ? own : values.get(code);
  const links = gone.map((id) => stored(ends, id)).filter((link) => link !== null);
  return [
    ...links.map((link) => removed(ends, link)),
    ...wanted.map((values) => added(ends, end(ends.user, values), end(ends.remote, values))),
  ];
}

function added({ to }: LinkEnds, user: StoredValue | undefined, remote: StoredValue | undefined): LinkChange {
  return { to, isAdded: true, user: idIn(user), remote: idIn(remote) };
}

function removed({ to }: LinkEnds, { user, remote }: StoredLink): LinkChange {
  return { to, isAdded: false, user, remote };
}
