/** Keeps an eye on a client from which nothing is read. */
import type { ConnectionInput } from "./connection_input.ts";

/** What is told of the client. */
export interface WatchEvents {
  /** More came; it is kept for whoever reads next. */
  onBytes(): void;
  /** The client has closed, or the connection broke. */
  onEnd(): void;
}

/** Sees as far as the input's buffer goes: behind more bytes than that an end is not seen. */
export class ClientWatch {
  #isOn = false;
  #over: Promise<void> = Promise.resolve();

  constructor(private readonly input: ConnectionInput, private readonly events: WatchEvents) {}

  start(): void {
    this.#isOn = true;
    this.#over = this.#run();
  }

  /** Afterwards the input may be read. */
  async stop(): Promise<void> {
    this.#isOn = false;
    this.input.wake();
    await this.#over;
  }

  async #run(): Promise<void> {
    while (this.#isOn && this.input.hasRoom) {
      const arrival = await this.input.wait(Infinity);
      if (!this.#isOn) return;
      if (arrival === "end") return this.events.onEnd();
      if (arrival === "bytes") this.events.onBytes();
    }
  }
}
