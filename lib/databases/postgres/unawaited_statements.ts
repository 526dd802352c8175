/** Statements that nobody waits for: who waits for a later one hears why one of them has failed. */
import { AFTER_FAILURE, PostgresError } from "./postgres_error.ts";

export class UnawaitedStatements {
  readonly #underWay = new Set<Promise<void>>();
  /** Why the first one of them has failed, in this transaction; null: none has. */
  failure: unknown = null;

  /** @param isReason whether a failure of it is one; left out: all are */
  add(statement: Promise<unknown>, isReason: (error: unknown) => boolean = () => true): void {
    const end = () => void this.#underWay.delete(ending);
    const ending: Promise<void> = statement.then(end, (error) => {
      if (isReason(error)) this.failure ??= error;
      end();
    });
    this.#underWay.add(ending);
  }

  /** @param error of a later statement, which may be told sooner; null: it is none of theirs */
  async failureBehind(error: unknown): Promise<unknown> {
    if (error instanceof PostgresError && error.sqlstate === AFTER_FAILURE) await Promise.all(this.#underWay);
    return this.failure;
  }
}
