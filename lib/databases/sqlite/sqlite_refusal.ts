/** What SQLite says when a constraint or a trigger refuses a write. Deno 2.4's errors carry no error number, so the text decides. */
import { SPELLING_SQL } from "../sql/spelling_tables.ts";
import { ChangedSchema } from "../../store/changed_schema.ts";
import type { WriteRefusal } from "../../store/write_refusal.ts";
import { BY_TRIGGER, NothingWritten } from "../writes/nothing_written.ts";
import type { Database } from "./connection.ts";

export { NothingWritten } from "../writes/nothing_written.ts";

/** SQLite's messages (https://sqlite.org/rescode.html#constraint), and what they name. */
const REFUSALS: readonly (readonly [RegExp, WriteRefusal["rule"]])[] = [
  [/^UNIQUE constraint failed: index '(?<index>[^]*)'$/, "unique"],
  [/^UNIQUE constraint failed: ([^]*)$/, "unique"],
  [/^CHECK constraint failed: ([^]*)$/, "check"],
  [/^NOT NULL constraint failed: ([^]*)$/, "not_null"],
  [/^FOREIGN KEY constraint failed/, "foreign_key"],
  [/^cannot store \S+ value in \S+ column ([^]*)$/, "type"],
  [/^datatype mismatch/, "type"],
];

/** What functions say in a CHECK, a generated column or an index of expressions, of values that they cannot take. */
const OF_EXPRESSIONS: readonly RegExp[] = [
  /^integer overflow$/,
  /^string or blob too big$/,
  /^LIKE or GLOB pattern too complex$/,
  /^ESCAPE expression must be a single character$/,
  /^non-deterministic use of /,
  /\bJSON\b/i,
];

/** A row is not written, for what it holds cannot be told. */
export class ValueNotTold extends Error {
  readonly refusal: WriteRefusal;

  /** @param constraint the column @param text a sentence */
  constructor(constraint: string, text: string) {
    super(text);
    this.refusal = { kind: "refused_write", rule: "stored", constraint, text };
  }
}

/** A row refers to nothing, or others refer to one that is gone, which SQLite would only find at the end. */
export class KeyRefused extends Error {
  /** As SQLite says it. */
  readonly refusal: WriteRefusal = {
    kind: "refused_write",
    rule: "foreign_key",
    constraint: null,
    text: "FOREIGN KEY constraint failed",
  };
}

/** Why a write was refused; null: the error is none of a constraint or a trigger. */
export function refusalIn(error: unknown, database: Database): WriteRefusal | null {
  if (error instanceof ValueNotTold || error instanceof KeyRefused) return error.refusal;
  if (error instanceof NothingWritten) return { ...BY_TRIGGER, text: error.text };
  if (error instanceof ChangedSchema) return hasTriggers(database) ? refusalIn(error.cause, database) : null;
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_SQLITE_ERROR") return null;
  const text = error.message;
  for (const [pattern, rule] of REFUSALS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    // An index of expressions is told by its name, as a text of SQL.
    const constraint = match.groups?.["index"]?.replaceAll("''", "'") ?? match[1] ?? null;
    return { kind: "refused_write", rule, constraint, text };
  }
  // A trigger says what it likes; without triggers, what no function says is a bug of ours.
  if (hasTriggers(database)) return { ...BY_TRIGGER, text };
  const isOfExpression = OF_EXPRESSIONS.some((pattern) => pattern.test(text));
  return isOfExpression ? { kind: "refused_write", rule: "expression", constraint: null, text } : null;
}

/** Whether there are triggers that csvrecon has not made. */
export function hasTriggers(database: Database): boolean {
  return database.prepare(SPELLING_SQL.hasOtherTriggers).get() !== undefined;
}
