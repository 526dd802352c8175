/** Where every request is entered when it is over: the access log, the metrics, and for bugs standard error. */
import type { ExchangeEnd, HttpRequest } from "../http/exchange.ts";
import type { ProgramIo } from "../io.ts";
import { requestBug } from "../messages/server.ts";
import { whisper } from "../report/explain.ts";
import { accessLine } from "./access_log.ts";
import type { LogOutput } from "./access_log_file.ts";
import { clientAddress } from "./login/client_address.ts";
import type { Gauges, Metrics } from "./metrics.ts";
import type { RequestNotes } from "./request_notes.ts";

export interface RequestBookOptions {
  readonly log: LogOutput;
  readonly metrics: Metrics;
  readonly proxies: readonly string[];
  readonly io: Pick<ProgramIo, "stderr" | "now">;
}

export class RequestBook {
  readonly #notes = new WeakMap<HttpRequest, RequestNotes>();

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
    const bugs = [...end.error === null ? [] : [traceOf(end.error)], ...notes.bug === undefined ? [] : [notes.bug]];
    for (const bug of bugs) void whisper(requestBug(bug) + "\n", io.stderr);
  }

  metricsText(gauges: Gauges): string {
    return this.options.metrics.text(gauges);
  }
}

function traceOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
