/** What attributes are called: as their columns, but for names that the program keeps for itself. */
import { foldName } from "./ascii_names.ts";
import { type ClassTable, isWholeKey } from "./derived_tables.ts";
import type { Reference } from "./references.ts";

/** The rowid under this name is what the program calls `id` itself. */
export const ID = "id";

/** Codes that every class has, or may have, besides its columns. */
const OWN_CODES: ReadonlySet<string> = new Set([ID, "friendlyname", "finalclass"]);

/**
 * Whether a column is the engine's own `id`, and so no attribute: under that name nothing is created (rule 26). The database numbers its
 * rows by itself; of a key that it does not make, rows that are new could have none, and one that is a foreign key has columns behind it.
 */
function isOwnId(table: Pick<ClassTable, "key">, column: string, references: References): boolean {
  return foldName(column) === ID && table.key?.isRowid === true && isWholeKey(table, column) && !references.has(ID);
}

type References = ReadonlyMap<string, Reference>;

/** The code of each column's attribute, by folded name of the column. @param references of the table, likewise */
export function attributeCodes(
  table: Pick<ClassTable, "key" | "facts">,
  references: References,
): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  const taken = new Set(table.facts.columns.map(({ name }) => foldName(name)));
  for (const { name } of table.facts.columns) {
    const folded = foldName(name);
    const code = isOwnId(table, name, references) ? ID : OWN_CODES.has(folded) ? freeCode(`${name}_`, taken) : name;
    codes.set(folded, code);
  }
  return codes;
}

/** The code, with as many underscores as it takes to be nobody else's. @param taken folded; has it afterwards */
export function freeCode(code: string, taken: Set<string>): string {
  let free = code;
  while (taken.has(foldName(free)) || OWN_CODES.has(foldName(free))) free += "_";
  taken.add(foldName(free));
  return free;
}
