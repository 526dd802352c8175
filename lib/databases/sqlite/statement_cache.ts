/** Prepared statements, by their text. */

/** More different statements than any run needs at a time; a limit, so that the many ways to update an object cannot fill the memory. */
const MOST = 400;

/** UTF-16 code units: those that write many rows at once are longer, and take far more memory than their text. */
const LONG = 4096;

export class StatementCache<T> {
  readonly #statements = new Map<string, T>();

  /** The statement with this text; made when it is first asked for. */
  get(sql: string, make: () => T): T {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = make();
    if (this.#statements.size >= MOST) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Forgets those that take much memory, and all when they are many: the next run may be of another class. */
  forgetMuch(): void {
    for (const sql of this.#statements.keys()) if (sql.length > LONG) this.#statements.delete(sql);
    if (this.#statements.size > MOST / 2) this.#statements.clear();
  }

  clear(): void {
    this.#statements.clear();
  }
}
