/** Names of prepared statements: one for each text that is in use. */

/** More than any run needs at a time; a limit, so that the many ways to update an object cannot fill the memory of the server. */
const MOST = 500;

/** Which statement has which name. No name is used twice, so that none can mean an older statement. */
export class StatementNames {
  readonly #names = new Map<string, string>();
  #made = 0;

  /**
   * The name of a statement.
   * @param forget told the name of a statement that has not been used for the longest time, when there are too many
   */
  of(sql: string, forget: (name: string) => void): string {
    const known = this.#names.get(sql);
    if (known !== undefined) {
      // The order of a map is that of use.
      this.#names.delete(sql);
      this.#names.set(sql, known);
      return known;
    }
    if (this.#names.size >= MOST) this.#forgetOldest(forget);
    const name = `csvrecon_${++this.#made}`;
    this.#names.set(sql, name);
    return name;
  }

  #forgetOldest(forget: (name: string) => void): void {
    for (const [sql, name] of this.#names) {
      this.#names.delete(sql);
      return forget(name);
    }
  }
}
