/** A request that is refused before an import runs: what a report says of it, as the command would print it, and the status of the answer. */
import { EXIT, type ExitCode, RunStop, type StopMessage } from "../errors.ts";
import type { HttpAnswer } from "../http/exchange.ts";
import { formProblem } from "../messages/forms.ts";
import {
  serverCannotWrite,
  serverDatabaseLocked,
  serverDatabaseNotUsable,
  serverDatabaseReplaced,
} from "../messages/served_imports.ts";
import type { TypedReportStyle } from "../parameters/settings/typed_report_style.ts";
import { UsageStop } from "../parameters/reading/check_parameters.ts";
import { earlyRefusal } from "../report/early_refusal.ts";
import { DatabaseReplaced } from "../store/database_replaced.ts";
import { loginRefusal, type LoginResult } from "../users/login.ts";
import { answer, JSON_LINES, PLAIN_TEXT, retryAfter, textBody } from "./answers.ts";
import { formProblemStatus, type FormStop } from "./form/form_problem.ts";

/** Ends the work on a request. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly stop: RunStop,
    readonly headers: Readonly<Record<string, string>> = {},
    /** What the operator is told in place of the client; null: it is no trouble of the server's. */
    readonly trouble: RunStop | null = null,
  ) {
    super(stop.message, { cause: stop });
    this.name = "Refusal";
  }
}

/** RFC 7617: the realm names what the login is for. */
const ASK_FOR_LOGIN = { "www-authenticate": 'Basic realm="csvrecon", charset="UTF-8"' };

/** Seconds after which it is worth another try when another program holds the database. */
const LOCK_SECONDS = 5;

/** The exit code's own status; an import that came to its last row has 200, whatever became of its rows. */
export function statusFor(exitCode: ExitCode): number {
  switch (exitCode) {
    case EXIT.done:
    case EXIT.rowsInError:
    case EXIT.limitExceeded:
      return 200;
    case EXIT.usage:
    case EXIT.badInput:
    case EXIT.inputMissing:
      return 400;
    case EXIT.notAllowed:
      return 403;
    case EXIT.databaseLocked:
      return 503;
    default:
      return 500;
  }
}

/** What a report's answer says in its header: the exit code of the command that would do the same. */
export function exitCodeHeaders(exitCode: ExitCode): Readonly<Record<string, string>> {
  const wait = exitCode === EXIT.databaseLocked ? retryAfter(LOCK_SECONDS) : {};
  return { "csvrecon-exit-code": String(exitCode), ...wait };
}

/**
 * The refusal of what stopped an import before it could run. What is wrong with the server itself is told to its operator; clients hear
 * neither of paths nor of what to do on its command line.
 */
export function refusalOf(stop: RunStop): Refusal {
  if (stop instanceof DatabaseReplaced) {
    return new Refusal(503, new RunStop(stop.exitCode, [serverDatabaseReplaced()]), {}, stop);
  }
  const status = statusFor(stop.exitCode);
  if (status < 500) return new Refusal(status, stop);
  return new Refusal(status, new RunStop(stop.exitCode, messagesForClient(stop)), {}, stop);
}

function messagesForClient({ exitCode, messages }: RunStop): readonly StopMessage[] {
  switch (exitCode) {
    case EXIT.databaseNotWritable:
      return [serverCannotWrite()];
    case EXIT.databaseLocked:
      return [serverDatabaseLocked()];
    case EXIT.databaseNotUsable:
      return [serverDatabaseNotUsable()];
    default:
      return messages.map(({ text }) => ({ text }));
  }
}

export function loginMissing(stop: RunStop): Refusal {
  return new Refusal(401, stop, ASK_FOR_LOGIN);
}

export function loginRefused(result: Exclude<LoginResult, { readonly ok: true }>, login: string): Refusal {
  const stop = loginRefusal(result, login);
  if (result.reason === "refused") return new Refusal(401, stop, ASK_FOR_LOGIN);
  return new Refusal(429, stop, retryAfter(result.seconds));
}

export function formRefused({ problem }: FormStop): Refusal {
  return new Refusal(formProblemStatus(problem), new RunStop(EXIT.usage, [formProblem(problem)]));
}

/** @param seconds until it is worth another try */
export function busyRefused(message: StopMessage, seconds: number): Refusal {
  return new Refusal(503, new RunStop(EXIT.databaseLocked, [message]), retryAfter(seconds));
}

export function refusalAnswer({ status, stop, headers }: Refusal, style: TypedReportStyle): HttpAnswer {
  const usage = stop instanceof UsageStop ? stop.usage : null;
  const text = earlyRefusal(stop, { ...style, hasHints: true }, usage, { isTerminal: false });
  return answer(status, reportType(style.output), textBody(text), { ...exitCodeHeaders(stop.exitCode), ...headers });
}

/** The type of a report. @param output as it was asked for, whatever it is */
export function reportType(output: string | undefined): string {
  return output === "json" ? JSON_LINES : PLAIN_TEXT;
}
