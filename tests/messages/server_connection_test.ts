import { assert, assertEquals } from "@std/assert";
import { connectFailure, connectionLost, lostBecause, serverStop } from "../../lib/messages/server_connection.ts";
import type { ConnectFailure, CutReason, ServerStop } from "../../lib/store/server_trouble.ts";
import type { StopMessage } from "../../lib/errors.ts";

const SERVER = {
  name: "postgres://anna@db.example/assets",
  host: "db.example",
  port: 5432,
  database: "assets",
  user: "anna",
};

/** What a terminal would obey may stand in whatever a server says. */
const WORDS = "a\u001b[31m\nb";

const FAILURES: Readonly<Record<ConnectFailure["kind"], ConnectFailure>> = {
  refused: { kind: "refused" },
  socket_missing: { kind: "socket_missing" },
  host_unknown: { kind: "host_unknown" },
  names_unanswered: { kind: "names_unanswered" },
  timed_out: { kind: "timed_out", seconds: 9 },
  no_tls: { kind: "no_tls" },
  certificate: { kind: "certificate", words: WORDS },
  shared_session: { kind: "shared_session" },
  tls_not_here: { kind: "tls_not_here", runtime: "2.4.2", needed: "2.5" },
  no_password: { kind: "no_password" },
  login_refused: { kind: "login_refused", words: WORDS, lacksTls: null },
  database_missing: { kind: "database_missing" },
  too_many: { kind: "too_many" },
  starting: { kind: "starting" },
  too_old: { kind: "too_old", version: 90624, oldest: 140_000 },
  other: { kind: "other", words: `${WORDS}c` },
};

const STOPS: Readonly<Record<ServerStop["kind"], ServerStop>> = {
  locked: { kind: "locked", seconds: 10 },
  deadlock: { kind: "deadlock" },
  conflict: { kind: "conflict", words: WORDS },
  cancelled: { kind: "cancelled" },
  disk_full: { kind: "disk_full", words: WORDS },
  read_only: { kind: "read_only", words: WORDS },
  not_allowed: { kind: "not_allowed", words: WORDS },
  system: { kind: "system", words: WORDS },
  out_of_memory: { kind: "out_of_memory", words: WORDS },
  damaged: { kind: "damaged", words: WORDS },
};

const REASONS: readonly CutReason[] = ["no_answer", "session_gone", "server_waits"];

const MESSAGES: readonly StopMessage[] = [
  ...Object.values(FAILURES).map((failure) => connectFailure(SERVER, failure)),
  ...Object.values(STOPS).map((stop) => serverStop(SERVER, stop)),
  ...REASONS.map((reason) => connectionLost(SERVER, lostBecause(reason))),
];

Deno.test("each sentence names the server, stays on its line, and says what to do", () => {
  for (const { text, hint } of MESSAGES) {
    assert(text.includes(`'${SERVER.name}'`), text);
    // deno-lint-ignore no-control-regex -- what a terminal obeys
    assert(!/[\u0000-\u001f]|undefined|\.\.|\. \./.test(text + hint), text + hint);
    assert(hint?.endsWith("."), hint);
  }
  assertEquals(new Set(MESSAGES.map(({ text }) => text)).size, MESSAGES.length);
});

Deno.test("who cannot be reached is named as it was tried", () => {
  assertEquals(connectFailure(SERVER, FAILURES.refused), {
    text: "Server could not be connected with: 'postgres://anna@db.example/assets' (nobody listens at db.example:5432)",
    hint: "Check host and port, and that the server runs. Nothing was changed.",
  });
  assertEquals(
    connectFailure({ ...SERVER, name: "postgres://anna@/assets?host=/run", host: "/run" }, FAILURES.socket_missing)
      .text,
    "Server could not be connected with: 'postgres://anna@/assets?host=/run' (there is no socket /run/.s.PGSQL.5432)",
  );
});
