/** Passes the bytes of one connection on to another. */
import { closeOnce } from "./socket.ts";

/** A whole record of TLS, with what encryption adds to its 16 KiB: so it is passed on at once. */
const PIECE_BYTES = 17 * 1024;

/** One direction. */
export class Pump {
  /** Ends when all bytes and their end were passed on, or one connection broke: then both are closed. Never rejects. */
  readonly over: Promise<void>;
  #passedBytes = 0;
  #isOver = false;
  #waiter: () => void = () => {};

  /** @param onMoved told when the taker has taken some bytes */
  constructor(from: Deno.Conn, to: Deno.Conn, private readonly onMoved: () => void = () => {}) {
    this.over = this.#run(from, to).finally(() => {
      this.#isOver = true;
      this.#waiter();
    });
  }

  /** Bytes of whole pieces that were passed on so far. */
  get passedBytes(): number {
    return this.#passedBytes;
  }

  /** Waits until as many were passed on; one may wait at a time. Rejects when there will never be as many. */
  async waitFor(bytes: number): Promise<void> {
    while (this.#passedBytes < bytes) {
      if (this.#isOver) throw new Deno.errors.BrokenPipe("closed");
      await new Promise<void>((resolve) => this.#waiter = resolve);
    }
  }

  async #run(from: Deno.Conn, to: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(PIECE_BYTES);
    try {
      for (let count; (count = await from.read(buffer)) !== null;) await this.#pass(buffer.subarray(0, count), to);
      await to.closeWrite();
    } catch {
      // One end is gone: so the other shall be.
      closeOnce(from);
      closeOnce(to);
    }
  }

  async #pass(piece: Uint8Array, to: Deno.Conn): Promise<void> {
    for (let rest = piece; rest.length > 0; this.onMoved()) rest = rest.subarray(await to.write(rest));
    this.#passedBytes += piece.length;
    this.#waiter();
  }
}
