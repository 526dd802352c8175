/** What others have added to tables that csvrecon has made, and may refuse or alter a row. */
import type { ClassCode } from "../../model/model.ts";
import type { OwnMapping } from "../sql/own_layout.ts";
import { quoteName } from "../sql/sql_text.ts";
import { constraintsOf } from "../sql/table_statements.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { OWN_TRIGGERS } from "./postgres_spellings.ts";

/** What a table has of rules. */
export interface TableRules {
  /** Triggers of others. */
  readonly hasTriggers: boolean;
  /** Indexes of others that may refuse a row, columns that may, rules, or policies. Null: nobody has asked. */
  readonly hasOthers: boolean | null;
  /** How many columns are required or refer to other tables, and how many checks there are. */
  readonly constraints: number;
}

const HAS_TRIGGERS = "EXISTS (SELECT 1 FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal " +
  "AND t.tgname NOT LIKE $2)";

/** Indexes of ours have names with a point, or cut ones; columns of ours are of three types. */
const HAS_OTHERS = "c.relhasrules OR c.relrowsecurity OR EXISTS (SELECT 1 FROM pg_index AS i " +
  "JOIN pg_class AS n ON n.oid = i.indexrelid WHERE i.indrelid = c.oid AND NOT i.indisprimary " +
  "AND (i.indisunique OR i.indisexclusion OR i.indpred IS NOT NULL OR i.indexprs IS NOT NULL) " +
  "AND n.relname !~ '^(unique|search|link)_.*[.~]') " +
  "OR EXISTS (SELECT 1 FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped " +
  "AND (a.atttypmod <> -1 OR a.attgenerated <> '' OR " +
  "a.atttypid NOT IN ('text'::regtype, 'bigint'::regtype, 'numeric'::regtype)))";

const CONSTRAINTS =
  "(SELECT count(*) FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.contype IN ('c', 'f')) + " +
  "(SELECT count(*) FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull)";

/** By the names of tables. Not every server knows more of them than their triggers. */
export async function rulesOfTables(database: PostgresDatabase): Promise<ReadonlyMap<string, TableRules>> {
  const others = database.isPortable ? "NULL, 0" : `${HAS_OTHERS}, ${CONSTRAINTS}`;
  const rows = await database.rows(
    `SELECT c.relname, ${HAS_TRIGGERS}, ${others} FROM pg_class AS c ` +
      "WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p', 'v', 'f')",
    quoteName(database.schema),
    OWN_TRIGGERS,
  );
  return new Map(rows.map(([name, hasTriggers, hasOthers, constraints]) => [String(name), {
    hasTriggers: hasTriggers === true,
    hasOthers: typeof hasOthers === "boolean" ? hasOthers : null,
    constraints: Number(constraints),
  }]));
}

/** @see ObjectStore.mayRefuse */
export function mayRefuse(database: PostgresDatabase, { model, layout }: OwnMapping, code: ClassCode): boolean {
  const { name } = layout.tableOf(code);
  const table = layout.tables.find((one) => one.name === name);
  const rules = database.rulesOfTables.get(name);
  if (table === undefined || rules === undefined || database.hasTriggers) return true;
  return rules.hasOthers !== false || rules.constraints !== constraintsOf(model, table);
}
