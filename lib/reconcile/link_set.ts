/** Link sets: the cell is the whole list, compared as a set and replaced where it differs; or links that come or go (SPEC 17, `links`). */
import type { Cell } from "../csv/record.ts";
import type { AttributeCode, LinkSetAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import { parseLinkSetCell, writeLinkSetCell } from "../values/link_set_cell.ts";
import { compare, lackOf, type LinkDifference, lostLinks } from "./link_difference.ts";
import { type LinkClass, linkClassOf, readItems, type WantedLink } from "./link_item.ts";
import { newLinkValues } from "./new_link.ts";
import { LinkTargets } from "./link_target.ts";
import { type CheckedLink, createLinkCheck } from "./link_uniqueness.ts";
import { createLinkFinder, type PresentLink } from "./present_links.ts";
import { otherThanSaid, sameLink } from "./same_link.ts";
import { LinkProblems } from "./link_problems.ts";
import type { CellProblem, LinkProblem } from "./problems.ts";
import type { PlannedLinks, RunContext } from "./run_context.ts";

/** What a link set has to do to become what its cell says. */
export interface LinkSetPlan {
  readonly attribute: LinkSetAttribute;
  readonly planned: PlannedLinks;
  readonly isChanged: boolean;
  /** The links that the cell wants, by remote id. */
  readonly wanted: ReadonlyMap<ObjectId, WantedLink>;
  /** The links as they will be. */
  readonly links: { readonly class: LinkClass; readonly after: readonly CheckedLink[] };
  /** The other end of each link, as it was and as it will be, in the order in which they are shown; null: none. */
  readonly endsBefore: readonly (ObjectId | null)[];
  readonly endsAfter: readonly (ObjectId | null)[];
  /** As it was and as it will be, in the form that a cell has. */
  readonly before: string;
  readonly after: string;
  /** The same as reports show it: a key to what the user may not see is none. Links that stay may keep such keys. */
  readonly shownBefore: string;
  readonly shownAfter: string;
  /** The links that go or change. */
  readonly touched: readonly ObjectId[];
  /** The other ends of links that come, go or change. */
  readonly remotes: readonly ObjectId[];
  /** The links that the cell speaks of and that are there: new ones too when they are handed over. */
  readonly reached: readonly ObjectId[];
  /** Hands over that links of an object go. What the database takes along is gone before anything of the row is written. */
  remove(): Promise<void>;
  /** Hands the links of an object over to be written. */
  apply(objectId: ObjectId): Promise<void>;
}

export type LinkSetResult =
  | { readonly ok: true; readonly plan: LinkSetPlan }
  | { readonly ok: false; readonly problem: LinkProblem; readonly others?: OtherProblems };

/** What is wrong with further items of a cell. */
export type OtherProblems = NonNullable<(CellProblem & { readonly kind: "bad_link_set" })["others"]>;

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
      if (!(wanted instanceof Map)) return wanted;
      const { links: mode } = context;
      const before = objectId === null ? [] : await find(objectId);
      const difference = compare(links, before, wanted, mode);
      const problem = (mode === "remove" ? otherThanSaid(context, links, before, wanted) : lackOf(links, difference)) ??
        await problemOf(objectId, difference.after, difference.removed);
      if (problem !== null) return { ok: false, problem };
      // Another link set of the row may hold the same links, seen from the other end, and links that went may have taken others along:
      // only the writing knows what is left to do.
      const reached = difference.before.filter(({ remoteId }) => remoteId !== null && wanted.has(remoteId))
        .map(({ id }) => id);
      const toWrite = async (id: ObjectId) => {
        if (objectId === null) return difference;
        const present = await find(id);
        // Only the removal of links takes others along, and whoever removes wants none of them back.
        const lost = mode === "replace" ? await lostLinks(context, links, difference.before, present, wanted) : [];
        return compare(links, present, wanted, mode, lost);
      };
      const write = async (id: ObjectId) => {
        reached.push(...await writeLinks(context, links, id, await toWrite(id)));
      };
      const hidden = await hiddenIn(context, links, difference.before);
      const hand = { remove: () => removeLinks(context, links, difference), apply: write };
      return { ok: true, plan: { ...planOf(context, links, difference, hidden, hand), wanted, reached } };
    },
  };
}

