/** Link sets: the cell is the whole list; it is compared as a set and replaced where it differs. */
import type { Cell } from "../csv/record.ts";
import type { AttributeCode, LinkSetAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectUpdate } from "../store/objects.ts";
import { parseLinkSetCell, writeLinkSetCell } from "../values/link_set_cell.ts";
import { type LinkClass, linkClassOf, readItems, type WantedLink } from "./link_item.ts";
import { LinkTargets } from "./link_target.ts";
import { type CheckedLink, createLinkCheck } from "./link_uniqueness.ts";
import { createLinkFinder, type PresentLink } from "./present_links.ts";
import type { LinkProblem } from "./problems.ts";
import type { PlannedLinks, RunContext } from "./run_context.ts";

/** What a link set has to do to become what its cell says. */
export interface LinkSetPlan {
  readonly attribute: LinkSetAttribute;
  readonly planned: PlannedLinks;
  readonly isChanged: boolean;
  /** As it was, in the form that a cell has. */
  readonly before: string;
  /** The same as reports show it: a key to what the user may not see is none. */
  readonly shownBefore: string;
  /** As it will be. */
  readonly shown: string;
  /** Hands over that links of an object go. What the database takes along is gone before anything of the row is written. */
  remove(): Promise<void>;
  /** Hands the links of an object over to be written. */
  apply(objectId: ObjectId): Promise<void>;
}

export type LinkSetResult =
  | { readonly ok: true; readonly plan: LinkSetPlan }
  | { readonly ok: false; readonly problem: LinkProblem };

export interface LinkSetReader {
  /** @param objectId the object whose links are replaced; null: a new one */
  read(cell: Cell, objectId: ObjectId | null): Promise<LinkSetResult>;
}

export function createLinkSetReader(context: RunContext, attribute: LinkSetAttribute): LinkSetReader {
  const links = linkClassOf(context, attribute);
  const targets = new LinkTargets(context);
  const find = createLinkFinder(context, links);
  const problemOf = createLinkCheck(context, links);
  return {
    async read(cell, objectId) {
      const wanted = await readCell(context, links, targets, cell);
      if (!(wanted instanceof Map)) return { ok: false, problem: wanted };
      const difference = compare(links, objectId === null ? [] : await find(objectId), wanted);
      const problem = await problemOf(objectId, difference.after, difference.removed);
      if (problem !== null) return { ok: false, problem };
      // Another link set of the row may hold the same links, seen from the other end, and links that went may have taken others along:
      // only the writing knows what is left to do.
      const write = async (id: ObjectId) =>
        writeLinks(context, links, id, objectId === null ? difference : compare(links, await find(id), wanted));
      const hidden = await hiddenIn(context, links, difference.before);
      const hand = { remove: () => removeLinks(context, links, difference), apply: write };
      return { ok: true, plan: planOf(context, links, difference, hidden, hand) };
    },
  };
}

/** The links that a cell wants by remote id, the last one of several; or what is wrong with it. */
async function readCell(
  context: RunContext,
  links: LinkClass,
  targets: LinkTargets,
  cell: Cell,
): Promise<Map<ObjectId, WantedLink> | LinkProblem> {
  const wanted = new Map<ObjectId, WantedLink>();
  const parsed = parseLinkSetCell(cell ?? "");
  if (!parsed.ok) return { kind: "link_format", found: parsed.found };
  for await (const results of readItems(context, links, targets, parsed.items)) {
    for (const result of results) {
      if (!result.ok) return result.problem;
      wanted.set(result.link.remoteId, result.link);
    }
  }
  return wanted;
}

/** How the links that are there differ from those that are wanted. */
interface Difference {
  readonly before: readonly PresentLink[];
  /** The links as they will be: those that stay, then new ones. */
  readonly after: readonly CheckedLink[];
  readonly added: readonly WantedLink[];
  readonly removed: readonly ObjectId[];
  readonly updated: readonly ObjectUpdate[];
}

function compare(
  links: LinkClass,
  before: readonly PresentLink[],
  wanted: ReadonlyMap<ObjectId, WantedLink>,
): Difference {
  const present = new Set(before.map((link) => link.remoteId));
  const added = [...wanted.values()].filter((link) => !present.has(link.remoteId));
  const removed: ObjectId[] = [];
  const updated: ObjectUpdate[] = [];
  const after: CheckedLink[] = [];
  for (const link of before) {
    const wish = link.remoteId === null ? undefined : wanted.get(link.remoteId);
    if (wish === undefined) {
      removed.push(link.id);
      continue;
    }
    const update = updateOf(links, link, wish);
    if (update.changes.length > 0) updated.push(update);
    after.push({ id: link.id, isWritten: update.changes.length > 0, values: wish.values });
  }
  for (const { values } of added) after.push({ id: null, isWritten: true, values });
  return { before, added, removed, updated, after };
}

