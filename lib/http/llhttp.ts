/** The HTTP parser of Node.js, llhttp, as WebAssembly. One instance of the module serves all connections: every call is synchronous. */
import llhttpModule from "llhttp-wasm";

/** Where the parser tells what it finds. Positions are in the bytes being parsed; what is cut there comes in several calls. */
export interface ParserEvents {
  onTarget(start: number, end: number): void;
  onFieldName(start: number, end: number): void;
  onFieldValue(start: number, end: number): void;
  /** The parser pauses behind them. */
  onHeadersComplete(): void;
  onBody(start: number, end: number): void;
  /** The parser pauses behind it. */
  onMessageComplete(): void;
}

/** How the parsing of some bytes ended. */
export type Parsed =
  /** All bytes are used up. */
  | { readonly kind: "more" }
  /** At the end of the headers or of the message. */
  | { readonly kind: "paused"; readonly used: number }
  /** The start of HTTP/2, whose preface looks like a request. */
  | { readonly kind: "http2" }
  /** @property reason in English, as llhttp says it */
  | { readonly kind: "error"; readonly reason: string };

/** As many bytes may be parsed at once. */
export const MOST_AT_ONCE = 16 * 1024;

/** From `llhttp.h`. */
const TYPE_REQUEST = 1;
const OK = 0;
const PAUSED = 21;
const PAUSED_H2_UPGRADE = 23;

interface Exports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(bytes: number): number;
  llhttp_alloc(type: number): number;
  llhttp_free(parser: number): void;
  llhttp_reset(parser: number): void;
  llhttp_resume(parser: number): void;
  llhttp_execute(parser: number, data: number, bytes: number): number;
  llhttp_get_error_pos(parser: number): number;
  llhttp_get_error_reason(parser: number): number;
  llhttp_get_method(parser: number): number;
  llhttp_method_name(method: number): number;
  llhttp_get_http_major(parser: number): number;
  llhttp_get_http_minor(parser: number): number;
}

/** What is told while `llhttp_execute` runs. */
let current: ParserEvents | null = null;
let shared: { readonly calls: Exports; readonly data: number } | null = null;

/** Strict in every way: no lenient flag of llhttp is ever set. */
export class Llhttp {
  readonly #calls: Exports;
  readonly #data: number;
  readonly #parser: number;

  constructor(private readonly events: ParserEvents) {
    shared ??= instantiate();
    this.#calls = shared.calls;
    this.#data = shared.data;
    this.#parser = this.#calls.llhttp_alloc(TYPE_REQUEST);
  }

  /** @param bytes at most `MOST_AT_ONCE` */
  parse(bytes: Uint8Array): Parsed {
    new Uint8Array(this.#calls.memory.buffer, this.#data, MOST_AT_ONCE).set(bytes);
    current = this.events;
    const code = this.#calls.llhttp_execute(this.#parser, this.#data, bytes.length);
    current = null;
    if (code === OK) return { kind: "more" };
    if (code === PAUSED_H2_UPGRADE) return { kind: "http2" };
    if (code !== PAUSED) {
      return { kind: "error", reason: text(this.#calls, this.#calls.llhttp_get_error_reason(this.#parser)) };
    }
    const used = this.#calls.llhttp_get_error_pos(this.#parser) - this.#data;
    this.#calls.llhttp_resume(this.#parser);
    return { kind: "paused", used };
  }

  get method(): string {
    return text(this.#calls, this.#calls.llhttp_method_name(this.#calls.llhttp_get_method(this.#parser)));
  }

  /** `1.1` */
  get version(): string {
    return `${this.#calls.llhttp_get_http_major(this.#parser)}.${this.#calls.llhttp_get_http_minor(this.#parser)}`;
  }

  /** Makes ready for another message. */
  reset(): void {
    this.#calls.llhttp_reset(this.#parser);
  }

  /** Gives its memory back; nothing may be called afterwards. */
  free(): void {
    this.#calls.llhttp_free(this.#parser);
  }
}

function instantiate(): { readonly calls: Exports; readonly data: number } {
  let data = 0;
  const span = (tell: (events: ParserEvents, start: number, end: number) => void) => {
    return (_parser: number, at: number, bytes: number) => {
      if (current !== null) tell(current, at - data, at - data + bytes);
      return OK;
    };
  };
  const mark = (tell: (events: ParserEvents) => void) => () => {
    if (current !== null) tell(current);
    return PAUSED;
  };
  const env = {
    wasm_on_message_begin: () => OK,
    wasm_on_status: () => OK,
    wasm_on_url: span((events, start, end) => events.onTarget(start, end)),
    wasm_on_header_field: span((events, start, end) => events.onFieldName(start, end)),
    wasm_on_header_value: span((events, start, end) => events.onFieldValue(start, end)),
    wasm_on_headers_complete: mark((events) => events.onHeadersComplete()),
    wasm_on_body: span((events, start, end) => events.onBody(start, end)),
    wasm_on_message_complete: mark((events) => events.onMessageComplete()),
  };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(llhttpModule), { env });
  // The module says which functions it has by name only.
  const calls = exports as unknown as Exports;
  calls._initialize();
  data = calls.malloc(MOST_AT_ONCE);
  return { calls, data };
}

/** A text of the module's memory, which a NUL ends; empty at address 0. */
function text(calls: Exports, address: number): string {
  if (address === 0) return "";
  const bytes = new Uint8Array(calls.memory.buffer, address);
  return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
}
