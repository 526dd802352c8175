/** What a write does to user accounts, whichever object is written: the account, a link to a profile or an organisation, or their other end. */
import { isOrIsBelow } from "../model/look_up.ts";
import type { Model, StoredValue } from "../model/model.ts";
import type { CheckedObject } from "../reconcile/run_context.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { type AccountWrite, type LinkChange, linkChanges, linksToRead } from "./account_link_changes.ts";
import { AccountLookups } from "./account_lookups.ts";
import { type ProfileNumber, profileNumber } from "./profiles.ts";
import { USER } from "./user_classes.ts";

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

export const NEW_ACCOUNT: AccountState = { status: null, profiles: [], organizations: [] };

/** What effects are told with. */
export interface EffectContext {
  readonly model: Model;
  readonly objects: ObjectSearches;
  readonly lookups: AccountLookups;
}

/** Every account that a write touches. */
export async function accountEffects(
  write: AccountWrite,
  { model, objects, lookups }: EffectContext,
): Promise<readonly AccountEffect[]> {
  const changes = linkChanges(write, model, await lookups.links(linksToRead(write, model)));
  const account = accountIn(write, model);
  const gone = new Set(
    write.consequences.filter((one) => one.emptied === null && isOrIsBelow(model, one.class, USER.class))
      .map(({ id }) => id),
  );
  const touched = touchedBy(write, model, changes);
  const states = await lookups.states(withId(touched));
  const changesOf = Map.groupBy(changes, ({ user }) => user);
  return [...touched].map((id) => {
    const before = (id === null ? undefined : states.get(id)) ?? NEW_ACCOUNT;
    if (id !== null && gone.has(id)) return { id, before, after: null };
    const status = account !== null && id === account.write.id ? statusAfter(account, before) : before.status;
    return { id, before, after: { status, ...linksAfter(before, changesOf.get(id) ?? [], objects) } };
  });
}

/**
 * Reads at once what `accountEffects` will ask about these writes.
 * @returns the organisations to which the accounts are or will be limited, but for new ones
 */
export async function readAhead(
  writes: readonly AccountWrite[],
  { model, lookups }: EffectContext,
): Promise<readonly ObjectId[]> {
  const stored = await lookups.keepLinks(writes.flatMap((write) => linksToRead(write, model)));
  const changes = writes.map((write) => linkChanges(write, model, stored));
  const touched = writes.flatMap((write, index) => [...touchedBy(write, model, changes[index] ?? [])]);
  const states = await lookups.keepStates(withId(new Set(touched)));
  const added = changes.flat().flatMap(({ to, remote }) => to === "organizations" ? [remote] : []);
  return withId(new Set([...added, ...states.flatMap(({ organizations }) => organizations)]));
}

/** An account as it is now; without any profile when it is gone. */
export async function stateOf(id: ObjectId, model: Model, objects: ObjectSearches): Promise<AccountState> {
  return (await new AccountLookups(model, objects).states([id])).get(id) ?? NEW_ACCOUNT;
}

/** The account that is written itself. */
function accountIn({ object }: AccountWrite, model: Model): CheckedObject | null {
  return object !== null && isOrIsBelow(model, object.class, USER.class) ? object : null;
}

/** Null: one that is created. */
function touchedBy(
  write: AccountWrite,
  model: Model,
  changes: readonly LinkChange[],
): ReadonlySet<ObjectId | null> {
  const account = accountIn(write, model);
  const others = write.consequences.filter((one) => isOrIsBelow(model, one.class, USER.class));
  return new Set([
    ...account === null ? [] : [account.write.id],
    ...others.map(({ id }) => id),
    ...changes.map(({ user }) => user),
  ]);
}

function withId(ids: ReadonlySet<ObjectId | null>): readonly ObjectId[] {
  return [...ids].filter((id) => id !== null);
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
