/** What a write does to user accounts, whichever object is written: the account, a link to a profile or an organisation, or their other end. */
import { isOrIsBelow } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model, StoredValue } from "../model/model.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { CheckedObject, PlannedLinks } from "../reconcile/run_context.ts";
import { USER, USER_ORGANIZATION, USER_PROFILE } from "./user_classes.ts";
import { allowedOrganizations, profilesOf } from "./user_links.ts";

/** What matters of an account. */
export interface AccountState {
  readonly status: StoredValue;
  /** Ids. */
  readonly profiles: readonly number[];
  /** Ids of the organisations to which the user is limited; none: not limited. */
  readonly organizations: readonly number[];
}

/** An account before and after a write that touches it. */
export interface AccountEffect {
  /** Null: the account is created. */
  readonly id: number | null;
  readonly before: AccountState;
  readonly after: AccountState;
}

/** A link from an account to a profile or an organisation that comes or goes. */
interface LinkChange {
  readonly to: "profiles" | "organizations";
  readonly isAdded: boolean;
  readonly user: StoredValue;
  readonly remote: StoredValue;
}

interface LinkEnds {
  readonly to: LinkChange["to"];
  readonly class: ClassCode;
  readonly user: AttributeCode;
  readonly remote: AttributeCode;
}

const LINKS: readonly LinkEnds[] = [
  { to: "profiles", class: USER_PROFILE.class, user: USER_PROFILE.user, remote: USER_PROFILE.profile },
  {
    to: "organizations",
    class: USER_ORGANIZATION.class,
    user: USER_ORGANIZATION.user,
    remote: USER_ORGANIZATION.organization,
  },
];

const NEW_ACCOUNT: AccountState = { status: null, profiles: [], organizations: [] };

/** The links that objects of a class are; null: they are other objects. */
export function linkEndsOf(model: Model, code: ClassCode): LinkEnds | null {
  return LINKS.find((link) => model.classes.has(link.class) && isOrIsBelow(model, code, link.class)) ?? null;
}

/** Every account that the write touches. */
export function accountEffects(object: CheckedObject, model: Model, store: ObjectStore): AccountEffect[] {
  const changes = [
    ...linkObjectChanges(object, model, store),
    ...object.write.links.flatMap((links) => linkSetChanges(object, links, model, store)),
  ];
  const isAccount = isOrIsBelow(model, object.class, USER.class);
  const touched = new Set([...isAccount ? [object.write.id] : [], ...changes.map(({ user }) => userId(user))]);
  return [...touched].map((id) => {
    const before = id === null ? NEW_ACCOUNT : stateOf(id, model, store);
    const after = {
      status: isAccount && id === object.write.id ? statusAfter(object, before) : before.status,
      profiles: afterChanges(before.profiles, changes.filter(({ to, user }) => to === "profiles" && user === id)),
      organizations: afterChanges(
        before.organizations,
        changes.filter(({ to, user }) => to === "organizations" && user === id),
      ),
    };
    return { id, before, after };
  });
}

function userId(user: StoredValue): number | null {
  return typeof user === "number" ? user : null;
}

function stateOf(id: number, model: Model, store: ObjectStore): AccountState {
  const search = store.search({ class: USER.class, conditions: ["id"], read: [USER.status], includeHidden: true });
  return {
    status: search.all([id])[0]?.values[0] ?? null,
    profiles: profilesOf(id, store),
    organizations: allowedOrganizations(id, model, store) ?? [],
  };
}

function statusAfter({ write, initialValue }: CheckedObject, before: AccountState): StoredValue {
  if (write.id === null) return initialValue(USER.status);
  return write.changes.has(USER.status) ? write.changes.get(USER.status)?.after ?? null : before.status;
}

/** Takes away first: a link that is only rewritten stays. */
function afterChanges(before: readonly number[], changes: readonly LinkChange[]): readonly number[] {
  const left = [...before];
  for (const { isAdded, remote } of changes) {
    const index = left.indexOf(Number(remote));
    if (!isAdded && index >= 0) left.splice(index, 1);
  }
  return [...left, ...changes.filter(({ isAdded }) => isAdded).map(({ remote }) => Number(remote))];
}

/** The object is a link itself. One whose ends stay is taken away and put back, so that its account counts as touched. */
function linkObjectChanges(object: CheckedObject, model: Model, store: ObjectStore): LinkChange[] {
  const ends = linkEndsOf(model, object.class);
  if (ends === null) return [];
  const { id, changes } = object.write;
  if (id === null) {
    return [added(ends, object.initialValue(ends.user), object.initialValue(ends.remote))];
  }
  const after = (code: AttributeCode, before: StoredValue) =>
    changes.has(code) ? changes.get(code)?.after ?? null : before;
  return storedLink(ends, id, store).flatMap((link) => [
    link,
    added(ends, after(ends.user, link.user), after(ends.remote, link.remote)),
  ]);
}

/** The object has a link set: its own id is one end of the links. */
function linkSetChanges(
  { write }: CheckedObject,
  { linkSet, removed, added: wanted }: PlannedLinks,
  model: Model,
  store: ObjectStore,
): LinkChange[] {
  const ends = linkEndsOf(model, linkSet.linkClass);
  if (ends === null) return [];
  const end = (code: AttributeCode, values: ReadonlyMap<AttributeCode, StoredValue>) =>
    code === linkSet.keyToThis ? write.id : values.get(code) ?? null;
  return [
    ...removed.flatMap((id) => storedLink(ends, id, store)),
    ...wanted.map((values) => added(ends, end(ends.user, values), end(ends.remote, values))),
  ];
}

function added({ to }: LinkEnds, user: StoredValue, remote: StoredValue): LinkChange {
  return { to, isAdded: true, user, remote };
}

function storedLink({ to, class: code, user, remote }: LinkEnds, id: number, store: ObjectStore): LinkChange[] {
  const search = store.search({ class: code, conditions: ["id"], read: [user, remote], includeHidden: true });
  return search.all([id]).map(({ values }) => ({
    to,
    isAdded: false,
    user: values[0] ?? null,
    remote: values[1] ?? null,
  }));
}