function updateOf(links: LinkClass, link: PresentLink, wish: WantedLink): ObjectUpdate {
  const changes = links.attributes.flatMap(({ code }, index) => {
    const oldValue = link.values[index] ?? null;
    const newValue = wish.values[index] ?? null;
    return oldValue === newValue ? [] : [{ attribute: code, oldValue, newValue }];
  });
  return { class: link.class, id: link.id, changes };
}

function planOf(
  context: RunContext,
  links: LinkClass,
  { before, after, added, removed, updated }: Difference,
  hidden: HiddenIds,
  hand: Pick<LinkSetPlan, "remove" | "apply">,
): LinkSetPlan {
  const stored = before.map((link) => link.values);
  return {
    attribute: links.linkSet,
    planned: { linkSet: links.linkSet, removed, added: added.map((link) => valuesByCode(links, link)) },
    isChanged: added.length + removed.length + updated.length > 0,
    before: showLinks(context, links, stored, NOTHING_HIDDEN),
    shownBefore: showLinks(context, links, stored, hidden),
    shown: showLinks(context, links, after.map((link) => link.values), NOTHING_HIDDEN),
    ...hand,
  };
}

function valuesByCode({ attributes }: LinkClass, { values }: WantedLink): ReadonlyMap<AttributeCode, StoredValue> {
  return new Map(attributes.map(({ code }, index) => [code, values[index] ?? null]));
}

/** What a deletion touches is asked for together, of so many links. */
const DELETED_TOGETHER = 512;

async function removeLinks(
  { store, breath }: RunContext,
  { class: linkClass }: LinkClass,
  { removed }: Pick<Difference, "removed">,
): Promise<void> {
  for (let start = 0; start < removed.length; start += DELETED_TOGETHER) {
    store.delete(linkClass.code, removed.slice(start, start + DELETED_TOGETHER));
    if (breath.isDue) await breath.take();
  }
}

/** Links are written many at a time while they are handed over: they may be so many that signals must be heard in between. */
async function writeLinks(
  context: RunContext,
  links: LinkClass,
  objectId: ObjectId,
  difference: Difference,
): Promise<void> {
  const { store, breath } = context;
  const { linkSet, class: linkClass, attributes: columns } = links;
  const { added, updated } = difference;
  await removeLinks(context, links, difference);
  for (const update of updated) {
    store.update(update);
    if (breath.isDue) await breath.take();
  }
  const attributes = [linkSet.keyToThis, ...columns.map(({ code }) => code)];
  for (const link of added) {
    const id = store.newId(linkClass.code);
    store.create({ class: linkClass.code, attributes, id, values: [objectId, ...link.values] });
    if (breath.isDue) await breath.take();
  }
}

/** By external key of the links. */
type HiddenIds = ReadonlyMap<AttributeCode, ReadonlySet<ObjectId>>;

const NOTHING_HIDDEN: HiddenIds = new Map();

async function hiddenIn(
  { someObjectsAreHidden, hiddenTargets }: RunContext,
  { attributes }: LinkClass,
  present: readonly PresentLink[],
): Promise<HiddenIds> {
  if (!someObjectsAreHidden) return NOTHING_HIDDEN;
  const hidden = new Map<AttributeCode, ReadonlySet<ObjectId>>();
  for (const [index, attribute] of attributes.entries()) {
    if (attribute.kind !== "external_key") continue;
    const ids = present.map(({ values }) => idIn(values[index]));
    hidden.set(attribute.code, await hiddenTargets.among(attribute.target, ids));
  }
  return hidden;
}

/** `'profileid:3';'reason:x'|…`: ids, and every value that is not empty; this form can be loaded again. */
function showLinks(
  context: RunContext,
  links: LinkClass,
  shown: readonly (readonly StoredValue[])[],
  hidden: HiddenIds,
): string {
  return writeLinkSetCell(shown.map((values) =>
    links.attributes.flatMap((attribute, index) => {
      const value = values[index] ?? null;
      if (attribute.kind === "external_key") {
        const id = idIn(value);
        const isNone = id === null || hidden.get(attribute.code)?.has(id) === true;
        const shown = isNone ? 0 : context.store.shownId(attribute.target, id);
        return [{ attribute: attribute.code, value: String(shown) }];
      }
      return value === null || value === "" ? [] : [{ attribute: attribute.code, value: String(value) }];
    })
  ));
}
