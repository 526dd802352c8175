/** What a write does to user accounts, whichever object is written: the account, a link to a profile or an organisation, or their other end. */
import { isOrIsBelow } from "../model/look_up.ts";
import type { AttributeCode, Model, StoredValue } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { Consequence, ObjectSearches } from "../store/objects.ts";
import type { CheckedObject, PlannedLinks } from "../reconcile/run_context.ts";
import { type LinkEnds, linkEndsOf } from "./account_links.ts";
import { type ProfileNumber, profileNumber } from "./profiles.ts";
import { valuesOfOne } from "./stored_values.ts";
import { USER } from "./user_classes.ts";
import { allowedOrganizations, profilesOf } from "./user_links.ts";

/** What matters of an account. */
export interface AccountState {
  readonly status: StoredValue;
  readonly profiles: readonly ProfileNumber[];
  /** Ids of the organisations to which the user is limited, null for one that is only being made; none: not limited. */
  readonly organizations: readonly (ObjectId | null)[];
}

/** An account before and after a write that touches it. */
export interface AccountEffect {
  /** Null: the account is created. */
  readonly id: ObjectId | null;
  readonly before: AccountState;
  /** Null: the account is deleted. */
  readonly after: AccountState | null;
}

/** A link from an account to a profile or an organisation that comes or goes. */
interface LinkChange {
  readonly to: LinkEnds["to"];
  readonly isAdded: boolean;
  readonly user: ObjectId | null;
  readonly remote: ObjectId | null;
}

export const NEW_ACCOUNT: AccountState = { status: null, profiles: [], organizations: [] };

/**
 * Every account that the write touches.
 * @param object null: nothing is written, and only the consequences count
 * @param consequences what goes, and which keys are emptied, along with links that the write removes
 */
export async function accountEffects(
  object: CheckedObject | null,
  consequences: readonly Consequence[],
  model: Model,
  objects: ObjectSearches,
): Promise<AccountEffect[]> {
  const changes = object === null ? [] : [...await linkObjectChanges(object, model, objects)];
  for (const links of object?.write.links ?? []) {
    changes.push(...await linkSetChanges(object?.write.id ?? null, links, model, objects));
  }
  for (const consequence of consequences) changes.push(...await linkConsequence(consequence, model, objects));
  const account = object !== null && isOrIsBelow(model, object.class, USER.class) ? object : null;
  const others = consequences.filter((one) => isOrIsBelow(model, one.class, USER.class));
  const gone = new Set(others.filter(({ emptied }) => emptied === null).map(({ id }) => id));
  const own = account === null ? [] : [account.write.id];
  const touched = new Set([...own, ...others.map(({ id }) => id), ...changes.map(({ user }) => user)]);
  const effects: AccountEffect[] = [];
  for (const id of touched) {
    const before = id === null ? NEW_ACCOUNT : await stateOf(id, model, objects);
    if (id !== null && gone.has(id)) {
      effects.push({ id, before, after: null });
      continue;
    }
    const status = account !== null && id === account.write.id ? statusAfter(account, before) : before.status;
    const ownChanges = changes.filter(({ user }) => user === id);
    effects.push({ id, before, after: { status, ...linksAfter(before, ownChanges, objects) } });
  }
  return effects;
}

/** An account as it is now; without any profile when it is gone. */
export async function stateOf(id: ObjectId, model: Model, objects: ObjectSearches): Promise<AccountState> {
  return {
    status: (await valuesOfOne(objects, USER.class, id, [USER.status]))?.[0] ?? null,
    profiles: await profilesOf(id, objects),
    organizations: await allowedOrganizations(id, model, objects) ?? [],
  };
}

function statusAfter(object: CheckedObject, before: AccountState): StoredValue {
  const { write } = object;
  if (write.id === null) return object.initialValue(USER.status);
  return write.changes.has(USER.status) ? write.changes.get(USER.status)?.after ?? null : before.status;
}

