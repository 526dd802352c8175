/** The main thread's handle on the thread that imports. */
import { EXIT } from "../../errors.ts";
import { importGivenUp } from "../../messages/served_imports.ts";
import type { PasswordCost } from "../../users/password.ts";
import type { WorkingFolder } from "../../working_folder.ts";
import type { FinishedImport, ImportRunner, QueuedImport } from "./queued_import.ts";
import { RunningImport } from "./running_import.ts";
import type { Answer, FromImportThread, ImportTask, ToImportThread } from "./thread_messages.ts";
import { WORKER_URL } from "./worker_url.ts";

export interface ImportThreadOptions extends WorkingFolder {
  /** How much work the hash of an imported password is; undefined: the program's own. */
  readonly passwordCost?: PasswordCost | undefined;
  /** The thread's program. For tests. */
  readonly url?: URL;
}

/**
 * A thread that imports. It is started at once, and again when it is next needed after it has died: then the import it was at is answered
 * as a bug, and SQLite has taken its work back. (A thread that runs out of memory takes the whole process with it: V8 has no other way.)
 */
export class ImportThread implements ImportRunner {
  readonly #options: ImportThreadOptions;
  #worker: Worker | null;
  #running: RunningImport | null = null;
  /** It has had something to do, and may have the database open. */
  #hasRun = false;
  /** Resolved when it has closed the database, or died; null: nobody waits for that. */
  #closed: PromiseWithResolvers<void> | null = null;

  constructor(options: ImportThreadOptions = {}) {
    this.#options = options;
    this.#worker = this.#start();
  }

  async run(wanted: QueuedImport, signal: AbortSignal): Promise<FinishedImport> {
    if (this.#running !== null) throw new Error("the import thread runs one import at a time");
    if (signal.aborted) return neverBegun();
    const running = this.#running = new RunningImport(wanted);
    const abort = () => this.#worker?.postMessage({ kind: "abort" } satisfies ToImportThread);
    signal.addEventListener("abort", abort, { once: true });
    try {
      const whole = running.wholeInput();
      if (signal.aborted) running.finish(neverBegun());
      else this.#begin({ ...this.#taskOf(wanted), whole });
      return await running.finished;
    } finally {
      signal.removeEventListener("abort", abort);
      this.#running = null;
    }
  }

  async close(): Promise<void> {
    await this.#running?.finished;
    const worker = this.#worker;
    if (worker !== null && this.#hasRun) {
      this.#closed = Promise.withResolvers();
      worker.postMessage({ kind: "close" } satisfies ToImportThread);
      await this.#closed.promise;
    }
    worker?.terminate();
    this.#worker = null;
  }

  #begin(task: ImportTask): void {
    this.#worker ??= this.#start();
    this.#hasRun = true;
    const { whole = null } = task;
    this.#worker.postMessage({ kind: "run", task } satisfies ToImportThread, whole === null ? [] : [whole.buffer]);
  }

  #start(): Worker {
    const worker = new Worker(this.#options.url ?? WORKER_URL, { type: "module", name: "imports" });
    worker.onmessage = ({ data }: MessageEvent<FromImportThread>) => this.#hear(worker, data);
    worker.onerror = (event) => {
      // Without this the main thread would end too.
      event.preventDefault();
      this.#bury(worker, event.message);
    };
    return worker;
  }

  #hear(worker: Worker, message: FromImportThread): void {
    if (message.kind === "finished") {
      this.#running?.finish(message.result);
      return;
    }
    if (message.kind === "closed") return this.#closed?.resolve();
    const answer = this.#running?.answer(message);
    if (answer !== undefined) worker.postMessage(answer satisfies ToImportThread, buffersOf(answer));
  }

  #bury(worker: Worker, error: string): void {
    worker.terminate();
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#hasRun = false;
    this.#running?.finishDead(error);
    this.#closed?.resolve();
  }

  /** One by one: what else the caller's object may have cannot always be sent. */
  #taskOf(wanted: QueuedImport): ImportTask {
    const { settings, identity, parameters, userId, stamp, login, inputName, inputBytes, origin } = wanted;
    const { passwordCost, workingFolder } = this.#options;
    const world = { passwordCost, workingFolder };
    return { settings, identity, parameters, userId, stamp, login, inputName, inputBytes, origin, ...world };
  }
}

/** The buffers that an answer hands over. */
function buffersOf(answer: Answer): Transferable[] {
  if (answer.kind === "piece") return [answer.bytes.buffer];
  return answer.kind === "taken" ? [answer.buffer] : [];
}

function neverBegun(): FinishedImport {
  const messages = [importGivenUp()];
  return {
    exitCode: EXIT.reportNotWritable,
    counts: null,
    seconds: 0,
    messages,
    stack: null,
    isAborted: true,
    isReportWhole: false,
  };
}
