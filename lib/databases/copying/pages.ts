/** The rows of a table in the order of its key: as many at a time as surely fit into the memory. */
import type { Later } from "../shared/steps.ts";
import type { CopiedRow, CopiedTable } from "./copied_table.ts";

/** Rows that are read at once, when they are short: twice as many take 20 MiB more, and no less time. */
const ROWS_TOGETHER = 256;

/** In bytes. */
const MOST_BYTES = 1024 * 1024;

export interface TableSize {
  readonly rows: number;
  /** The bytes of the longest row. */
  readonly longest: number;
}

/** Questions about a table. The key of a row stands for all behind it; null: all there are. */
export interface PagedTable {
  size(): Later<TableSize>;
  /** The bytes of the next rows. */
  lengths(behind: CopiedRow | null, most: number): Later<readonly number[]>;
  rows(behind: CopiedRow | null, most: number): Later<readonly CopiedRow[]>;
}

/** The next page is asked for before the one that is there is worked. @throws Error when not all rows have come */
export async function* pagesOf(asked: PagedTable, table: CopiedTable): AsyncGenerator<readonly CopiedRow[]> {
  const places = table.key.map((name) => table.columns.findIndex((column) => column.name === name));
  const { rows: all, longest } = await asked.size();
  const areShort = longest * ROWS_TOGETHER <= MOST_BYTES;
  let come = 0;
  let next = all === 0 ? null : pageBehind(asked, null, areShort);
  while (come < all) {
    const rows = await next ?? [];
    const last = rows.at(-1);
    if (last === undefined) break;
    come += rows.length;
    if (come < all) {
      next = pageBehind(asked, places.map((place) => last[place] ?? null), areShort);
      // Who works the page may fail first.
      next.catch(() => {});
    }
    yield rows;
  }
  if (come !== all) throw new Error(`${come} rows of ${all} have come of ${table.name}`);
}

async function pageBehind(
  asked: PagedTable,
  behind: CopiedRow | null,
  areShort: boolean,
): Promise<readonly CopiedRow[]> {
  const most = areShort ? ROWS_TOGETHER : fitting(await asked.lengths(behind, ROWS_TOGETHER));
  return most === 0 ? [] : await asked.rows(behind, most);
}

/** How many of the rows fit. The first one always does. */
function fitting(lengths: readonly number[]): number {
  let bytes = 0;
  const end = lengths.findIndex((length, index) => (bytes += length) > MOST_BYTES && index > 0);
  return end < 0 ? lengths.length : end;
}
