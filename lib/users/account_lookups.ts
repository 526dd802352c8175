/**
 * What the rules ask about accounts and their links. It can be read for many writes at once, before it is their turn. What was read so is
 * told once: who asks for it may write over it, and whoever asks next has it read anew, with all that was written until then.
 */
import type { AttributeCode, ClassCode, Model } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectSearch, ObjectSearches } from "../store/objects.ts";
import type { AccountState } from "./account_effects.ts";
import type { AskedLink, StoredLink, StoredLinks } from "./account_link_changes.ts";
import type { LinkEnds } from "./account_links.ts";
import { profileNumber } from "./profiles.ts";
import { valuesOfEach } from "./stored_values.ts";
import { USER, USER_ORGANIZATION, USER_PROFILE } from "./user_classes.ts";

/** So many may be kept: a row can have a list of very many users. */
const MOST_KEPT = 4096;

type States = ReadonlyMap<ObjectId, AccountState>;

export class AccountLookups {
  readonly #links = new Map<LinkEnds, Map<ObjectId, StoredLink | null>>();
  readonly #states = new Map<ObjectId, AccountState>();
  readonly #searches = new Map<string, ObjectSearch>();

  constructor(private readonly model: Model, private readonly objects: ObjectSearches) {}

  /** Everything is read anew from now on. */
  forget(): void {
    this.#links.clear();
    this.#states.clear();
  }

  /** Reads links to be told later. */
  async keepLinks(asked: readonly AskedLink[]): Promise<StoredLinks> {
    const kept = asked.slice(0, MOST_KEPT);
    for (const [ends, links] of await this.#readLinks(kept)) this.#links.set(ends, links);
    return (ends, id) => this.#links.get(ends)?.get(id) ?? null;
  }

  /** Reads accounts to be told later. */
  async keepStates(ids: readonly ObjectId[]): Promise<readonly AccountState[]> {
    const read = await this.#readStates(ids.slice(0, MOST_KEPT));
    for (const [id, state] of read) this.#states.set(id, state);
    return [...read.values()];
  }

  /** Links as they are now. */
  async links(asked: readonly AskedLink[]): Promise<StoredLinks> {
    const isKept = ({ ends, id }: AskedLink) => this.#links.get(ends)?.has(id) === true;
    const found = await this.#readLinks(asked.filter((one) => !isKept(one)));
    const kept = asked.filter(isKept).map(({ ends, id }) => ({
      ends,
      id,
      link: this.#links.get(ends)?.get(id) ?? null,
    }));
    for (const { ends, id, link } of kept) {
      this.#links.get(ends)?.delete(id);
      if (!found.has(ends)) found.set(ends, new Map());
      found.get(ends)?.set(id, link);
    }
    return (ends, id) => found.get(ends)?.get(id) ?? null;
  }

  /** Accounts as they are now; without any profile when they are gone. */
  async states(ids: readonly ObjectId[]): Promise<States> {
    const found = await this.#readStates(ids.filter((id) => !this.#states.has(id)));
    for (const id of ids) {
      const kept = this.#states.get(id);
      if (kept !== undefined) found.set(id, kept);
      this.#states.delete(id);
    }
    return found;
  }

  async #readLinks(asked: readonly AskedLink[]): Promise<Map<LinkEnds, Map<ObjectId, StoredLink | null>>> {
    const read = new Map<LinkEnds, Map<ObjectId, StoredLink | null>>();
    for (const [ends, group] of Map.groupBy(asked, (one) => one.ends)) {
      const ids = group.map(({ id }) => id);
      const lists = await valuesOfEach(this.#search(ends.class, "id", [ends.user, ends.remote]), ids);
      const links = ids.map((id, index) => {
        const [values] = lists[index] ?? [];
        return [id, values === undefined ? null : { user: idIn(values[0]), remote: idIn(values[1]) }] as const;
      });
      read.set(ends, new Map(links));
    }
    return read;
  }

  async #readStates(ids: readonly ObjectId[]): Promise<Map<ObjectId, AccountState>> {
    const statuses = await valuesOfEach(this.#search(USER.class, "id", [USER.status]), ids);
    const profiles = await this.#remotes(USER_PROFILE.class, USER_PROFILE.user, USER_PROFILE.profile, ids);
    const { user, organization } = USER_ORGANIZATION;
    const organizations = this.model.classes.has(USER_ORGANIZATION.class)
      ? await this.#remotes(USER_ORGANIZATION.class, user, organization, ids)
      : [];
    return new Map(ids.map((id, index) => {
      const state = {
        status: statuses[index]?.[0]?.[0] ?? null,
        profiles: (profiles[index] ?? []).map((profile) => profileNumber(profile, this.objects)),
        organizations: organizations[index] ?? [],
      };
      return [id, state] as const;
    }));
  }

  /** The other ends of the links that accounts have, one list for each. */
  async #remotes(
    linkClass: ClassCode,
    user: AttributeCode,
    remote: AttributeCode,
    ids: readonly ObjectId[],
  ): Promise<readonly (readonly ObjectId[])[]> {
    const lists = await valuesOfEach(this.#search(linkClass, user, [remote]), ids);
    return lists.map((links) => links.map(([value]) => idIn(value)).filter((id) => id !== null));
  }

  /** Prepared once: it is asked for every row. */
  #search(code: ClassCode, by: AttributeCode | "id", read: readonly AttributeCode[]): ObjectSearch {
    const name = `${code}.${by}`;
    let search = this.#searches.get(name);
    if (search === undefined) {
      search = this.objects.search({ class: code, conditions: [by], read, includeHidden: true });
      this.#searches.set(name, search);
    }
    return search;
  }
}
