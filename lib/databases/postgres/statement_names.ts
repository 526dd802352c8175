/** Names of prepared statements: one for each text. */

/** Names are never used twice, so that none can mean an older statement. */
export class StatementNames {
  readonly #names = new Map<string, string>();

  of(sql: string): string {
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    const name = `csvrecon_${this.#names.size + 1}`;
    this.#names.set(sql, name);
    return name;
  }
}
