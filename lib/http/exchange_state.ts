/** One request while it is being answered: its body as it is read, and the client as it is watched. */
import { CONTINUE } from "./answer_head.ts";
import { ClientWatch } from "./client_watch.ts";
import { isPartOfEmptyLine } from "./empty_line.ts";
import type { ConnectionInput } from "./connection_input.ts";
import type { ConnectionOutput } from "./connection_output.ts";
import { type HttpLimits, type HttpRequest, type Peer, type RequestFault, RequestStop } from "./exchange.ts";
import { RateDeadline } from "./rate_deadline.ts";
import type { RequestHead } from "./request_head.ts";
import type { RequestParser } from "./request_parser.ts";

/** What all requests of a connection share. */
export interface Wire {
  readonly peer: Peer;
  readonly isSecure: boolean;
  readonly input: ConnectionInput;
  readonly output: ConnectionOutput;
  readonly parser: RequestParser;
  readonly limits: HttpLimits;
}

/** A request that is being answered. */
export class ExchangeState {
  readonly request: HttpRequest;
  readonly #controller = new AbortController();
  readonly #watch: ClientWatch;
  readonly #rate: RateDeadline;
  #part: "before_body" | "in_body" | "behind_body";
  #isBodyOpened = false;
  #isOver = false;
  #takenBytes = 0;
  /** When the body must be there, because the server stops. */
  #stopAt = Infinity;
  #fault: RequestFault | null = null;

  /** @param millisecondsLeft for the rest of the request to come */
  constructor(private readonly wire: Wire, private readonly head: RequestHead, private millisecondsLeft: number) {
    this.#part = head.bodyBytes === 0 ? "behind_body" : "before_body";
    this.#rate = new RateDeadline(wire.limits.bytesPerSecond, wire.limits.rateSeconds);
    this.#watch = new ClientWatch(wire.input, {
      onBytes: () => this.#refuseSurplus(),
      onEnd: () => this.#clientEnded(),
    });
    this.request = this.#makeRequest();
  }

  /** Begins to watch. */
  start(): void {
    this.#refuseSurplus();
    this.#watch.start();
  }

  /** Ends reading and watching: the answer is there. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#watch.stop();
    this.#refuseSurplus();
  }

  /** Told when the server stops: from now on the body has little time. */
  hurry(): void {
    this.#stopAt = Math.min(this.#stopAt, performance.now() + this.wire.limits.stopSeconds * 1000);
    // Whoever waits is to wait no longer than that.
    this.wire.input.wake();
  }

  /** Whether the next request begins where this one was left. */
  get isReadToEnd(): boolean {
    return this.#part === "behind_body" && this.#fault === null;
  }

  get takenBytes(): number {
    return this.#takenBytes;
  }

  get fault(): RequestFault | null {
    return this.#fault;
  }

  #makeRequest(): HttpRequest {
    const takenBytes = () => this.#takenBytes;
    const body = {
      announcedBytes: this.head.bodyBytes,
      get takenBytes() {
        return takenBytes();
      },
      [Symbol.asyncIterator]: () => this.#body(),
    };
    const { method, path, query, headers } = this.head;
    const { peer, isSecure } = this.wire;
    return { method, path, query, headers, peer, isSecure, body, signal: this.#controller.signal };
  }

  async *#body(): AsyncGenerator<Uint8Array, void> {
    if (this.#isBodyOpened || this.#isOver) throw new Error("a body can be read once, before the answer");
    this.#isBodyOpened = true;
    if (this.#fault !== null) throw new RequestStop(this.#fault);
    if (this.#part === "behind_body") return;
    this.#part = "in_body";
    await this.#watch.stop();
    if (this.head.expectsContinue && this.wire.input.bytes.length === 0) await this.#sayContinue();
    for (let isComplete = false; !isComplete;) {
      const parsed = this.wire.parser.parseBody(this.wire.input.bytes);
      if ("kind" in parsed) this.#stop(parsed);
      this.wire.input.use(parsed.used);
      isComplete = parsed.isComplete;
      if (isComplete) this.#part = "behind_body";
      if (parsed.body.length > 0) yield this.#take(parsed.body);
      if (!isComplete && this.wire.input.bytes.length === 0) await this.#waitForMore();
    }
    this.#refuseSurplus();
    if (this.#fault !== null) throw new RequestStop(this.#fault);
    if (!this.#isOver) this.#watch.start();
  }

  #take(piece: Uint8Array): Uint8Array {
    this.#takenBytes += piece.length;
    const most = this.wire.limits.bodyBytes;
    if (this.#takenBytes > most) this.#stop({ kind: "body_too_large", most });
    if (performance.now() > this.#stopAt) this.#stop({ kind: "stopping" });
    this.#rate.arrived(piece.length);
    return piece;
  }

  async #waitForMore(): Promise<void> {
    if (this.#isOver) throw new Error("a body can be read only before the answer");
    const start = performance.now();
    const arrival = await this.wire.input.wait(Math.min(this.millisecondsLeft, this.#rate.left, this.#stopAt - start));
    const waited = performance.now() - start;
    this.millisecondsLeft -= waited;
    this.#rate.waited(waited);
    if (arrival === "end") this.#stop({ kind: "body_too_short" });
    if (arrival === "late") this.#stop(this.#lateness());
  }

  #lateness(): RequestFault {
    if (this.#stopAt - performance.now() < Math.min(this.millisecondsLeft, this.#rate.left)) {
      return { kind: "stopping" };
    }
    const { requestSeconds, bytesPerSecond } = this.wire.limits;
    return this.millisecondsLeft < this.#rate.left
      ? { kind: "request_too_slow", seconds: requestSeconds }
      : { kind: "body_too_slow", bytesPerSecond };
  }

  async #sayContinue(): Promise<void> {
    this.wire.output.begin(CONTINUE.length);
    await this.wire.output.write(CONTINUE);
    // A client that is gone shows when the body is read.
    await this.wire.output.flush();
  }

  /**
   * Whoever says where a body ends may send nothing behind it before the answer but an empty line: who is wrong about that is wrong
   * about the data.
   */
  #refuseSurplus(): void {
    if (this.#part !== "behind_body" || !this.head.isBodyAnnounced || isPartOfEmptyLine(this.wire.input.bytes)) return;
    this.#fail({ kind: "body_too_long" });
  }

  #clientEnded(): void {
    const isShort = this.#part === "before_body" && this.wire.input.bytes.length < (this.head.bodyBytes ?? 0);
    this.#fail({ kind: isShort ? "body_too_short" : "client_gone" });
  }

  #stop(fault: RequestFault): never {
    this.#fail(fault);
    throw new RequestStop(this.#fault ?? fault);
  }

  #fail(fault: RequestFault): void {
    if (this.#fault !== null) return;
    this.#fault = fault;
    this.#controller.abort(new RequestStop(fault));
  }
}
