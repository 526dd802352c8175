/**
 * Links that two rows of a file may speak of: seen from both of their ends, or as objects of the class that is loaded. What a row says of
 * a link another one must not take back.
 */
import { classOf } from "../model/look_up.ts";
import type { ClassCode, LinkSetAttribute } from "../model/model.ts";
import type { RoleOfColumn } from "./column_role.ts";
import type { LinkSetPlan } from "./link_set.ts";
import type { ReachedObjects } from "./reached_objects.ts";
import type { AskedRow } from "./row_questions.ts";
import { rootsOfDeletion } from "./roots_behind.ts";
import type { RunContext } from "./run_context.ts";

export interface LinkTwins {
  /** The index of an earlier row that says otherwise of the links that a row would write; null: none does. */
  earlier(row: AskedRow): number | null;
  /** Notes what a row that was loaded has said of links. @returns the index of the last row before it that has said something of them, or its own */
  note(row: AskedRow): number;
}

/** Null: no two rows of the file can speak of one link. */
export function createLinkTwins(
  context: RunContext,
  roles: readonly RoleOfColumn[],
  reached: ReachedObjects,
): LinkTwins | null {
  const linkSets = roles.flatMap(({ role }) => role.kind === "link_set" ? [role.attribute] : []);
  // Where no list is whole, rows of one object may speak of one link.
  const areParts = linkSets.length > 0 && context.links !== "replace";
  if (!areParts && !mayMeet(context, linkSets)) return null;
  const both = new Set(linkSets.filter((one) => linkSets.some((other) => isReverse(one, other))));
  return {
    earlier({ index, read }) {
      for (const plan of read.linkSets) {
        if (!plan.isChanged) continue;
        // A list that only adds or removes leaves to other rows what it does not name.
        const isWhole = context.links === "replace";
        const found = earlierOf(context, plan, isWhole && both.has(plan.attribute), reached);
        if (found !== null && found !== index) return found;
      }
      return null;
    },
    note({ index, read }) {
      const before = read.linkSets
        .map(({ attribute, reached: ids }) => reached.noteOthers(index, attribute.linkClass, ids))
        .filter((one) => one !== index);
      return before.length === 0 ? index : Math.max(...before);
    },
  };
}

function earlierOf(
  { plan: { class: own } }: RunContext,
  { attribute, touched, remotes }: LinkSetPlan,
  isSeenFromBothEnds: boolean,
  reached: ReachedObjects,
): number | null {
  for (const id of touched) {
    const found = reached.rowOf(attribute.linkClass, id);
    if (found !== null) return found;
  }
  // A row that has reached the other end has told all links that it has.
  for (const id of isSeenFromBothEnds ? remotes : []) {
    const found = reached.rowOf(own.code, id);
    if (found !== null) return found;
  }
  return null;
}

function mayMeet({ plan, model }: RunContext, linkSets: readonly LinkSetAttribute[]): boolean {
  const roots = linkSets.map(({ linkClass }) => classOf(model, linkClass).root);
  const goWith = (root: ClassCode) => [...rootsOfDeletion(model, [root])].filter((one) => one !== root);
  return new Set(roots).size < roots.length ||
    roots.some((root) => goWith(root).some((one) => one === plan.class.root || roots.includes(one)));
}

/** Whether another link set has the same links, from their other end. */
function isReverse(one: LinkSetAttribute, other: LinkSetAttribute): boolean {
  return one.linkClass === other.linkClass && one.keyToThis === other.keyToRemote &&
    one.keyToRemote === other.keyToThis;
}
