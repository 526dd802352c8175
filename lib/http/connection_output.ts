/** What goes to a connection: as fast as the client takes it, which must not be too slow. */
import type { HttpLimits } from "./exchange.ts";
import { RateDeadline } from "./rate_deadline.ts";
import { endWithin } from "./time_limit.ts";

/** Bytes that are written at once. */
const PIECE_BYTES = 16 * 1024;

/** What became of bytes: they are on their way, the client is gone, or takes them too slowly. After a failure nothing may be written. */
export type Sent = "sent" | "gone" | "late";

/** Where bytes go; tells how many were taken. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<number>;
}

/**
 * Gathers small pieces. Every byte is copied: before Deno 2.5 a write that got stuck outlives its connection, and must not send what a
 * lent buffer holds by then.
 */
export class ConnectionOutput {
  #gathered = new Uint8Array();
  #filled = 0;
  #takenBytes = 0;
  #rate: RateDeadline;
  #isStuck = false;
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly sink: ByteSink,
    private readonly limits: Pick<HttpLimits, "bytesPerSecond" | "rateSeconds">,
  ) {
    this.#rate = this.#newRate();
  }

  /** Ends when no write is under way any more: for one that got stuck, when the system gives the connection up. */
  get lastWriteOver(): Promise<unknown> {
    return this.#lastWrite;
  }

  /** Of this answer, what the system has taken. */
  get takenBytes(): number {
    return this.#takenBytes;
  }

  /** Begins an answer. @param bytes its length, for a buffer that is not larger than needed */
  begin(bytes: number): void {
    this.#gathered = new Uint8Array(Math.min(bytes, PIECE_BYTES));
    this.#filled = this.#takenBytes = 0;
    this.#rate = this.#newRate();
  }

  async write(bytes: Uint8Array): Promise<Sent> {
    for (let rest = bytes; rest.length > 0;) {
      if (this.#filled === this.#gathered.length) {
        const sent = await this.flush();
        if (sent !== "sent") return sent;
      }
      const part = rest.subarray(0, this.#gathered.length - this.#filled);
      this.#gathered.set(part, this.#filled);
      this.#filled += part.length;
      rest = rest.subarray(part.length);
    }
    return "sent";
  }

  /** Sends what was gathered. */
  async flush(): Promise<Sent> {
    let rest = this.#gathered.subarray(0, this.#filled);
    this.#filled = 0;
    while (rest.length > 0) {
      if (this.#isStuck) return "late";
      const start = performance.now();
      const write = this.sink.write(rest);
      this.#lastWrite = write.catch(() => {});
      const result = await endWithin(write, this.#rate.left);
      if (result === null) this.#isStuck = true;
      if (result === null) return "late";
      if ("error" in result) return "gone";
      this.#rate.waited(performance.now() - start);
      this.#rate.arrived(result.value);
      this.#takenBytes += result.value;
      rest = rest.subarray(result.value);
    }
    return "sent";
  }

  #newRate(): RateDeadline {
    return new RateDeadline(this.limits.bytesPerSecond, this.limits.rateSeconds);
  }
}
