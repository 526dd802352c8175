/**
 * Older schemas write texts in double quotes, as SQLite lets them: a trigger in which one stands can only be fired where it is let do so,
 * and everything else is written where it is not, as a name that is wrong would be a text.
 */
import type { Database } from "../sqlite/connection.ts";
import type { ForeignSchema } from "./foreign_schema.ts";
import { type ProbedTable, probeWriting } from "./probe.ts";

/** Tables and indexes are read with the schema, whatever stands in them. */
const QUOTES = `SELECT 1 AS found FROM main.sqlite_schema WHERE type IN ('trigger', 'view') AND instr(sql, '"') > 0
AND EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger') LIMIT 1`;

/**
 * The connection with which more tables can be written.
 * @param strict where such texts are an error @param open makes a connection where they are not
 * @returns one of them; the other one is closed
 */
export function withQuotesAsNeeded(
  strict: Database,
  { derived, facts }: ForeignSchema,
  open: () => Database,
): Database {
  if (strict.prepare(QUOTES).get() === undefined) return strict;
  const tables = [...derived.tables.values()].map((table) => ({ table, deletes: true }));
  const blocked = tables.filter((table) => isBlocked(strict, table));
  if (blocked.length === 0) return strict;
  const lenient = open();
  const isOfUse = blocked.some((table) => !isBlocked(lenient, table));
  (isOfUse ? strict : lenient).close();
  return isOfUse ? lenient : strict;

  function isBlocked(database: Database, table: ProbedTable): boolean {
    return probeWriting(database, facts, [table]) !== null;
  }
}
