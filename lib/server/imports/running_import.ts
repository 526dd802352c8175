/** The main thread's side of an import that runs: answers what the import thread asks. */
import { EXIT, reasonOf } from "../../errors.ts";
import { internalError } from "../../messages/run.ts";
import { diedNearTheEnd } from "../../messages/served_imports.ts";
import type { FinishedImport, QueuedImport } from "./queued_import.ts";
import { type Answer, PIECE_BYTES, type Question } from "./thread_messages.ts";

export class RunningImport {
  readonly #wanted: QueuedImport;
  #pieces: Iterator<Uint8Array> | null = null;
  /** What of the last piece was not handed on yet. */
  #rest: Uint8Array = new Uint8Array(0);
  #isReadToEnd = false;
  /** The answer to the first question, when it is known before; null: it is not. */
  #first: Answer | null = null;
  readonly #begin = performance.now();
  readonly #end = Promise.withResolvers<FinishedImport>();

  constructor(wanted: QueuedImport) {
    this.#wanted = wanted;
  }

  get finished(): Promise<FinishedImport> {
    return this.#end.promise;
  }

  /**
   * All of the input, when it is small: then nobody has to wait for the other thread until it is read.
   * @returns null: it is large, or cannot be read, and is to be asked for
   */
  wholeInput(): Uint8Array<ArrayBuffer> | null {
    const { inputBytes } = this.#wanted;
    if (inputBytes > PIECE_BYTES) return null;
    // A byte more, to see that it is all.
    const answer = this.#next(new ArrayBuffer(inputBytes + 1));
    if (answer.kind === "end") return new Uint8Array(0);
    if (answer.kind === "piece" && answer.bytes.length === inputBytes) {
      this.#isReadToEnd = true;
      return answer.bytes;
    }
    this.#first = answer;
    return null;
  }

  answer(question: Question): Answer {
    if (question.kind !== "next") return this.#take(question.bytes);
    const first = this.#first;
    this.#first = null;
    return first ?? this.#next(question.buffer);
  }

  finish(result: FinishedImport): void {
    try {
      this.#pieces?.return?.();
    } catch {
      // What became of the import is known, and counts.
    }
    this.#end.resolve(result);
  }

  /** @param error what the thread died of */
  finishDead(error: string): void {
    const message = this.#isReadToEnd ? diedNearTheEnd(error) : internalError(error);
    const seconds = (performance.now() - this.#begin) / 1000;
    this.finish({
      exitCode: EXIT.bug,
      counts: null,
      seconds,
      messages: [message],
      stack: null,
      isAborted: false,
      isReportWhole: false,
    });
  }

  #next(buffer: ArrayBuffer): Answer {
    const bytes = new Uint8Array(buffer);
    try {
      const used = this.#fill(bytes);
      this.#isReadToEnd = used === 0;
      return used === 0 ? { kind: "end" } : { kind: "piece", bytes: bytes.subarray(0, used) };
    } catch (error) {
      return { kind: "unreadable", reason: reasonOf(error) };
    }
  }

  /** @returns how many bytes there are; 0: no more */
  #fill(bytes: Uint8Array): number {
    this.#pieces ??= this.#wanted.input()[Symbol.iterator]();
    let used = 0;
    while (used < bytes.length) {
      if (this.#rest.length === 0) {
        const { done, value } = this.#pieces.next();
        if (done) break;
        this.#rest = value;
      }
      const part = this.#rest.subarray(0, bytes.length - used);
      bytes.set(part, used);
      used += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return used;
  }

  #take(bytes: Uint8Array<ArrayBuffer>): Answer {
    try {
      this.#wanted.report(bytes);
      return { kind: "taken", buffer: bytes.buffer };
    } catch (error) {
      return { kind: "not_taken", reason: reasonOf(error) };
    }
  }
}
