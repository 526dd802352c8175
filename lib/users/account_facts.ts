/** What the rules of accounts ask of the database beside the accounts that a write touches. */
import type { Model } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { enabledAdministrators, unlimitedAdministrators } from "./administrators.ts";
import type { AccountFacts } from "./user_rules.ts";

/** As the database is when they are asked for. */
export function accountFacts(model: Model, objects: ObjectSearches): AccountFacts {
  return {
    enabledAdministrators: () => enabledAdministrators(model, objects),
    unlimitedAdministrators: () => unlimitedAdministrators(model, objects),
    maySee: async (organizations) =>
      (await seenAmong(organizations, model, objects)).size === new Set(organizations).size,
  };
}

/** Those of some organisations that the importer may see. */
async function seenAmong(
  organizations: readonly ObjectId[],
  model: Model,
  objects: ObjectSearches,
): Promise<ReadonlySet<ObjectId>> {
  const tree = model.organizations;
  if (tree === null) return new Set(organizations);
  const search = objects.search({ class: tree.class, conditions: ["id"], read: [], includeHidden: false });
  const matches = await search.find(organizations.map((id) => [id]));
  return new Set(organizations.filter((_, index) => matches[index]?.kind === "one"));
}

type Administrators = "enabledAdministrators" | "unlimitedAdministrators";

/** The same, remembered between writes as far as none of them can have changed it. */
export class KeptFacts implements AccountFacts {
  readonly #facts: AccountFacts;
  /** Some of the administrators: none whom a write has touched since they were asked for. */
  readonly #administrators = new Map<Administrators, Set<ObjectId>>();
  readonly #seen = new Set<ObjectId>();
  #touched: ReadonlySet<ObjectId | null> = new Set();

  /** @param organizationsStay no write takes any out of the importer's sight */
  constructor(
    private readonly model: Model,
    private readonly objects: ObjectSearches,
    private readonly organizationsStay: boolean,
  ) {
    this.#facts = accountFacts(model, objects);
  }

  /** Everything is asked anew from now on. */
  forget(): void {
    this.#administrators.clear();
    this.#seen.clear();
  }

  /** To be told the accounts of each write before it is judged. */
  touches(accounts: ReadonlySet<ObjectId | null>): void {
    this.#touched = accounts;
    for (const known of this.#administrators.values()) for (const id of accounts) if (id !== null) known.delete(id);
  }

  /** Asks at once which of these may be seen. */
  async keepSeen(organizations: readonly ObjectId[]): Promise<void> {
    if (!this.organizationsStay || organizations.length === 0) return;
    for (const id of await seenAmong(organizations, this.model, this.objects)) this.#seen.add(id);
  }

  enabledAdministrators(): Promise<ReadonlySet<ObjectId>> {
    return this.#some("enabledAdministrators");
  }

  unlimitedAdministrators(): Promise<ReadonlySet<ObjectId>> {
    return this.#some("unlimitedAdministrators");
  }

  async maySee(organizations: readonly ObjectId[]): Promise<boolean> {
    // What could not be seen may be seen by now.
    return organizations.every((id) => this.#seen.has(id)) || await this.#facts.maySee(organizations);
  }

  async #some(which: Administrators): Promise<ReadonlySet<ObjectId>> {
    const known = this.#administrators.get(which);
    if (known !== undefined && known.size > 0) return known;
    const all = await this.#facts[which]();
    this.#administrators.set(which, new Set([...all].filter((id) => !this.#touched.has(id))));
    return all;
  }
}
