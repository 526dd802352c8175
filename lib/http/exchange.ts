/** What the HTTP room and those who use it speak about: requests, answers, and what became of them. It knows nothing of CSV. */

/** Who is at the other end of a connection. */
export type Peer =
  | { readonly transport: "tcp"; readonly address: string; readonly port: number }
  | { readonly transport: "unix" };

/** Header fields of a request. */
export interface RequestHeaders {
  /**
   * @param name in lower case
   * @returns the value, a character a byte (ISO 8859-1), without blanks around it; of a repeated field all of them, joined by `, `;
   *   null: there is none
   */
  get(name: string): string | null;
}

/**
 * The body of a request, once. Nothing is read from the connection before it is asked for, and a client that waits for `100 Continue`
 * is told to go on by the first step; so a request that is answered without its body costs nothing.
 */
export interface RequestBody extends AsyncIterable<Uint8Array> {
  /** As the client announced it; null: sent in chunks, the end will tell. 0: there is no body. */
  readonly announcedBytes: number | null;
  /** Bytes taken so far. */
  readonly takenBytes: number;
}

/** A request whose head was read. */
export interface HttpRequest {
  /** In capitals. */
  readonly method: string;
  /**
   * As it was sent, percent signs and all, without the query: `/webservices/import.php`. Printable ASCII, and begins with `/`; or `*`, of
   * OPTIONS.
   */
  readonly path: string;
  /** Behind the first `?`, as it was sent, printable ASCII; empty: none. */
  readonly query: string;
  readonly headers: RequestHeaders;
  readonly peer: Peer;
  /** Whether the connection is encrypted. */
  readonly isSecure: boolean;
  /** Pieces are good until the next one is asked for. Reading throws `RequestStop`; then `signal` is aborted too. */
  readonly body: RequestBody;
  /** Aborted, with a `RequestStop` as reason, when the client goes away or sends more than it announced before it has its answer. */
  readonly signal: AbortSignal;
}

/** Why a request cannot be read to its end. */
export type RequestFault =
  /** No HTTP/1.1, or none that can be trusted. */
  | { readonly kind: "malformed"; readonly detail: string }
  /** Good HTTP, perhaps, but none that is spoken here. */
  | { readonly kind: "not_supported"; readonly status: 417 | 501 | 505; readonly detail: string }
  /** No connection could be made secure. */
  | { readonly kind: "handshake_failed"; readonly detail: string }
  | { readonly kind: "headers_too_large"; readonly most: number }
  | { readonly kind: "too_many_headers"; readonly most: number }
  /** The headers did not come in time. */
  | { readonly kind: "headers_too_slow"; readonly seconds: number }
  | { readonly kind: "body_too_large"; readonly most: number }
  /** Fewer bytes a second than the least. */
  | { readonly kind: "body_too_slow"; readonly bytesPerSecond: number }
  /** The whole request took longer than it may. */
  | { readonly kind: "request_too_slow"; readonly seconds: number }
  /** The connection ended before the body did. */
  | { readonly kind: "body_too_short" }
  /** More came than was announced. */
  | { readonly kind: "body_too_long" }
  /** The client went away before it had its answer. */
  | { readonly kind: "client_gone" }
  /** The client took fewer bytes of its answer a second than the least. */
  | { readonly kind: "answer_too_slow"; readonly bytesPerSecond: number }
  | { readonly kind: "too_many_connections" }
  | { readonly kind: "stopping" }
  /** What made the answer failed. No `RequestStop` has this reason. */
  | { readonly kind: "bug" };

/** Ends the reading of a request. */
export class RequestStop extends Error {
  constructor(readonly fault: RequestFault) {
    super(fault.kind);
    this.name = "RequestStop";
  }
}

/** The bytes of an answer. */
export interface AnswerBody {
  readonly bytes: number;
  /** Pieces that are good until the next one is asked for. */
  pieces(): Iterable<Uint8Array>;
  /** Called once, whatever became of the answer. Must not throw. */
  close(): void;
}

/** What a handler answers. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in any case. Length, date and connection are added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AnswerBody;
}

/**
 * Makes the answer to a request. Never rejects but with the `RequestStop` that reading the body threw, which the server's `faultAnswer`
 * answers, or for a bug, which is answered with 500.
 */
export type Handler = (request: HttpRequest) => Promise<HttpAnswer>;

/** What became of a request, or of a connection that never became one. */
export interface ExchangeEnd {
  /** Null: the request could not be read. */
  readonly request: HttpRequest | null;
  readonly peer: Peer;
  /** What was answered; null: nothing could be. */
  readonly status: number | null;
  readonly fault: RequestFault | null;
  /** Of the body. */
  readonly bytesIn: number;
  /** Of the body. */
  readonly bytesOut: number;
  /** From the first byte of the request to the last of the answer. */
  readonly milliseconds: number;
  /** A bug: what the handler threw. */
  readonly error: unknown;
}

/** Bytes, seconds and counts, each more than 0. */
export interface HttpLimits {
  /** Bytes of the request line and all header fields together; also of what chunks add to a body beyond reason, and of its trailers. */
  readonly headerBytes: number;
  /** Seconds from the first byte of a request to the end of its headers; also for a new connection to send its first byte, and a TLS handshake. */
  readonly headerSeconds: number;
  /** Seconds that a connection may wait for another request. */
  readonly idleSeconds: number;
  /** Bytes of a body. */
  readonly bodyBytes: number;
  /** The least at which a body must come and an answer be taken; it may fall behind that by `rateSeconds`. */
  readonly bytesPerSecond: number;
  readonly rateSeconds: number;
  /** Seconds for a whole request to arrive; the time in which its body is not asked for does not count. */
  readonly requestSeconds: number;
  /** Seconds that a body may still take to come once the server is stopping: a stranger must not put off its end. */
  readonly stopSeconds: number;
  /** Connections at a time. One more is told 503 and closed. */
  readonly connections: number;
}

export interface HttpServerOptions {
  readonly limits: HttpLimits;
  readonly handler: Handler;
  /** The answer to a request that could not be read, or not be answered; null: the connection is closed without. */
  readonly faultAnswer: (fault: RequestFault) => HttpAnswer | null;
  /** Told of every request when it is over. Must not throw. */
  readonly onEnd: (end: ExchangeEnd) => void;
}
