/** Sentences about a server: who is not let in and why, connections that end, and what a server cannot do. */
import type { StopMessage } from "../errors.ts";
import type { PostgresAddress } from "../server_address/postgres_address.ts";
import type { ConnectFailure, CutReason, LackingTls, ServerStop } from "../store/server_trouble.ts";
import { quoted, visible } from "./quoted.ts";

type Server = Pick<PostgresAddress, "name" | "host" | "port" | "database" | "user">;

const NOTHING_CHANGED = "Nothing was changed.";

/** Why nobody was let in. */
export function connectFailure(server: Server, failure: ConnectFailure): StopMessage {
  const { text, hint } = failureWords(server, failure);
  return {
    text: `Server could not be connected with: ${quoted(server.name)} (${text})`,
    hint: `${hint}. ${NOTHING_CHANGED}`,
  };
}

interface Words {
  readonly text: string;
  readonly hint: string;
}

function failureWords(server: Server, failure: ConnectFailure): Words {
  const place = server.host.startsWith("/")
    ? `${server.host}/.s.PGSQL.${server.port}`
    : `${server.host}:${server.port}`;
  switch (failure.kind) {
    case "refused":
      return { text: `nobody listens at ${place}`, hint: "Check host and port, and that the server runs" };
    case "socket_missing":
      return {
        text: `there is no socket ${place}`,
        hint: "Check host and port, and that the server runs on this machine",
      };
    case "host_unknown":
      return { text: `no address is known for the host ${visible(server.host)}`, hint: "Check its name" };
    case "names_unanswered":
      return {
        text: `the address of the host ${visible(server.host)} could not be asked for just now`,
        hint: "Try again in a moment, or check the name servers (DNS) of this machine",
      };
    case "timed_out":
      return {
        text: `no answer from ${place} within ${failure.seconds} s`,
        hint: "Check host and port, and what stands between: firewalls drop what they do not let through. " +
          "To wait longer, add connect_timeout=30 to the address",
      };
    case "too_many":
      return {
        text: "the server has as many connections as it takes",
        hint: "Try again later, or raise max_connections",
      };
    case "starting":
      return { text: "the server is starting, stopping or recovering", hint: "Try again in a moment" };
    case "too_old":
      return {
        text: `it is PostgreSQL ${release(failure.version)}, and ${release(failure.oldest)} or newer was expected`,
        hint: "Use a newer server",
      };
    case "shared_session":
      return {
        text: "a pooler stands between that gives the session to others between two transactions",
        hint: "Connect with the server itself, or set pool_mode = session for this database in the pooler",
      };
    case "other":
      return { text: visible(failure.words), hint: "The log of the server may tell more" };
    default:
      return wordsOfEntry(server, failure);
  }
}

/** Major numbers alone tell what a server can do. */
function release(version: number): string {
  return String(Math.floor(version / 10_000));
}

type Entry = Extract<
  ConnectFailure,
  { readonly kind: "no_tls" | "certificate" | "tls_not_here" | "no_password" | "login_refused" | "database_missing" }
>;

function wordsOfEntry({ user, database }: Server, failure: Entry): Words {
  switch (failure.kind) {
    case "no_tls":
      return {
        text: "sslmode asks for TLS, which this server does not speak",
        hint: "Turn it on there (ssl = on), or take sslmode=disable where nobody else can read along",
      };
    case "certificate":
      return {
        text: `its certificate is not trusted: ${visible(failure.words)}`,
        hint: "Name the certificate of its authority with sslrootcert=FILE, and the host as the certificate has it",
      };
    case "tls_not_here":
      return {
        text: `TLS needs a csvrecon that was compiled with Deno ${failure.needed} or newer, this is ${failure.runtime}`,
        hint: "Take such a csvrecon, or a Unix socket, or a tunnel of your own and sslmode=disable",
      };
    case "no_password":
      return {
        text: `the server wants a password of user ${quoted(user)}, and none is known`,
        hint:
          "Put it into ~/.pgpass, a line HOST:PORT:DATABASE:USER:PASSWORD in a file that only you may read, or into " +
          "PGPASSWORD",
      };
    case "login_refused":
      return {
        text: visible(failure.words),
        hint: `Check the user, the password, and who may come from where in pg_hba.conf of the server` +
          withoutTls(failure.lacksTls),
      };
    case "database_missing":
      return { text: `it has no database ${quoted(database)}`, hint: "Make it with: createdb" };
  }
}

/** A server may want TLS of everybody. */
function withoutTls(lacking: LackingTls | null): string {
  if (lacking === null) return "";
  return `. If it wants TLS: that needs a csvrecon that was compiled with Deno ${lacking.needed} or newer, this is ${lacking.runtime}`;
}

/** While somebody was connected. @param words of the system or the server */
export function connectionLost(server: Server, words: string): StopMessage {
  return {
    text: `Connection to the server was lost: ${quoted(server.name)} (${visible(words)})`,
    hint: "What was not committed the server takes back. Try again when it can be reached.",
  };
}

/** What the watch has found, in place of words of the system. */
export function lostBecause(why: CutReason): string {
  switch (why) {
    case "no_answer":
      return "the server no longer answers";
    case "session_gone":
      return "the server knows nothing of this connection any more";
    case "server_waits":
      return "the server has answered, and the answer does not arrive";
  }
}

/** What a server says of itself. */
export function serverStop(server: Server, stop: ServerStop): StopMessage {
  const name = quoted(server.name);
  switch (stop.kind) {
    case "locked":
      return {
        text: `Database is locked by another writer: ${name} (waited ${stop.seconds} s)`,
        hint: `Try again when the other one is done, or wait longer with --busy_timeout=60. ${NOTHING_CHANGED}`,
      };
    case "deadlock":
      return {
        text: `Another writer and this run waited for each other: ${name}`,
        hint: `Try again when the other one is done. ${NOTHING_CHANGED}`,
      };
    case "conflict":
      return told("Other writers were in the way of this run", name, stop.words, "Try again when they are done.");
    case "cancelled":
      return {
        text: `Somebody at the server ended a statement of this run: ${name}`,
        hint: `Ask who looks after the server, and try again. ${NOTHING_CHANGED}`,
      };
    case "disk_full":
      return told(
        "Database could not be written, the disk of the server is full",
        name,
        stop.words,
        "Make room and try again.",
      );
    case "out_of_memory":
      return told("Server has not what this run needs", name, stop.words, "Try again, or give the server more.");
    case "system":
      return told("Server could not read or write", name, stop.words, "The log of the server tells more.");
    case "read_only":
      return told(
        "Database is read-only",
        name,
        stop.words,
        "Name the server that takes writes, and not one that follows it.",
      );
    case "not_allowed":
      return told(
        `User ${quoted(server.user)} may not do this`,
        name,
        stop.words,
        "Let the owner grant what is missing.",
      );
    case "damaged":
      return told("Database is damaged", name, stop.words, "Restore a backup. The log of the server tells more.");
  }
}

function told(what: string, name: string, words: string, hint: string): StopMessage {
  return { text: `${what}: ${name} (${visible(words)})`, hint: `${hint} ${NOTHING_CHANGED}` };
}
