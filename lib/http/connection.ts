/** One connection from its first byte to its last. Whatever happens here stays here. */
import { reasonOf } from "../errors.ts";
import { ConnectionInput } from "./connection_input.ts";
import { ConnectionOutput } from "./connection_output.ts";
import { emptyLineBytes, isPartOfEmptyLine } from "./empty_line.ts";
import {
  type ExchangeEnd,
  type HttpAnswer,
  type HttpServerOptions,
  type RequestFault,
  RequestStop,
} from "./exchange.ts";
import { ExchangeState, type Wire } from "./exchange_state.ts";
import { linger } from "./linger.ts";
import { readHead, type RequestHead } from "./request_head.ts";
import { RequestParser } from "./request_parser.ts";
import { sendAnswer, type SentAnswer } from "./send_answer.ts";
import type { Socket } from "./socket.ts";
import { endWithin } from "./time_limit.ts";

/** Requests of one connection: so none lives for ever, on a certificate that was replaced long ago. */
export const MOST_REQUESTS = 1000;

/** How long what was sent may take to leave a closed connection: before Deno 2.5 a client that takes nothing can put it off for ever. Milliseconds. */
const LONGEST_LEAVING = 2000;

/** What the server knows, and its connections must. */
export interface ConnectionContext extends HttpServerOptions {
  isStopping(): boolean;
}

const NOTHING_SENT: SentAnswer = { sent: "gone", status: null, bytesOut: 0, error: null };

/** One connection of a client. */
export class Connection {
  readonly #wire: Wire;
  readonly #parser: RequestParser;
  /** In which part a stop of the server is heard. */
  #part: "handshake" | "waiting" | "head" | "answering" | "lingering" | "leaving" = "handshake";
  #requests = 0;
  /** The request that is being answered. */
  #exchanged: ExchangeState | null = null;
  /** When the request's first byte came, in milliseconds. */
  #start = performance.now();

