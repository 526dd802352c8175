/** Names that a database keeps for itself. A class without a parent has a table of its own, and so may not bear one of them. */

/** In lower case; `databases/` may use these and no others. */
const TABLES: ReadonlySet<string> = new Set([
  "change",
  "change_op",
  "login_failure",
  "address_failure",
  "known_client",
]);

/** Beginnings: the program's own, SQLite's, and those of indexes and views, which share one set of names with tables. */
const PREFIXES: readonly string[] = ["csvrecon_", "sqlite_", "search_", "view_"];

/** Whether a table of this name would stand in the way of others; case does not count. */
export function isReservedName(name: string): boolean {
  const folded = name.toLowerCase();
  return TABLES.has(folded) || PREFIXES.some((prefix) => folded.startsWith(prefix));
}
