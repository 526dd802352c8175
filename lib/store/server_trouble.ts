/** What keeps a run from a database on a server, and what ends it there. The words are in `messages/server_connection.ts`. */

/** A runtime that has no TLS, and the oldest that has. */
export interface LackingTls {
  readonly runtime: string;
  readonly needed: string;
}

/** Why a server has let nobody in. */
export type ConnectFailure =
  | { readonly kind: "refused" }
  | { readonly kind: "socket_missing" }
  | { readonly kind: "host_unknown" }
  /** Whoever knows the addresses of hosts does not answer now. */
  | { readonly kind: "names_unanswered" }
  | { readonly kind: "timed_out"; readonly seconds: number }
  | { readonly kind: "no_tls" }
  /** The words of the runtime. */
  | { readonly kind: "certificate"; readonly words: string }
  | { readonly kind: "tls_not_here" } & LackingTls
  | { readonly kind: "no_password" }
  /** The words of the server. `lacksTls`: what this runtime has not offered, and from which one on it could; null: nothing. */
  | { readonly kind: "login_refused"; readonly words: string; readonly lacksTls: LackingTls | null }
  | { readonly kind: "database_missing" }
  | { readonly kind: "too_many" }
  | { readonly kind: "starting" }
  /** `version` as the server tells it, and the oldest that we know. */
  | { readonly kind: "too_old"; readonly version: number; readonly oldest: number }
  /** A pooler gives the session to somebody else between two transactions. */
  | { readonly kind: "shared_session" }
  | { readonly kind: "other"; readonly words: string };

/** Why a run cannot go on: what the server says of itself, and nothing of a row. */
export type ServerStop =
  | { readonly kind: "locked"; readonly seconds: number }
  | { readonly kind: "deadlock" }
  /** The words of the server. */
  | { readonly kind: "conflict"; readonly words: string }
  | { readonly kind: "cancelled" }
  | {
    readonly kind: "disk_full" | "read_only" | "not_allowed" | "system" | "out_of_memory" | "damaged";
    readonly words: string;
  };

/** Why a connection was cut whose answer did not come: nobody answers; the server knows the session no more; it has answered, and waits. */
export type CutReason = "no_answer" | "session_gone" | "server_waits";