  constructor(private readonly socket: Socket, private readonly context: ConnectionContext) {
    const { limits } = context;
    this.#parser = new RequestParser(limits.headerBytes);
    this.#wire = {
      peer: socket.peer,
      isSecure: socket.isSecure,
      input: new ConnectionInput(socket),
      output: new ConnectionOutput(socket, limits),
      parser: this.#parser,
      limits,
    };
  }

  /**
   * Answers requests until the connection is closed, and what was sent has left this process; never rejects.
   * @param turnedAway the answer to whatever the client may want; null: its requests are answered
   */
  async run(turnedAway: RequestFault | null): Promise<void> {
    try {
      if (await this.#shakeHands()) {
        if (turnedAway !== null) await this.#refuse(turnedAway, null, 0);
        else while (await this.#serveNext()) this.#requests++;
      }
    } catch (error) {
      // Whatever it is, it is a bug of this room, and must not end the server.
      this.#tell({ request: null, fault: { kind: "bug" }, error, bytesIn: 0 }, NOTHING_SENT);
    } finally {
      this.#parser.free();
      this.#part = "leaving";
      this.socket.close();
      await endWithin(this.socket.released, LONGEST_LEAVING);
    }
  }

  /**
   * Ends, once the connection is closed, when nothing of it is left in the system: before Deno 2.5 a write that is stuck keeps a closed
   * connection open until its client goes away.
   */
  get released(): Promise<unknown> {
    return Promise.all([this.#wire.output.lastWriteOver, this.socket.released]);
  }

  /** Whether a request was read that has not its whole answer yet. */
  get isAnswering(): boolean {
    return this.#part === "answering";
  }

  /** Told when the server stops: no new request is read, one that has come whole is ended well, one that comes still has little time. */
  stop(): void {
    if (this.#part === "handshake") this.socket.close();
    else if (this.#part === "answering") this.#exchanged?.hurry();
    else this.#wire.input.wake();
  }

  async #shakeHands(): Promise<boolean> {
    const result = await endWithin(this.socket.open(), this.#headerMilliseconds);
    if (result !== null && "value" in result) return true;
    if (result !== null) {
      const detail = reasonOf(result.error);
      this.#tell({ request: null, fault: { kind: "handshake_failed", detail }, error: null, bytesIn: 0 }, NOTHING_SENT);
    } else this.#tellSlowHeaders();
    return false;
  }

  /** @returns whether another request may follow */
  async #serveNext(): Promise<boolean> {
    if (!await this.#hasRequest()) return false;
    this.#part = "head";
    this.#start = performance.now();
    if (this.context.isStopping()) return await this.#refuse({ kind: "stopping" }, null, 0);
    const head = await this.#readHead();
    if (head === null) return false;
    if ("kind" in head) return await this.#refuse(head, null, 0);
    const { requestSeconds, bodyBytes } = this.context.limits;
    const left = requestSeconds * 1000 - (performance.now() - this.#start);
    const exchange = new ExchangeState(this.#wire, head, left);
    this.#part = "answering";
    this.#exchanged = exchange;
    if ((head.bodyBytes ?? 0) > bodyBytes) {
      return await this.#refuse({ kind: "body_too_large", most: bodyBytes }, exchange, 0);
    }
    return await this.#exchange(head, exchange);
  }

  async #hasRequest(): Promise<boolean> {
    this.#part = "waiting";
    const { input, limits } = this.#wire;
    const isFirst = this.#requests === 0;
    const most = isFirst ? this.#headerMilliseconds : limits.idleSeconds * 1000;
    for (let mayIgnoreLine = !isFirst;;) {
      const lineBytes = mayIgnoreLine ? emptyLineBytes(input.bytes) : 0;
      if (lineBytes > 0) mayIgnoreLine = false;
      input.use(lineBytes);
      const isLineBegun = mayIgnoreLine && isPartOfEmptyLine(input.bytes);
      if (input.bytes.length > 0 && !isLineBegun) return true;
      if (this.context.isStopping()) return false;
      const arrival = await input.wait(most);
      if (arrival === "late" && isFirst) this.#tellSlowHeaders();
      if (arrival !== "bytes") return false;
    }
  }

  /** @returns null: the client went away first */
  async #readHead(): Promise<RequestHead | RequestFault | null> {
    const { input } = this.#wire;
    this.#parser.begin();
    const end = this.#start + this.#headerMilliseconds;
    for (;;) {
      const parsed = this.#parser.parseHead(input.bytes);
      if ("kind" in parsed) return parsed;
      input.use(parsed.used);
      if (parsed.head !== null) return readHead(parsed.head);
      const arrival = await input.wait(end - performance.now());
      if (arrival === "late") return { kind: "headers_too_slow", seconds: this.context.limits.headerSeconds };
      if (arrival === "woken") return { kind: "stopping" };
      if (arrival === "end") return this.#goneInHead();
    }
  }

  #goneInHead(): null {
    this.#tell({ request: null, fault: { kind: "client_gone" }, error: null, bytesIn: 0 }, NOTHING_SENT);
    return null;
  }

  async #exchange(head: RequestHead, exchange: ExchangeState): Promise<boolean> {
    exchange.start();
    let error: unknown = null;
    let answer: HttpAnswer | null;
    try {
      answer = await this.context.handler(exchange.request);
    } catch (thrown) {
      const isStop = thrown instanceof RequestStop;
      if (!isStop) error = thrown;
      answer = this.#faultAnswer(isStop ? thrown.fault : { kind: "bug" });
    }
    await exchange.end();
    const isLast = !head.isKeptAlive || !exchange.isReadToEnd || this.context.isStopping() ||
      this.#requests + 1 >= MOST_REQUESTS;
    const sending = { withBody: head.method !== "HEAD", isLast };
    const sent = await this.#send(answer, sending);
    const { request, takenBytes: bytesIn } = exchange;
    const fault = exchange.fault ?? this.#sendFault(sent);
    this.#tell({ request, fault, error: error ?? sent.error, bytesIn }, sent);
    const isWhole = sent.sent === "sent";
    if (isWhole && (isLast || sent.error !== null)) await this.#linger();
    return isWhole && !isLast && sent.error === null;
  }

  /** Answers without a handler, and ends the connection. */
  async #refuse(fault: RequestFault, exchange: ExchangeState | null, bytesIn: number): Promise<false> {
    this.#part = "answering";
    const request = exchange?.request ?? null;
    const sent = await this.#send(this.#faultAnswer(fault), {
      withBody: request?.method !== "HEAD",
      isLast: true,
    });
    this.#tell({ request, fault, error: sent.error, bytesIn }, sent);
    if (sent.sent === "sent") await this.#linger();
    return false;
  }

  /** What cannot be sent is a bug: before the first byte another answer is sent, afterwards the connection ends. */
  async #send(
    answer: HttpAnswer | null,
    sending: { readonly withBody: boolean; readonly isLast: boolean },
  ): Promise<SentAnswer> {
    if (answer === null) return NOTHING_SENT;
    const { output } = this.#wire;
    const sent = await sendAnswer(output, answer, sending);
    const other = sent.error === null || output.takenBytes > 0 ? null : this.#faultAnswer({ kind: "bug" });
    if (other === null) return sent;
    return { ...await sendAnswer(output, other, { ...sending, isLast: true }), error: sent.error };
  }

  #faultAnswer(fault: RequestFault): HttpAnswer | null {
    return this.context.faultAnswer(fault);
  }

  #sendFault({ sent, error }: SentAnswer): RequestFault | null {
    if (sent === "sent" || error !== null) return null;
    if (sent === "gone") return { kind: "client_gone" };
    return { kind: "answer_too_slow", bytesPerSecond: this.context.limits.bytesPerSecond };
  }

  async #linger(): Promise<void> {
    this.#part = "lingering";
    await linger(this.socket, this.#wire.input, () => this.context.isStopping());
  }

  #tellSlowHeaders(): void {
    const fault: RequestFault = { kind: "headers_too_slow", seconds: this.context.limits.headerSeconds };
    this.#tell({ request: null, fault, error: null, bytesIn: 0 }, NOTHING_SENT);
  }

  #tell(end: Pick<ExchangeEnd, "request" | "fault" | "error" | "bytesIn">, { status, bytesOut }: SentAnswer): void {
    const milliseconds = performance.now() - this.#start;
    this.context.onEnd({ ...end, peer: this.#wire.peer, status, bytesOut, milliseconds });
  }

  get #headerMilliseconds(): number {
    return this.context.limits.headerSeconds * 1000;
  }
}
