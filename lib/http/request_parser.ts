/** Bytes to requests: the head as it was sent, then the body without its chunks. It knows no sockets and no time. */
import { http2Refused, syntaxError, tooManyBlanks } from "../messages/http_faults.ts";
import type { RequestFault } from "./exchange.ts";
import { Llhttp, type ParserEvents } from "./llhttp.ts";

/** The head of a request, as it was sent. */
export interface RawHead {
  readonly method: string;
  readonly target: string;
  /** Six characters behind the target: ` HTTP/`, unless it is something else. */
  readonly protocol: string;
  /** `1.1` */
  readonly version: string;
  /** Names in lower case, and values, a character a byte. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

export interface ParsedBody {
  /** How many of the bytes are used up. */
  readonly used: number;
  /** A part of the bytes that were parsed. */
  readonly body: Uint8Array;
  readonly isComplete: boolean;
}

/** What chunks may add to a body: a chunk of one byte takes five more, and a few for an extension. */
const MOST_FRAMING_FOR_BYTE = 16;

/** Header fields of a request: browsers send twenty. */
const MOST_FIELDS = 100;

const PROTOCOL = " HTTP/";
const BLANK = 0x20;

/** One for a connection; `free` it. */
export class RequestParser implements ParserEvents {
  readonly #llhttp: Llhttp;
  /** What is being parsed. */
  #bytes: Uint8Array = new Uint8Array();
  #part: "head" | "body" = "head";
  #isPartComplete = false;
  #usedBytes = 0;
  #bodyBytes = 0;
  #target = "";
  /** Behind the target in the bytes being parsed; null: the target goes on. */
  #targetEnd: number | null = null;
  /** Between the method and the target, as far as they were parsed. */
  #blanks = 0;
  #protocol = "";
  #fields: [string, string][] = [];
  #isInValue = false;
  /** Where the trailers begin, in bytes behind the head; null: not yet. */
  #trailerStart: number | null = null;
  #bodyStart = 0;
  #bodyEnd = 0;

  /** @param headerBytes the most of a head, and of what a body's chunks add to it beyond reason */
  constructor(private readonly headerBytes: number) {
    this.#llhttp = new Llhttp(this);
  }

  /** Begins another request. */
  begin(): void {
    this.#llhttp.reset();
    this.#part = "head";
    this.#isPartComplete = false;
    this.#usedBytes = this.#bodyBytes = 0;
    this.#target = this.#protocol = "";
    this.#targetEnd = null;
    this.#blanks = 0;
    this.#fields = [];
    this.#isInValue = false;
    this.#trailerStart = null;
  }

  /** @returns how many of the bytes are used up; the head, when it is complete; or why there is none */
  parseHead(bytes: Uint8Array): { readonly used: number; readonly head: RawHead | null } | RequestFault {
    const room = this.headerBytes - this.#usedBytes;
    const used = this.#parse(bytes.subarray(0, room));
    if (typeof used !== "number") return used;
    if (this.#target === "") this.#countBlanks(used);
    else if (this.#blanks > 1) return { kind: "malformed", detail: tooManyBlanks() };
    this.#readProtocol(used);
    if (this.#fields.length > MOST_FIELDS) return { kind: "too_many_headers", most: MOST_FIELDS };
    if (!this.#isPartComplete) {
      return used >= room ? { kind: "headers_too_large", most: this.headerBytes } : { used, head: null };
    }
    this.#part = "body";
    this.#isPartComplete = false;
    this.#usedBytes = 0;
    return { used, head: this.#head() };
  }

  /**
   * The next part of the body of a request that has one. Pieces of chunks are moved together inside of `bytes`.
   * @returns what was found, or why there is none
   */
  parseBody(bytes: Uint8Array): ParsedBody | RequestFault {
    this.#bodyStart = this.#bodyEnd = 0;
    const used = this.#parse(bytes);
    if (typeof used !== "number") return used;
    const body = bytes.subarray(this.#bodyStart, this.#bodyEnd);
    this.#bodyBytes += body.length;
    const framing = this.#usedBytes - this.#bodyBytes;
    const trailers = this.#usedBytes - (this.#trailerStart ?? this.#usedBytes);
    if (framing > this.headerBytes + MOST_FRAMING_FOR_BYTE * this.#bodyBytes || trailers > this.headerBytes) {
      return { kind: "headers_too_large", most: this.headerBytes };
    }
    return { used, body, isComplete: this.#isPartComplete };
  }

  free(): void {
    this.#llhttp.free();
  }

  #parse(bytes: Uint8Array): number | RequestFault {
    this.#bytes = bytes;
    const parsed = this.#llhttp.parse(bytes);
    if (parsed.kind === "error") return { kind: "malformed", detail: syntaxError(parsed.reason) };
    if (parsed.kind === "http2") return { kind: "not_supported", status: 505, detail: http2Refused() };
    const used = parsed.kind === "more" ? bytes.length : parsed.used;
    this.#usedBytes += used;
    return used;
  }

  /** llhttp reads RTSP and ICE too, and does not tell. */
  #readProtocol(used: number): void {
    if (this.#target === "" || this.#protocol.length >= PROTOCOL.length) return;
    const start = this.#targetEnd ?? 0;
    const end = Math.min(start + PROTOCOL.length - this.#protocol.length, used);
    this.#protocol += this.#text(start, end);
    this.#targetEnd = null;
  }

  #head(): RawHead {
    const { method, version } = this.#llhttp;
    const fields = this.#fields.map(([name, value]) => [name.toLowerCase(), withoutBlanksBehind(value)] as const);
    return { method, version, target: this.#target, protocol: this.#protocol, fields };
  }

  /** llhttp lets any number of them pass, and other programs take what follows for another target. @param end behind them */
  #countBlanks(end: number): void {
    let start = end;
    while (start > 0 && this.#bytes[start - 1] === BLANK) start--;
    this.#blanks = end - start + (start === 0 ? this.#blanks : 0);
  }

  onTarget(start: number, end: number): void {
    if (this.#target === "") this.#countBlanks(start);
    this.#target += this.#text(start, end);
    this.#targetEnd = end;
    this.#protocol = "";
  }

  onFieldName(start: number, end: number): void {
    if (this.#part === "body") {
      this.#trailerStart ??= this.#usedBytes + start;
      return;
    }
    const last = this.#fields.at(-1);
    if (last === undefined || this.#isInValue) this.#fields.push([this.#text(start, end), ""]);
    else last[0] += this.#text(start, end);
    this.#isInValue = false;
  }

  onFieldValue(start: number, end: number): void {
    const last = this.#fields.at(-1);
    if (this.#part === "body" || last === undefined) return;
    last[1] += this.#text(start, end);
    this.#isInValue = true;
  }

  onHeadersComplete(): void {
    this.#isPartComplete = true;
  }

  onBody(start: number, end: number): void {
    if (this.#bodyEnd === 0) this.#bodyStart = this.#bodyEnd = start;
    if (this.#bodyEnd !== start) this.#bytes.copyWithin(this.#bodyEnd, start, end);
    this.#bodyEnd += end - start;
  }

  onMessageComplete(): void {
    this.#isPartComplete = true;
  }

  #text(start: number, end: number): string {
    return String.fromCharCode(...this.#bytes.subarray(start, end));
  }
}

/** No regular expression: one would look for the end from each blank within. */
function withoutBlanksBehind(value: string): string {
  let end = value.length;
  while (end > 0 && (value[end - 1] === " " || value[end - 1] === "\t")) end--;
  return value.slice(0, end);
}
