/** What a session asks for before it does anything, and what look-ups need. */
import { quoteName } from "../sql/sql_text.ts";

/** What the server itself says of a session: its version, the number that it has there, and who the server is. */
export const SESSION_FACTS =
  "SELECT current_setting('server_version_num')::int4, pg_catalog.pg_backend_pid(), version()";

/** The oldest release that is still looked after by those who make it, as `server_version_num`. */
export const OLDEST_VERSION = 140_000;

/** From here on a whole transaction may be given a time. */
const WITH_TRANSACTION_TIMEOUT = 170_000;

export interface SessionFacts {
  readonly version: number;
  /** It is none of PostgreSQL. */
  readonly isOther: boolean;
  readonly schema: string;
  /** How long another writer is waited for. */
  readonly busyTimeoutSeconds: number;
}

export interface SessionStatements {
  /** What a server may refuse. */
  readonly wishes: readonly string[];
  readonly needed: readonly string[];
}

/** A run may wait for its input as long as it likes; for locks it waits as long as somebody has said. */
export function sessionStatements(facts: SessionFacts): SessionStatements {
  const path = `SET search_path = ${quoteName(facts.schema)}`;
  const settings = settingsOf(facts);
  if (!facts.isOther) return { wishes: WISHES, needed: [...settings, path] };
  return { wishes: [...WISHES, ...WISHES_OF_OTHERS, ...settings], needed: [path] };
}

/** A change of the schema must not commit what was done before it. */
const WISHES_OF_OTHERS: readonly string[] = ["SET autocommit_before_ddl = off"];

function settingsOf({ version, busyTimeoutSeconds }: SessionFacts): readonly string[] {
  return [
    `SET lock_timeout = ${lockTimeout(busyTimeoutSeconds)}`,
    "SET statement_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
    "SET idle_session_timeout = 0",
    ...version < WITH_TRANSACTION_TIMEOUT ? [] : ["SET transaction_timeout = 0"],
    ...AS_WE_TAKE_THEM,
    "SET jit = off",
  ];
}

/** How values and statements are read, and what the server tells of its schema: somebody may have set it otherwise for a database or a role. */
const AS_WE_TAKE_THEM: readonly string[] = [
  "SET TimeZone = 'UTC'",
  "SET standard_conforming_strings = on",
  "SET array_nulls = on",
  "SET transform_null_equals = off",
  "SET extra_float_digits = 1",
  "SET quote_all_identifiers = off",
  "SET exit_on_error = off",
];

/**
 * The server locks tables for moments by itself, those of its catalogue too (autovacuum, as it gives back room at their ends), and gives way
 * within some dozens of milliseconds to whoever waits: so nobody waits for less. In milliseconds.
 */
const LEAST_WAIT = 250;

/** In milliseconds. */
export function lockTimeout(seconds: number): number {
  return Math.max(LEAST_WAIT, Math.round(seconds * 1000));
}

/**
 * By these the server soon finds out that nobody is there any more, and gives up what it has locked. Not every machine that it runs on has
 * all of them, and a pooler may refuse them.
 */
const WISHES: readonly string[] = [
  "SET tcp_keepalives_idle = 5",
  "SET tcp_keepalives_interval = 2",
  "SET tcp_keepalives_count = 3",
  "SET tcp_user_timeout = '10s'",
  "SET client_connection_check_interval = '5s'",
];

/**
 * To be executed in a transaction that looks for whole groups of rows: plans are made once, of tables that may be empty then, and must be
 * good when they are full.
 */
export const LOOK_UP_PLANS = [
  "SET LOCAL enable_seqscan = off",
  "SET LOCAL enable_hashjoin = off",
  "SET LOCAL enable_mergejoin = off",
  "SET LOCAL plan_cache_mode = force_generic_plan",
].join("; ");
