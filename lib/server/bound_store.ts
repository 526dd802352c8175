/**
 * The one database of a server: the one that it opened when it began. Logins are checked over a connection that stays open, imports open
 * the path anew; were another database there by then, whoever has the id of the user in that one would import. So both ask whether it is
 * the same still.
 */
import { databaseReplaced } from "../messages/database.ts";
import { DatabaseReplaced } from "../store/database_replaced.ts";
import type { Store } from "../store/store.ts";

export class BoundStore {
  /** @param store open; closed by the caller @throws RunStop */
  static async of(store: Store): Promise<BoundStore> {
    return new BoundStore(store, await store.identity());
  }

  private constructor(readonly store: Store, readonly identity: string) {}

  /** @throws RunStop when the database cannot be read; DatabaseReplaced */
  async check(): Promise<void> {
    const { store, identity } = this;
    if (await store.identity() !== identity) throw new DatabaseReplaced(databaseReplaced(store.name));
  }
}
