/** How the links of an object differ from those that a cell wants. */
import { looksSame } from "../compared_text.ts";
import { defaultOf } from "../model/default_value.ts";
import { areSameNumber } from "../model/exact_number.ts";
import { isOneLineText } from "../model/look_up.ts";
import type { ColumnAttribute, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectUpdate } from "../store/objects.ts";
import { type LinkClass, missingIn, type WantedLink } from "./link_item.ts";
import type { CheckedLink } from "./link_uniqueness.ts";
import type { PresentLink } from "./present_links.ts";
import type { LinkProblem } from "./problems.ts";
import { identical } from "../values/parsed.ts";
import type { LinkMode } from "../parameters/settings/settings.ts";
import type { RunContext } from "./run_context.ts";

/** How the links that are there differ from those that are wanted. */
export interface LinkDifference {
  readonly before: readonly PresentLink[];
  /** The links as they will be: those that stay, then new ones. */
  readonly after: readonly CheckedLink[];
  readonly added: readonly WantedLink[];
  readonly removed: readonly ObjectId[];
  readonly updated: readonly ObjectUpdate[];
}

/**
 * @param mode what becomes of links of which the cell does not speak: with `replace` they go
 * @param lost links that may have been taken along with others since: they come back as they were
 */
export function compare(
  links: LinkClass,
  before: readonly PresentLink[],
  wanted: ReadonlyMap<ObjectId, WantedLink>,
  mode: LinkMode,
  lost: readonly PresentLink[] = [],
): LinkDifference {
  if (mode === "remove") return without(before, wanted);
  const present = new Set(before.map((link) => link.remoteId));
  const known = new Map(lost.map((link) => [link.remoteId, link.values]));
  const added = [...wanted.values()].filter((link) => !present.has(link.remoteId))
    .map((link) => newLink(link, known.get(link.remoteId)));
  const removed: ObjectId[] = [];
  const updated: ObjectUpdate[] = [];
  const after: CheckedLink[] = [];
  for (const link of before) {
    const wish = link.remoteId === null ? undefined : wanted.get(link.remoteId);
    if (wish === undefined) {
      if (mode === "add") after.push(link);
      else removed.push(link.id);
      continue;
    }
    if (saysNothing(wish, link.values)) {
      after.push(link);
      continue;
    }
    const values = kept(wish, link.values);
    const update = updateOf(links, link, values);
    if (update.changes.length > 0) updated.push(update);
    after.push({ id: link.id, isWritten: update.changes.length > 0, values });
  }
  for (const { values } of added) after.push({ id: null, isWritten: true, values });
  return { before, added, removed, updated, after };
}

/** The difference where the links of which a cell speaks go (SPEC 17, `links=remove`). */
function without(before: readonly PresentLink[], unwanted: ReadonlyMap<ObjectId, WantedLink>): LinkDifference {
  const goes = ({ remoteId }: PresentLink) => remoteId !== null && unwanted.has(remoteId);
  return {
    before,
    after: before.filter((link) => !goes(link)),
    added: [],
    removed: before.filter(goes).map(({ id }) => id),
    updated: [],
  };
}

/** Whether an item names nothing but what a link has to the letter. */
function saysNothing({ named, values }: WantedLink, stored: readonly StoredValue[]): boolean {
  return values.every((value, index) => named[index] !== true || identical(value, stored[index] ?? null));
}

/** The values of a link that stays: what its item does not name is not touched (SPEC 14). @param stored undefined: it is new */
function kept(
  { named, values }: WantedLink,
  stored: readonly StoredValue[] | undefined,
): readonly StoredValue[] {
  if (stored === undefined) return values;
  return values.map((value, index) => named[index] === true ? value : stored[index] ?? null);
}

/** @param lost the values of a link that has been taken along: all of them come back */
function newLink(link: WantedLink, lost: readonly StoredValue[] | undefined): WantedLink {
  return lost === undefined ? link : { ...link, values: kept(link, lost), named: link.named.map(() => true) };
}

/** Mandatory attributes that a new link would lack. */
export function lackOf(links: LinkClass, { added }: LinkDifference): LinkProblem | null {
  for (const { values, named } of added) {
    const isGiven = (index: number) => named[index] === true || links.attributes[index]?.filledByDatabase !== true;
    const problem = missingIn(links, values, isGiven);
    if (problem !== null) return problem;
  }
  return null;
}

function updateOf(links: LinkClass, link: PresentLink, values: readonly StoredValue[]): ObjectUpdate {
  const changes = links.attributes.flatMap((attribute, index) => {
    const { code } = attribute;
    const oldValue = link.values[index] ?? null;
    const newValue = values[index] ?? null;
    const isKept = attribute.isFixed === true || isSameValue(attribute, oldValue, newValue);
    return isKept ? [] : [{ attribute: code, oldValue, newValue }];
  });
  return { class: link.class, id: link.id, changes };
}

/** Texts of one line are the same that look the same (SPEC 14). */
export function isSameValue(attribute: ColumnAttribute, a: StoredValue, b: StoredValue): boolean {
  if (identical(a, b)) return true;
  if (isOneLineText(attribute)) return typeof a === "string" && typeof b === "string" && looksSame(a, b);
  return areSameNumber(a, b) || (attribute.kind === "loose" && String(a) === String(b));
}

/**
 * Links that are wanted and were taken along with others that went (`on_delete`): they come back as they were, but for external keys to
 * what is gone.
 * @param before as they were
 */
export async function lostLinks(
  context: RunContext,
  links: LinkClass,
  before: readonly PresentLink[],
  present: readonly PresentLink[],
  wanted: ReadonlyMap<ObjectId, WantedLink>,
): Promise<readonly PresentLink[]> {
  const left = new Set(present.map(({ remoteId }) => remoteId));
  let lost = before.filter(({ remoteId }) => remoteId !== null && wanted.has(remoteId) && !left.has(remoteId));
  if (lost.length === 0) return lost;
  for (const [place, attribute] of links.attributes.entries()) {
    if (attribute.kind !== "external_key") continue;
    const ids = [...new Set(lost.map(({ values }) => idIn(values[place])))].filter((id) => id !== null);
    if (ids.length === 0) continue;
    const search = context.store.search({
      class: attribute.target,
      conditions: ["id"],
      read: [],
      includeHidden: true,
    });
    const matches = await search.find(ids.map((id) => [id]));
    const gone = new Set<StoredValue>(ids.filter((_, index) => matches[index]?.kind !== "one"));
    const withDefault = (value: StoredValue, index: number) =>
      index === place && gone.has(value) ? defaultOf(attribute) : value;
    lost = lost.map((link) => ({ ...link, values: link.values.map(withDefault) }));
  }
  return lost;
}
