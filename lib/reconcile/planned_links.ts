/** What a link-set cell would do to the links of its object. Nobody asks for all of it: texts are made when somebody does. */
import type { LinkSetAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import { compare, type LinkDifference, lostLinks } from "./link_difference.ts";
import type { LinkClass, WantedLink } from "./link_item.ts";
import type { LinkSetPlan } from "./link_set.ts";
import type { LinkCheck, RuleKey } from "./link_uniqueness.ts";
import { type FewLinks, fewLinks, removeLinks, writeLinks } from "./link_writes.ts";
import type { LinkFinder } from "./present_links.ts";
import type { PlannedLinks, RunContext } from "./run_context.ts";
import { type HiddenIds, NOTHING_HIDDEN, showLinks } from "./shown_links.ts";

/** A cell that is good so far, held against the links that are there. */
export interface Compared {
  /** Null: a new one. */
  readonly objectId: ObjectId | null;
  readonly wanted: ReadonlyMap<ObjectId, WantedLink>;
  readonly difference: LinkDifference;
}

/** What plans are made with. */
export interface LinkPlanning {
  readonly context: RunContext;
  readonly links: LinkClass;
  readonly finder: LinkFinder;
  readonly checks: LinkCheck;
  /** Of what the links that are there refer to. */
  readonly hidden: HiddenIds;
}

/** More are handed over bit by bit. */
const FEW_WRITES = 512;

export class PlannedLinkSet implements LinkSetPlan {
  readonly attribute: LinkSetAttribute;
  readonly wanted: ReadonlyMap<ObjectId, WantedLink>;
  readonly isChanged: boolean;
  readonly links: LinkSetPlan["links"];
  readonly reached: ObjectId[] = [];
  readonly #objectId: ObjectId | null;
  readonly #difference: LinkDifference;
  #before: string | null = null;
  #after: string | null = null;

  constructor(private readonly planning: LinkPlanning, cell: Compared, readonly asked: readonly RuleKey[]) {
    const { links } = planning;
    const { added, removed, updated, before, after } = this.#difference = cell.difference;
    this.#objectId = cell.objectId;
    this.wanted = cell.wanted;
    this.attribute = links.linkSet;
    this.links = { class: links, after };
    this.isChanged = added.length + removed.length + updated.length > 0;
    for (const { id, remoteId } of before) if (remoteId !== null && cell.wanted.has(remoteId)) this.reached.push(id);
  }

  get planned(): PlannedLinks {
    const { links: { linkSet, attributes } } = this.planning;
    const { removed, added } = this.#difference;
    const valuesOf = ({ values }: WantedLink) =>
      new Map(attributes.map(({ code }, index) => [code, values[index] ?? null] as const));
    return {
      linkSet,
      removed,
      get added() {
        return added.map(valuesOf);
      },
    };
  }

  get touched(): readonly ObjectId[] {
    const { removed, updated } = this.#difference;
    return [...new Set([...removed, ...updated.map(({ id }) => id)])];
  }

  get remotes(): readonly ObjectId[] {
    const { before, added } = this.#difference;
    const touched = new Set(this.touched);
    const ends = before.flatMap(({ id, remoteId }) => touched.has(id) && remoteId !== null ? [remoteId] : []);
    return [...added.map(({ remoteId }) => remoteId), ...ends];
  }

  get endsBefore(): readonly (ObjectId | null)[] {
    return this.#difference.before.map(({ remoteId }) => remoteId);
  }

  get endsAfter(): readonly (ObjectId | null)[] {
    const { attributes, linkSet } = this.planning.links;
    const end = attributes.findIndex(({ code }) => code === linkSet.keyToRemote);
    return this.#difference.after.map(({ values }) => idIn(values[end]));
  }

  get before(): string {
    return this.#before ??= this.#show(this.#difference.before, NOTHING_HIDDEN);
  }

  get after(): string {
    return this.#after ??= this.#show(this.#difference.after, NOTHING_HIDDEN);
  }

  get shownBefore(): string {
    const { hidden } = this.planning;
    return hidden.size === 0 ? this.before : this.#show(this.#difference.before, hidden);
  }

  get shownAfter(): string {
    const { hidden } = this.planning;
    return hidden.size === 0 ? this.after : this.#show(this.#difference.after, hidden);
  }

  get taken(): readonly RuleKey[] {
    const { checks } = this.planning;
    const { before, after } = this.#difference;
    const touched = new Set(this.touched);
    const had = before.filter(({ id }) => touched.has(id));
    const come = after.filter(({ isWritten }) => isWritten);
    return [...had, ...come].flatMap(({ values }) => checks.keysOf(this.#objectId, values));
  }

  get isFew(): boolean {
    const { added, removed, updated } = this.#difference;
    return added.length + removed.length + updated.length <= FEW_WRITES;
  }

  few(objectId: ObjectId): FewLinks {
    const { context, links } = this.planning;
    const few = fewLinks(context, links, objectId, this.#difference);
    for (const { id } of few.created) this.reached.push(id);
    return few;
  }

  async remove(): Promise<void> {
    await removeLinks(this.planning.context, this.planning.links, this.#difference);
  }

  async apply(objectId: ObjectId): Promise<void> {
    const { context, links } = this.planning;
    this.reached.push(...await writeLinks(context, links, objectId, await this.#toWrite(objectId)));
  }

  /**
   * Another link set of the row may hold the same links, seen from the other end, and links that went may have taken others along: only the
   * writing knows what is left to do.
   */
  async #toWrite(id: ObjectId): Promise<LinkDifference> {
    if (this.#objectId === null) return this.#difference;
    const { context, links, finder } = this.planning;
    const { links: mode } = context;
    const present = await finder.of(id);
    // Only the removal of links takes others along, and whoever removes wants none of them back.
    const lost = mode === "replace"
      ? await lostLinks(context, links, this.#difference.before, present, this.wanted)
      : [];
    return compare(links, present, this.wanted, mode, lost);
  }

  #show(shown: readonly { readonly values: readonly StoredValue[] }[], hidden: HiddenIds): string {
    return showLinks(this.planning.context, this.planning.links, shown, hidden);
  }
}
