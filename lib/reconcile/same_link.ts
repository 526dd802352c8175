/** What items and link sets say of one link: they may add to each other, but not contradict each other (SPEC 14). */
import { isOrIsBelow } from "../model/look_up.ts";
import type { AttributeCode, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import { identical } from "../values/parsed.ts";
import { isSameValue } from "./link_difference.ts";
import type { LinkClass, WantedLink } from "./link_item.ts";
import type { LinkSetPlan } from "./link_set.ts";
import type { PresentLink } from "./present_links.ts";
import type { LinkProblem } from "./problems.ts";
import type { RunContext } from "./run_context.ts";

/** The link that two items for one partner want, or the first attribute of which they say different things. */
export function sameLink(
  context: RunContext,
  links: LinkClass,
  one: WantedLink,
  other: WantedLink,
): WantedLink | LinkProblem {
  const place = links.attributes.findIndex((attribute, index) =>
    one.named[index] === true && other.named[index] === true &&
    !isSameValue(attribute, one.values[index] ?? null, other.values[index] ?? null)
  );
  const attribute = links.attributes[place];
  if (attribute !== undefined) {
    const shown = (value: StoredValue | undefined) => shownValue(context, links, place, value ?? null);
    const values = [shown(one.values[place]), shown(other.values[place])] as const;
    return { kind: "link_items_disagree", ...partner(context, links, one.remoteId), attribute: attribute.code, values };
  }
  const values = one.values.map((value, index) => other.named[index] === true ? other.values[index] ?? null : value);
  return {
    remoteId: one.remoteId,
    values,
    named: one.named.map((named, index) => named || other.named[index] === true),
  };
}

/**
 * Of links that a cell would remove, the first that is otherwise than its item says, where that names more than the partner; null: none is.
 * It is not the link that was meant.
 */
export function otherThanSaid(
  context: RunContext,
  links: LinkClass,
  present: readonly PresentLink[],
  unwanted: ReadonlyMap<ObjectId, WantedLink>,
): LinkProblem | null {
  for (const { remoteId, values } of present) {
    const item = remoteId === null ? undefined : unwanted.get(remoteId);
    if (remoteId === null || item === undefined) continue;
    const place = links.attributes.findIndex((attribute, index) =>
      item.named[index] === true && !isSameValue(attribute, values[index] ?? null, item.values[index] ?? null)
    );
    const attribute = links.attributes[place];
    if (attribute === undefined) continue;
    const shown = (value: StoredValue | undefined) => shownValue(context, links, place, value ?? null);
    return {
      kind: "link_differs",
      ...partner(context, links, remoteId),
      attribute: attribute.code,
      values: [shown(values[place]), shown(item.values[place])],
    };
  }
  return null;
}

/** As a cell has it. */
function shownValue({ store }: RunContext, { attributes }: LinkClass, place: number, value: StoredValue): string {
  const attribute = attributes[place];
  if (attribute?.kind !== "external_key") return String(value ?? "");
  const id = idIn(value);
  return String(id === null ? (attribute.takesAnyId === true ? "" : 0) : store.shownId(attribute.target, id));
}

/** The object that a link links to; the user has found it, and so may see it. */
function partner({ store }: RunContext, { attributes, linkSet }: LinkClass, id: ObjectId) {
  const key = attributes.find(({ code }) => code === linkSet.keyToRemote);
  if (key?.kind !== "external_key") throw new Error(`${linkSet.linkClass}.${linkSet.keyToRemote} is no external key`);
  return { key: key.code, target: key.target, id: store.shownId(key.target, id) };
}

/**
 * Link sets of one row may hold the same links: an object's link to itself stands in both of its ends' sets. Says what a link set wants
 * that another one of the row would take back; null: they agree.
 * @param objectId the object that has them; null: a new one
 */
export function contradiction(
  context: RunContext,
  one: LinkSetPlan,
  other: LinkSetPlan,
  objectId: ObjectId | null,
): LinkProblem | null {
  const { class: links, after } = one.links;
  const { linkSet: { keyToThis, keyToRemote } } = other.links.class;
  if (!isOrIsBelow(context.model, links.class.code, other.links.class.class.code)) return null;
  const codes = links.attributes.map(({ code }) => code);
  for (const { values } of after) {
    const valueOf = (code: AttributeCode) =>
      code === links.linkSet.keyToThis ? objectId : values[codes.indexOf(code)] ?? null;
    const isInOther = keyToThis === links.linkSet.keyToThis || (objectId !== null && valueOf(keyToThis) === objectId);
    const remoteId = idIn(valueOf(keyToRemote));
    const remoteOfOne = idIn(valueOf(links.linkSet.keyToRemote));
    if (!isInOther || remoteId === null || remoteOfOne === null) continue;
    const wish = other.wanted.get(remoteId);
    // Who only adds takes nothing back by keeping silent.
    if (wish === undefined && context.links === "add") continue;
    if (wish !== undefined && agrees(one.wanted.get(remoteOfOne), codes, wish, other.links.class)) continue;
    return { kind: "link_sets_disagree", ...partner(context, links, remoteOfOne), other: other.attribute.code };
  }
  return null;
}

/** Whether what both name is the same. */
function agrees(
  one: WantedLink | undefined,
  codes: readonly AttributeCode[],
  other: WantedLink,
  { attributes }: LinkClass,
): boolean {
  return one === undefined || attributes.every(({ code }, index) => {
    const place = codes.indexOf(code);
    const areNamed = one.named[place] === true && other.named[index] === true;
    return !areNamed || identical(one.values[place] ?? null, other.values[index] ?? null);
  });
}
