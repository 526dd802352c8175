/** What comes from a connection: one buffer, at most one read at a time, and waits that end in time. */

/** Bytes are read at once, and kept before they are used. */
export const INPUT_BYTES = 16 * 1024;

/** Longest time that `setTimeout` knows, in milliseconds. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** How a wait ended. */
export type Arrival = "bytes" | "end" | "late" | "woken";

/** Where bytes come from; null: no more will. */
export interface ByteSource {
  read(buffer: Uint8Array): Promise<number | null>;
}

/** A read that is under way when a wait ends goes on, and its bytes are there for the next. One may wait at a time. */
export class ConnectionInput {
  readonly #buffer = new Uint8Array(INPUT_BYTES);
  #start = 0;
  #end = 0;
  #isReading = false;
  #isEnded = false;
  /** Bytes came that no wait was told of. */
  #hasNews = false;
  #waiter: ((arrival: Arrival) => void) | null = null;

  constructor(private readonly source: ByteSource) {}

  /** What came and is not used yet. They stay in place until `wait` is called. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** Whether nothing will come any more: the other end has closed, or the connection broke. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Whether more can be read before something is used. */
  get hasRoom(): boolean {
    return this.#end - this.#start < INPUT_BYTES;
  }

  /** Marks the first bytes as used. */
  use(count: number): void {
    this.#start += count;
  }

  /**
   * Waits for more bytes, for which there must be room.
   * @param milliseconds at most; Infinity: however long it takes
   */
  wait(milliseconds: number): Promise<Arrival> {
    if (this.#hasNews) {
      this.#hasNews = false;
      return Promise.resolve("bytes");
    }
    if (this.#isEnded) return Promise.resolve("end");
    if (milliseconds <= 0) return Promise.resolve("late");
    this.#read();
    return new Promise((resolve) => {
      const timer = Number.isFinite(milliseconds)
        ? setTimeout(() => this.#waiter?.("late"), Math.min(milliseconds, LONGEST_WAIT))
        : undefined;
      this.#waiter = (arrival) => {
        clearTimeout(timer);
        this.#waiter = null;
        resolve(arrival);
      };
    });
  }

  /** Ends a wait. */
  wake(): void {
    this.#waiter?.("woken");
  }

  #read(): void {
    if (this.#isReading) return;
    if (this.#start > 0) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
    this.#isReading = true;
    // What a read throws means what an end means: nothing more will come.
    this.source.read(this.#buffer.subarray(this.#end)).then((count) => this.#arrived(count), () => this.#arrived(null));
  }

  #arrived(count: number | null): void {
    this.#isReading = false;
    if (count === null) this.#isEnded = true;
    else this.#end += count;
    if (this.#waiter !== null) this.#waiter(count === null ? "end" : "bytes");
    else this.#hasNews = count !== null;
  }
}
