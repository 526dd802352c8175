/** The main thread's side of an import that runs: answers what the import thread asks. */
import { EXIT, reasonOf } from "../../errors.ts";
import { internalError } from "../../messages/run.ts";
import { diedNearTheEnd } from "../../messages/served_imports.ts";
import type { FinishedImport, QueuedImport } from "./queued_import.ts";
import type { Answer, Question } from "./thread_messages.ts";

export class RunningImport {
  readonly #wanted: QueuedImport;
  #pieces: Iterator<Uint8Array> | null = null;
  /** What of the last piece was not handed on yet. */
  #rest: Uint8Array = new Uint8Array(0);
  #isReadToEnd = false;
  readonly #begin = performance.now();
  readonly #end = Promise.withResolvers<FinishedImport>();

  constructor(wanted: QueuedImport) {
    this.#wanted = wanted;
  }

  get finished(): Promise<FinishedImport> {
    return this.#end.promise;
  }

  answer(question: Question): Answer {
    return question.kind === "next" ? this.#next(question.buffer) : this.#take(question.bytes);
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
