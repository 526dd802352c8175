/** What PostgreSQL says when a constraint or a trigger refuses a write. */
import { ChangedSchema } from "../../store/changed_schema.ts";
import type { WriteRefusal } from "../../store/write_refusal.ts";
import { BY_TRIGGER, NothingWritten } from "../writes/nothing_written.ts";
import { PostgresError } from "./postgres_error.ts";
import type { RuleColumns } from "./rule_columns.ts";

/** By codes of errors (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const RULES: ReadonlyMap<string, WriteRefusal["rule"]> = new Map([
  ["23505", "unique"],
  ["23514", "check"],
  ["23502", "not_null"],
  ["23503", "foreign_key"],
  // From version 18 on, of ON DELETE RESTRICT.
  ["23001", "foreign_key"],
  // A value that an index has no room for.
  ["54000", "expression"],
]);

/** Values that a type cannot hold, or a function cannot take. */
const DATA = "22";

/** What is no refusal, whoever raises it: the end of a transaction, of a connection or of something that the server needs. */
const NEVER: readonly string[] = ["08", "25", "28", "40", "53", "55", "57", "58", "F0", "XX"];

/**
 * Why a write was refused; null: the error is none of a constraint or a trigger.
 * @param hasTriggers of others
 * @param ruleColumns left out: no rule is known
 */
export function refusalIn(error: unknown, hasTriggers: boolean, ruleColumns?: RuleColumns): WriteRefusal | null {
  if (error instanceof NothingWritten) return { ...BY_TRIGGER, text: error.text };
  if (error instanceof ChangedSchema) return hasTriggers ? refusalIn(error.cause, hasTriggers, ruleColumns) : null;
  if (!(error instanceof PostgresError)) return null;
  const { sqlstate, message: text } = error;
  const rule = RULES.get(sqlstate);
  const columns = rule === "unique" ? ruleColumns?.(error.constraint ?? "")?.join(", ") : undefined;
  // Of a rule of the model, as SQLite tells it: a report is the same wherever the database is.
  if (columns !== undefined) {
    return { kind: "refused_write", rule: "unique", constraint: columns, text: `UNIQUE constraint failed: ${columns}` };
  }
  if (rule !== undefined) return { kind: "refused_write", rule, constraint: constraintIn(error, rule), text };
  if (NEVER.includes(sqlstate.slice(0, 2))) return null;
  if (hasTriggers) return { ...BY_TRIGGER, text };
  if (sqlstate.startsWith(DATA)) {
    return { kind: "refused_write", rule: "type", constraint: constraintIn(error, "type"), text };
  }
  return null;
}

/** Foreign keys of ours have no names: what the server calls them stands in its words. */
function constraintIn({ constraint, table, column }: PostgresError, rule: WriteRefusal["rule"]): string | null {
  if (rule === "foreign_key") return null;
  if (constraint !== null) return constraint;
  return column === null ? null : table === null ? column : `${table}.${column}`;
}
