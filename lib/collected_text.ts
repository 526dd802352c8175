/** Output that is kept in memory: for programs that run the program in themselves, and for tests. */
import type { TextSink } from "./io.ts";

export class CollectedText implements TextSink {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  /** All that was written. */
  text = "";

  /** @param isTerminal whether it is to pass for something that a person sees */
  constructor(readonly isTerminal = false) {}

  write(text: string): Promise<void> {
    this.text += text;
    return Promise.resolve();
  }

  writeBytes(bytes: Uint8Array): Promise<void> {
    this.text += this.#decoder.decode(bytes, { stream: true });
    return Promise.resolve();
  }
}
