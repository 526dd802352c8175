/** The import thread's end of the wire to the main thread: where its input comes from, and where its report goes. */
import { EXIT, RunStop } from "../../errors.ts";
import type { TextSink } from "../../io.ts";
import { importGivenUp, inputLost } from "../../messages/served_imports.ts";
import type { Source } from "../../source/open_source.ts";
import { type Answer, PIECE_BYTES, type Question } from "./thread_messages.ts";

/** Sends a question, and gives its buffer away. */
export type Ask = (question: Question, buffer: ArrayBuffer) => void;

/** Of the buffer of a report. */
const FIRST_BYTES = 2048;

/** For one import. */
export class MainLink {
  readonly #send: Ask;
  #waiting: PromiseWithResolvers<Answer> | null = null;
  readonly #abortion = new AbortController();

  constructor(send: Ask) {
    this.#send = send;
  }

  /** The main thread wants no more of it. */
  get isAborted(): boolean {
    return this.signal.aborted;
  }

  /** Aborted when the main thread wants no more of it, with a `RunStop` as reason: ends what waits for something else than its answers. */
  get signal(): AbortSignal {
    return this.#abortion.signal;
  }

  answer(answer: Answer): void {
    this.#waiting?.resolve(answer);
  }

  abort(): void {
    this.#abortion.abort(givenUp());
    this.#waiting?.reject(givenUp());
  }

  /** @param size bytes @param whole all of them; null: they are asked for */
  source(name: string, size: number, whole: Uint8Array | null): Source {
    const pieces = whole === null ? this.#pieces(name) : this.#piecesOf(whole);
    return { name, size, pieces, close: () => Promise.resolve() };
  }

  sink(): TextSink {
    // Most reports are short, and the buffer goes with them.
    let buffer = new ArrayBuffer(FIRST_BYTES);
    const writeBytes = async (bytes: Uint8Array) => {
      for (let begin = 0; begin < bytes.length; begin += PIECE_BYTES) {
        if (buffer.byteLength < Math.min(bytes.length, PIECE_BYTES)) buffer = new ArrayBuffer(PIECE_BYTES);
        buffer = await this.#report(buffer, bytes.subarray(begin, begin + PIECE_BYTES));
      }
    };
    const encoder = new TextEncoder();
    return { isTerminal: false, write: (text) => writeBytes(encoder.encode(text)), writeBytes };
  }

  async *#pieces(name: string): AsyncGenerator<Uint8Array> {
    let buffer = new ArrayBuffer(PIECE_BYTES);
    while (true) {
      const answer = await this.#ask({ kind: "next", buffer }, buffer);
      if (answer.kind === "end") return;
      if (answer.kind === "unreadable") throw new RunStop(EXIT.inputMissing, [inputLost(name, answer.reason)]);
      if (answer.kind !== "piece") throw unexpected(answer);
      yield answer.bytes;
      buffer = answer.bytes.buffer.byteLength === PIECE_BYTES ? answer.bytes.buffer : new ArrayBuffer(PIECE_BYTES);
    }
  }

  async *#piecesOf(whole: Uint8Array): AsyncGenerator<Uint8Array> {
    if (this.isAborted) throw givenUp();
    if (whole.length > 0) yield whole;
  }

  async #report(buffer: ArrayBuffer, bytes: Uint8Array): Promise<ArrayBuffer> {
    const copy = new Uint8Array(buffer, 0, bytes.length);
    copy.set(bytes);
    const answer = await this.#ask({ kind: "report", bytes: copy }, buffer);
    if (answer.kind === "taken") return answer.buffer;
    throw answer.kind === "not_taken" ? new Error(answer.reason) : unexpected(answer);
  }

  async #ask(question: Question, buffer: ArrayBuffer): Promise<Answer> {
    if (this.isAborted) throw givenUp();
    this.#waiting = Promise.withResolvers();
    this.#send(question, buffer);
    try {
      return await this.#waiting.promise;
    } finally {
      this.#waiting = null;
    }
  }
}

/** Nobody is there to take the report. */
function givenUp(): RunStop {
  return new RunStop(EXIT.reportNotWritable, [importGivenUp()]);
}

function unexpected({ kind }: Answer): Error {
  return new Error(`the main thread gave an answer to another question: ${kind}`);
}
