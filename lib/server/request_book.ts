/** Where every request is entered when it is over: the access log, the metrics, and what is the operator's to mend on standard error. */
import type { ExchangeEnd, HttpRequest } from "../http/exchange.ts";
import type { ProgramIo } from "../io.ts";
import { visible } from "../messages/quoted.ts";
import { quietBeforeLogin, requestBug } from "../messages/server.ts";
import { stopLines } from "../messages/stop_lines.ts";
import { tryToWrite } from "../report/tell_stop.ts";
import { accessLine } from "./access_log.ts";
import type { LogOutput } from "./access_log_file.ts";
import { clientAddress } from "./login/client_address.ts";
import type { Gauges, Metrics } from "./metrics.ts";
import type { RequestNotes } from "./request_notes.ts";
import { ToldBeforeLogin } from "./told_before_login.ts";

export interface RequestBookOptions {
  readonly log: LogOutput;
  readonly metrics: Metrics;
  readonly proxies: readonly string[];
  readonly io: Pick<ProgramIo, "stderr" | "now">;
}

export class RequestBook {
  readonly #notes = new WeakMap<HttpRequest, RequestNotes>();

  readonly #toldBeforeLogin = new ToldBeforeLogin();

  constructor(readonly options: RequestBookOptions) {}

  /** The notes of a request, to be written on until it is over. */
  notesOf(request: HttpRequest): RequestNotes {
    const notes = this.#notes.get(request) ?? {};
    this.#notes.set(request, notes);
    return notes;
  }

  /** Enters what is over. */
  enter(end: ExchangeEnd): void {
    const { log, metrics, proxies, io } = this.options;
    const notes = end.request === null ? {} : this.notesOf(end.request);
    metrics.count(end, notes);
    log.write(accessLine(end, clientAddress(end.peer, end.request?.headers ?? null, proxies), notes, io.now()));
    this.#tell(troubleText(end.error, notes), notes.user !== undefined);
  }

  #tell(text: string, isLoggedIn: boolean): void {
    if (text === "") return;
    const { io } = this.options;
    if (isLoggedIn) return void tryToWrite(text, io.stderr);
    const { isTold, isLast } = this.#toldBeforeLogin.next(io.now());
    if (isTold) void tryToWrite(isLast ? text + quietBeforeLogin() + "\n" : text, io.stderr);
  }

  metricsText(gauges: Gauges): string {
    return this.options.metrics.text(gauges);
  }
}

/** What the operator is told of a request, in whole lines; empty: nothing. */
function troubleText(error: unknown, { trouble, bug }: RequestNotes): string {
  const lines = trouble === undefined ? [] : stopLines(trouble, { isTold: false, about: "" });
  const traces = [...error === null ? [] : [traceOf(error)], ...bug === undefined ? [] : [bug]];
  // What a client sent may be in a message.
  return [...lines, ...traces.flatMap((trace) => requestBug(trace).split("\n"))].map((line) => visible(line) + "\n")
    .join("");
}

function traceOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
