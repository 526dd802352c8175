/** Link sets: the cell is the whole list, compared as a set and replaced where it differs; or links that come or go (SPEC 17, `links`). */
import type { Cell } from "../csv/record.ts";
import type { LinkSetAttribute } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import { readLinkCells, type WantedLinks } from "./link_cells.ts";
import { compare, lackOf } from "./link_difference.ts";
import { type LinkClass, linkClassOf, LinkItemReader, type WantedLink } from "./link_item.ts";
import { LinkTargets } from "./link_target.ts";
import { type CheckedLink, createLinkCheck, type RuleKey } from "./link_uniqueness.ts";
import type { FewLinks } from "./link_writes.ts";
import { type Compared, PlannedLinkSet } from "./planned_links.ts";
import { createLinkFinder, type LinkFinder, type PresentLink } from "./present_links.ts";
import type { CellProblem, LinkProblem } from "./problems.ts";
import type { PlannedLinks, RunContext } from "./run_context.ts";
import { otherThanSaid } from "./same_link.ts";
import { hiddenIn } from "./shown_links.ts";

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
  /** By what its links are held against those of others: who writes one of it changes whether they may be written. */
  readonly asked: readonly RuleKey[];
  /** The same of what links that come, go or change have and had. */
  readonly taken: readonly RuleKey[];
  /** False: so much is written that it is handed over bit by bit. */
  readonly isFew: boolean;
  /** What is written, if nothing of the object's links has changed since. */
  few(objectId: ObjectId): FewLinks;
  /** Hands over that links of an object go. What the database takes along is gone before anything of the row is written. */
  remove(): Promise<void>;
  /** Hands the links of an object over to be written. */
  apply(objectId: ObjectId): Promise<void>;
}

/** Null: what its items refer to may be changed by another row, or the object has very many links. It is to be read by itself. */
export type LinkSetResult =
  | { readonly ok: true; readonly plan: LinkSetPlan }
  | RefusedLinkSet
  | null;

export interface RefusedLinkSet {
  readonly ok: false;
  readonly problem: LinkProblem;
  readonly others?: OtherProblems;
  /** @see LinkSetPlan */
  readonly asked?: readonly RuleKey[];
}

/** What is wrong with further items of a cell. */
export type OtherProblems = NonNullable<(CellProblem & { readonly kind: "bad_link_set" })["others"]>;

/** The cell of an object whose links are replaced; null: of a new one. */
export interface LinkSetCell {
  readonly cell: Cell;
  readonly objectId: ObjectId | null;
}

export interface LinkSetReader {
  /** @param cells of rows that stand apart (`linksStandApart`), or one that is alone: then the result is not null */
  read(cells: readonly LinkSetCell[], areApart: boolean): Promise<readonly LinkSetResult[]>;
}

export function createLinkSetReader(context: RunContext, attribute: LinkSetAttribute): LinkSetReader {
  const links = linkClassOf(context, attribute);
  const targets = new LinkTargets(context);
  const items = new LinkItemReader(context, links, targets);
  const finder = createLinkFinder(context, links);
  const checks = createLinkCheck(context, links);
  return {
    async read(cells, areApart) {
      targets.isApart = areApart;
      const wanted = await readLinkCells(context, links, items, cells.map(({ cell }) => cell), areApart);
      const before = await presentLinks(finder, cells, wanted, areApart);
      const read = cells.map(({ objectId }, index) =>
        differenceOf(context, links, objectId, wanted[index] ?? null, before[index] ?? null)
      );
      const compared = read.filter(isCompared);
      const checked = await checks.check(compared.map(({ objectId, difference: { after, removed } }) => (
        { objectId, links: after, removed }
      )));
      const hidden = await hiddenIn(context, links, compared.flatMap(({ difference }) => difference.before));
      const results = new Map<Compared, LinkSetResult>();
      for (const [index, one] of compared.entries()) {
        const { problem, asked } = checked[index] ?? { problem: null, asked: [] };
        results.set(
          one,
          problem === null
            ? { ok: true, plan: new PlannedLinkSet({ context, links, finder, checks, hidden }, one, asked) }
            : { ok: false, problem, asked },
        );
      }
      return read.map((one) => isCompared(one) ? results.get(one) ?? null : one);
    },
  };
}

/** The links that objects have; null: they are very many. */
async function presentLinks(
  finder: LinkFinder,
  cells: readonly LinkSetCell[],
  wanted: readonly WantedLinks[],
  areApart: boolean,
): Promise<readonly (readonly PresentLink[] | null)[]> {
  const before: (readonly PresentLink[] | null)[] = cells.map(() => NO_LINKS);
  const places: number[] = [];
  const ids: ObjectId[] = [];
  for (const [place, { objectId }] of cells.entries()) {
    if (objectId === null || !(wanted[place] instanceof Map)) continue;
    places.push(place);
    ids.push(objectId);
  }
  const [only] = ids;
  if (only === undefined) return before;
  const found = areApart ? await finder.ofMany(ids) : [await finder.of(only)];
  places.forEach((place, index) => before[place] = found[index] ?? null);
  return before;
}

const NO_LINKS: readonly PresentLink[] = [];

function isCompared(read: Compared | RefusedLinkSet | null): read is Compared {
  return read !== null && "difference" in read;
}

function differenceOf(
  context: RunContext,
  links: LinkClass,
  objectId: ObjectId | null,
  wanted: WantedLinks,
  before: readonly PresentLink[] | null,
): Compared | RefusedLinkSet | null {
  if (wanted === null || "ok" in wanted || before === null) return wanted !== null && "ok" in wanted ? wanted : null;
  const { links: mode } = context;
  const difference = compare(links, before, wanted, mode);
  const problem = mode === "remove" ? otherThanSaid(context, links, before, wanted) : lackOf(links, difference);
  return problem === null ? { objectId, wanted, difference } : { ok: false, problem };
}
