/** What a database says of something that this program writes only when it makes one: it is asked again when others have changed anything. */
import type { Database } from "./connection.ts";
import { othersChanges } from "./database.ts";

export class KeptAnswer<T> {
  #known: { readonly answer: T; readonly changes: number } | null = null;

  constructor(readonly database: Database, readonly ask: () => T) {}

  /** @throws RunStop when the database cannot be read, and what `ask` throws */
  now(): T {
    // Before it is asked: what changes in between counts the next time.
    const changes = othersChanges(this.database);
    if (this.#known?.changes !== changes) this.#known = { answer: this.ask(), changes };
    return this.#known.answer;
  }
}