/** The links that a cell wants by remote id; or what is wrong with it. */
async function readCell(
  context: RunContext,
  links: LinkClass,
  targets: LinkTargets,
  cell: Cell,
): Promise<Map<ObjectId, WantedLink> | LinkSetResult & { readonly ok: false }> {
  const wanted = new Map<ObjectId, WantedLink>();
  const parsed = parseLinkSetCell(cell ?? "");
  if (!parsed.ok) return { ok: false, problem: { kind: "link_format", found: parsed.found } };
  const problems = new LinkProblems();
  for await (const results of readItems(context, links, targets, parsed.items)) {
    for (const result of results) {
      if (!result.ok) {
        problems.add(result.problem);
        continue;
      }
      const { link } = result;
      const known = wanted.get(link.remoteId);
      const one = known === undefined ? link : sameLink(context, links, known, link);
      if ("kind" in one) problems.add(one);
      else wanted.set(link.remoteId, one);
    }
  }
  return problems.result ?? wanted;
}

function planOf(
  context: RunContext,
  links: LinkClass,
  { before, after, added, removed, updated }: LinkDifference,
  hidden: HiddenIds,
  hand: Pick<LinkSetPlan, "remove" | "apply">,
): Omit<LinkSetPlan, "wanted" | "reached"> {
  const stored = before.map((link) => link.values);
  const touched = new Set([...removed, ...updated.map(({ id }) => id)]);
  const touchedEnds = before.flatMap(({ id, remoteId }) => touched.has(id) && remoteId !== null ? [remoteId] : []);
  const left = after.map((link) => link.values);
  const end = links.attributes.findIndex(({ code }) => code === links.linkSet.keyToRemote);
  const text = {
    before: showLinks(context, links, stored, NOTHING_HIDDEN),
    after: showLinks(context, links, left, NOTHING_HIDDEN),
  };
  return {
    attribute: links.linkSet,
    planned: { linkSet: links.linkSet, removed, added: added.map((link) => valuesByCode(links, link)) },
    links: { class: links, after },
    isChanged: added.length + removed.length + updated.length > 0,
    touched: [...touched],
    endsBefore: before.map(({ remoteId }) => remoteId),
    endsAfter: left.map((values) => idIn(values[end])),
    remotes: [...added.map(({ remoteId }) => remoteId), ...touchedEnds],
    ...text,
    shownBefore: hidden.size === 0 ? text.before : showLinks(context, links, stored, hidden),
    shownAfter: hidden.size === 0 ? text.after : showLinks(context, links, left, hidden),
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
  { removed }: Pick<LinkDifference, "removed">,
): Promise<void> {
  for (let start = 0; start < removed.length; start += DELETED_TOGETHER) {
    store.delete(linkClass.code, removed.slice(start, start + DELETED_TOGETHER));
    if (breath.isDue) await breath.take();
  }
}

/**
 * Links are written many at a time while they are handed over: they may be so many that signals must be heard in between.
 * @returns the new ones
 */
async function writeLinks(
  context: RunContext,
  links: LinkClass,
  objectId: ObjectId,
  difference: LinkDifference,
): Promise<readonly ObjectId[]> {
  const { store, breath } = context;
  const { class: linkClass } = links;
  const { added, updated } = difference;
  await removeLinks(context, links, difference);
  for (const update of updated) {
    store.update(update);
    if (breath.isDue) await breath.take();
  }
  const valuesOf = newLinkValues(links);
  const created: ObjectId[] = [];
  for (const link of added) {
    const object = valuesOf(link, objectId);
    const id = store.newId(linkClass.code, object);
    created.push(id);
    store.create({ class: linkClass.code, ...object, id });
    if (breath.isDue) await breath.take();
  }
  return created;
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
        // Where 0 may be an id, it does not stand for none.
        if (isNone && attribute.takesAnyId === true) return [];
        const shown = isNone ? 0 : context.store.shownId(attribute.target, id);
        return [{ attribute: attribute.code, value: String(shown) }];
      }
      return value === null || value === "" ? [] : [{ attribute: attribute.code, value: String(value) }];
    })
  ));
}
