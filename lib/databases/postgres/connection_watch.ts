/**
 * Watches a connection whose answer does not come. A statement may take minutes, and then nothing is sent: whether the server is at it is
 * asked over a second connection. The system would take a quarter of an hour to say that a network is gone.
 */
import { clearInterval, setInterval } from "node:timers";
import type { CutReason } from "../../store/server_trouble.ts";

/** What a server has told of the watched connection. */
export type Seen =
  /** It is at a statement; or it is there, and does not tell. */
  | "works"
  /** It has answered, and waits for the next statement, or to be rid of its answer. */
  | "waits"
  /** It has no such connection. */
  | "gone"
  | "no_answer";

export interface Witness {
  /** @param within milliseconds; after that the answer is `no_answer` */
  ask(within: number): Promise<Seen>;
  close(): void;
}

/** In milliseconds. */
export interface WatchTimes {
  /** So long a statement may take before anybody asks. */
  readonly quiet: number;
  /** So long after the last sign of life the connection is cut. */
  readonly deadline: number;
  readonly tick: number;
}

const TIMES: WatchTimes = { quiet: 2000, deadline: 8500, tick: 500 };

/** An answer may be on its way when the server waits: only this often in a row it is lost. */
const WAITS_UNTIL_CUT = 4;

export class ConnectionWatch {
  readonly #timer: ReturnType<typeof setInterval>;
  #pending = 0;
  /** When the last sign of life came. */
  #heard = performance.now();
  /** When it was last looked after. */
  #looked = performance.now();
  #waits = 0;
  #isAsking = false;
  #isOver = false;

  /** @param cut ends the connection, so that whoever waits for it hears of that */
  constructor(
    private readonly witness: Witness,
    private readonly cut: (reason: CutReason) => void,
    private readonly times: WatchTimes = TIMES,
  ) {
    this.#timer = setInterval(() => this.#look(), times.tick);
    this.#timer.unref();
  }

  /** A statement goes to the server. */
  sent(): void {
    if (this.#pending++ === 0) this.heard();
  }

  /** One of them has come to its end. */
  settled(): void {
    this.#pending--;
  }

  /** Bytes have come. */
  heard(): void {
    this.#heard = performance.now();
    this.#waits = 0;
  }

  close(): void {
    this.#isOver = true;
    clearInterval(this.#timer);
    this.witness.close();
  }

  async #look(): Promise<void> {
    const now = performance.now();
    // The program stood still, and with it whatever the server has sent: that is not the server's silence.
    if (now - this.#looked > this.times.quiet) this.heard();
    this.#looked = now;
    const heard = this.#heard;
    const silence = now - heard;
    if (this.#isOver || this.#isAsking || this.#pending === 0 || silence < this.times.quiet) return;
    this.#isAsking = true;
    try {
      const seen = await this.witness.ask(this.times.deadline - silence);
      if (!this.#isOver && this.#pending > 0 && this.#heard === heard) this.#judge(seen);
    } finally {
      this.#isAsking = false;
    }
  }

  #judge(seen: Seen): void {
    switch (seen) {
      case "works":
        return this.heard();
      case "waits":
        if (++this.#waits >= WAITS_UNTIL_CUT) this.#end("server_waits");
        return;
      case "gone":
        return this.#end("session_gone");
      case "no_answer":
        return this.#end("no_answer");
    }
  }

  #end(reason: CutReason): void {
    this.close();
    this.cut(reason);
  }
}
