/** What is found out about a request on its way, for the access log and the metrics. */
import type { ExitCode } from "../errors.ts";
import type { HttpRequest } from "../http/exchange.ts";
import type { RowCounts } from "../report/totals.ts";

export interface RequestNotes {
  /** Who logged in. */
  user?: string;
  /** A login was refused. */
  isRefusedLogin?: boolean;
  class?: string;
  /** Of an import that was run, or refused. */
  exitCode?: ExitCode;
  /** Of an import that came to its end. */
  counts?: RowCounts;
  /** How long the import took. */
  seconds?: number;
  /** Where in the program a bug is, for the operator. */
  bug?: string;
}

/** The notes of the requests that there are. */
export class Notebook {
  readonly #notes = new WeakMap<HttpRequest, RequestNotes>();

  /** @param request null: none was read, and there is nothing to note */
  of(request: HttpRequest | null): RequestNotes {
    if (request === null) return {};
    const notes = this.#notes.get(request) ?? {};
    this.#notes.set(request, notes);
    return notes;
  }
}