function linksAfter(
  before: AccountState,
  changes: readonly LinkChange[],
  objects: ObjectSearches,
): Pick<AccountState, "profiles" | "organizations"> {
  const remotes = (to: LinkChange["to"], isAdded: boolean) =>
    changes.filter((change) => change.to === to && change.isAdded === isAdded).map(({ remote }) => remote);
  // A profile that is only being made grants nothing.
  const profiles = (isAdded: boolean) =>
    remotes("profiles", isAdded).filter((id) => id !== null).map((id) => profileNumber(id, objects));
  return {
    profiles: afterChanges(before.profiles, profiles(false), profiles(true)),
    organizations: afterChanges(before.organizations, remotes("organizations", false), remotes("organizations", true)),
  };
}

/** Takes away first: a link that is only rewritten stays. */
function afterChanges<T>(before: readonly T[], removed: readonly T[], added: readonly T[]): readonly T[] {
  const left = [...before];
  for (const one of removed) {
    const index = left.indexOf(one);
    if (index >= 0) left.splice(index, 1);
  }
  return [...left, ...added];
}

/** The object is a link itself. One whose ends stay is taken away and put back, so that its account counts as touched. */
async function linkObjectChanges(
  object: CheckedObject,
  model: Model,
  objects: ObjectSearches,
): Promise<readonly LinkChange[]> {
  const ends = linkEndsOf(model, object.class);
  if (ends === null) return [];
  const { id, changes } = object.write;
  if (id === null) {
    return [added(ends, object.initialValue(ends.user), object.initialValue(ends.remote))];
  }
  const after = (code: AttributeCode, before: ObjectId | null) => changes.has(code) ? changes.get(code)?.after : before;
  const link = await storedLink(ends, id, objects);
  if (link === null) return [];
  return [link, added(ends, after(ends.user, link.user), after(ends.remote, link.remote))];
}

/** The link goes with another one that is removed, or loses one of its ends; one that only loses another key stays as it is. */
async function linkConsequence(
  { class: code, id, emptied }: Consequence,
  model: Model,
  objects: ObjectSearches,
): Promise<readonly LinkChange[]> {
  const ends = linkEndsOf(model, code);
  const link = ends === null ? null : await storedLink(ends, id, objects);
  if (ends === null || link === null) return [];
  const isLost = emptied === null || emptied === ends.user || emptied === ends.remote;
  return isLost ? [link] : [link, { ...link, isAdded: true }];
}

/** The object has a link set: its own id is one end of the links. */
async function linkSetChanges(
  own: ObjectId | null,
  { linkSet, removed, added: wanted }: PlannedLinks,
  model: Model,
  objects: ObjectSearches,
): Promise<readonly LinkChange[]> {
  const ends = linkEndsOf(model, linkSet.linkClass);
  if (ends === null) return [];
  const end = (code: AttributeCode, values: ReadonlyMap<AttributeCode, StoredValue>) =>
    code === linkSet.keyToThis ? own : values.get(code);
  const changes: LinkChange[] = [];
  for (const id of removed) {
    const link = await storedLink(ends, id, objects);
    if (link !== null) changes.push(link);
  }
  return [...changes, ...wanted.map((values) => added(ends, end(ends.user, values), end(ends.remote, values)))];
}

function added({ to }: LinkEnds, user: StoredValue | undefined, remote: StoredValue | undefined): LinkChange {
  return { to, isAdded: true, user: idIn(user), remote: idIn(remote) };
}

/** A link as it is now; null: it is gone. */
async function storedLink(
  { to, class: code, user, remote }: LinkEnds,
  id: ObjectId,
  objects: ObjectSearches,
): Promise<LinkChange | null> {
  const values = await valuesOfOne(objects, code, id, [user, remote]);
  return values === null ? null : { to, isAdded: false, user: idIn(values[0]), remote: idIn(values[1]) };
}
