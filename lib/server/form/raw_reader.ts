/** A body that is the data itself. */
import { DATA_NAME, type FormEvent, type FormReader } from "./form_event.ts";

export class RawReader implements FormReader {
  #isBegun = false;

  /** @param charset as the Content-Type has it */
  constructor(readonly charset: string | null) {}

  *push(bytes: Uint8Array): Generator<FormEvent> {
    yield* this.#begin();
    yield { kind: "bytes", bytes };
  }

  *end(): Generator<FormEvent> {
    yield* this.#begin();
    yield { kind: "end" };
  }

  *#begin(): Generator<FormEvent> {
    if (!this.#isBegun) yield { kind: "entry", name: DATA_NAME, fileName: null, charset: this.charset };
    this.#isBegun = true;
  }
}
