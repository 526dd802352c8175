/** One connection from its first byte to its last. Whatever happens here stays here. */
import { reasonOf } from "../errors.ts";
import { ConnectionInput } from "./connection_input.ts";
import { ConnectionOutput } from "./connection_output.ts";
import {
  type ExchangeEnd,
  type HttpAnswer,
  type HttpServerOptions,
  type RequestFault,
  RequestStop,
} from "./exchange.ts";
import { ExchangeState, type Wire } from "./exchange_state.ts";
import { plainFaultAnswer } from "./fault_answer.ts";
import { linger } from "./linger.ts";
import { readHead, type RequestHead } from "./request_head.ts";
import { RequestParser } from "./request_parser.ts";
import { sendAnswer, type SentAnswer } from "./send_answer.ts";
import type { Socket } from "./socket.ts";
import { settled } from "./time_limit.ts";

/** Requests of one connection: so none lives for ever, on a certificate that was replaced long ago. */
export const MOST_REQUESTS = 1000;

/** What the server knows, and its connections must. */
export interface ConnectionContext extends HttpServerOptions {
  isStopping(): boolean;
}

const NOTHING_SENT: SentAnswer = { sent: "gone", status: null, bytesOut: 0 };

export class Connection {
  readonly #wire: Wire;
  readonly #parser: RequestParser;
  /** In which part a stop of the server is heard. */
  #part: "handshake" | "waiting" | "head" | "answering" | "lingering" = "handshake";
  #requests = 0;
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
   * Answers requests until the connection is closed; never rejects.
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
      this.socket.close();
    }
  }

  /**
   * Ends, once the connection is closed, when nothing of it is left in the system: before Deno 2.5 a write that is stuck keeps a closed
   * connection open until its client goes away.
   */
  get released(): Promise<unknown> {
    return Promise.all([this.#wire.output.idle, this.socket.released]);
  }

  /** Told when the server stops: no new request is read, one that is being answered is ended well. */
  stop(): void {
    if (this.#part === "handshake") this.socket.close();
    else if (this.#part !== "answering") this.#wire.input.wake();
  }

  async #shakeHands(): Promise<boolean> {
    const result = await settled(this.socket.open(), this.#headerMilliseconds);
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
    if ((head.bodyBytes ?? 0) > bodyBytes) {
      return await this.#refuse({ kind: "body_too_large", most: bodyBytes }, exchange, 0);
    }
    return await this.#exchange(head, exchange);
  }

  async #hasRequest(): Promise<boolean> {
    this.#part = "waiting";
    const { input, limits } = this.#wire;
    if (input.bytes.length > 0) return true;
    if (this.context.isStopping()) return false;
    const isFirst = this.#requests === 0;
    const arrival = await input.wait(isFirst ? this.#headerMilliseconds : limits.idleSeconds * 1000);
    if (arrival === "bytes") return input.bytes.length > 0 || await this.#hasRequest();
    if (arrival === "late" && isFirst) this.#tellSlowHeaders();
    return false;
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
    const { sent, error: sendError } = await this.#send(answer, sending);
    const { request, takenBytes: bytesIn } = exchange;
    this.#tell({ request, fault: exchange.fault ?? this.#sendFault(sent), error: error ?? sendError, bytesIn }, sent);
    if (sent.sent === "sent" && isLast && sendError === null) await this.#linger();
    return sent.sent === "sent" && !isLast && sendError === null;
  }

  /** Answers without a handler, and ends the connection. */
  async #refuse(fault: RequestFault, exchange: ExchangeState | null, bytesIn: number): Promise<false> {
    this.#part = "answering";
    const request = exchange?.request ?? null;
    const { sent, error } = await this.#send(this.#faultAnswer(fault), {
      withBody: request?.method !== "HEAD",
      isLast: true,
    });
    this.#tell({ request, fault, error, bytesIn }, sent);
    if (sent.sent === "sent" && error === null) await this.#linger();
    return false;
  }

  /** What cannot be sent is a bug: before the first byte another answer is sent, afterwards the connection ends. */
  async #send(
    answer: HttpAnswer | null,
    sending: { readonly withBody: boolean; readonly isLast: boolean },
  ): Promise<{ readonly sent: SentAnswer; readonly error: unknown }> {
    if (answer === null) return { sent: NOTHING_SENT, error: null };
    const { output } = this.#wire;
    try {
      return { sent: await sendAnswer(output, answer, sending), error: null };
    } catch (error) {
      if (output.takenBytes > 0) return { sent: { ...NOTHING_SENT, status: answer.status }, error };
      const sent = await sendAnswer(output, plainFaultAnswer({ kind: "bug" }), { ...sending, isLast: true });
      return { sent, error };
    }
  }

  #faultAnswer(fault: RequestFault): HttpAnswer | null {
    return this.context.faultAnswer(fault);
  }

  #sendFault({ sent }: SentAnswer): RequestFault | null {
    if (sent === "sent") return null;
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
