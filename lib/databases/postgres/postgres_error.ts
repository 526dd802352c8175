/** What a server refuses: its own words and the names that it tells. */

/** Facts of a refusal (https://www.postgresql.org/docs/current/protocol-error-fields.html). */
export interface PostgresErrorFacts {
  /** Five characters (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
  readonly sqlstate: string;
  readonly detail: string | null;
  readonly hint: string | null;
  readonly schema: string | null;
  readonly table: string | null;
  readonly column: string | null;
  readonly constraint: string | null;
}

/** A statement was refused, and the connection goes on. In a transaction nothing else is taken until it is rolled back. */
export class PostgresError extends Error implements PostgresErrorFacts {
  readonly sqlstate: string;
  readonly detail: string | null;
  readonly hint: string | null;
  readonly schema: string | null;
  readonly table: string | null;
  readonly column: string | null;
  readonly constraint: string | null;

  /** @param message in the words of the server */
  constructor(message: string, facts: PostgresErrorFacts, options?: ErrorOptions) {
    super(message, options);
    this.name = "PostgresError";
    this.sqlstate = facts.sqlstate;
    this.detail = facts.detail;
    this.hint = facts.hint;
    this.schema = facts.schema;
    this.table = facts.table;
    this.column = facts.column;
    this.constraint = facts.constraint;
  }
}

/** Of every statement in a transaction that has failed already. */
export const AFTER_FAILURE = "25P02";

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** What the client throws for a refusal of the server; null: it throws for another reason, such as a broken connection. */
export function refusalOf(error: unknown): PostgresError | null {
  if (error instanceof PostgresError) return error;
  if (!(error instanceof Error) || !("severity" in error) || !("code" in error)) return null;
  const told: Readonly<Record<string, unknown>> = { ...error };
  const text = (name: string) => typeof told[name] === "string" ? told[name] : null;
  const sqlstate = text("code");
  if (sqlstate === null || !SQLSTATE.test(sqlstate)) return null;
  return new PostgresError(error.message, {
    sqlstate,
    detail: text("detail"),
    hint: text("hint"),
    schema: text("schema"),
    table: text("table"),
    column: text("column"),
    constraint: text("constraint"),
  }, { cause: error });
}
