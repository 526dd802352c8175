/** Where the lines of the access log go. A server goes on without its log, and says so once. */
import { EXIT, reasonOf, RunStop } from "../errors.ts";
import type { ProgramIo, TextSink } from "../io.ts";
import { accessLogLost, accessLogNotReopened, accessLogNotWritable } from "../messages/server.ts";
import { pathFrom, type WorkingFolder } from "../working_folder.ts";

export interface LogOutput {
  write(line: string): void;
  /** Opens the file anew, which another program has moved away. */
  reopen(): void;
  /** Waits until what was written is out. */
  close(): Promise<void>;
}

/** Lines that may wait for a reader of standard output. */
const MOST_WAITING = 10_000;

/**
 * @param path `-` is standard output; empty: none
 * @param tell says to the operator what is wrong with it
 * @throws RunStop 74 when the file cannot be opened
 */
export function openLogOutput(
  path: string,
  io: Pick<ProgramIo, "stdout" | "workingFolder">,
  tell: (text: string) => void,
): LogOutput {
  if (path === "") return { write: () => {}, reopen: () => {}, close: () => Promise.resolve() };
  const losses = new Losses(tell);
  return path === "-" ? new SinkOutput(io.stdout, losses) : new FileOutput(path, io, losses);
}

/** Tells of losses once, until something is written again. */
class Losses {
  #isTold = false;

  constructor(readonly tell: (text: string) => void) {}

  lost(error: unknown): void {
    if (!this.#isTold) this.tell(accessLogLost(reasonOf(error)));
    this.#isTold = true;
  }

  written(): void {
    this.#isTold = false;
  }
}

class FileOutput implements LogOutput {
  readonly #encoder = new TextEncoder();
  #file: Deno.FsFile;

  constructor(readonly path: string, readonly at: WorkingFolder, readonly losses: Losses) {
    try {
      this.#file = this.#open();
    } catch (error) {
      throw new RunStop(EXIT.reportNotWritable, [accessLogNotWritable(path, reasonOf(error))], { cause: error });
    }
  }

  write(line: string): void {
    try {
      for (let rest = this.#encoder.encode(line); rest.length > 0;) rest = rest.subarray(this.#file.writeSync(rest));
      this.losses.written();
    } catch (error) {
      this.losses.lost(error);
    }
  }

  reopen(): void {
    try {
      const next = this.#open();
      this.#file.close();
      this.#file = next;
    } catch (error) {
      this.losses.tell(accessLogNotReopened(reasonOf(error)));
    }
  }

  close(): Promise<void> {
    this.#file.close();
    return Promise.resolve();
  }

  #open(): Deno.FsFile {
    return Deno.openSync(pathFrom(this.at, this.path), { append: true, create: true, mode: 0o640 });
  }
}

class SinkOutput implements LogOutput {
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(readonly sink: TextSink, readonly losses: Losses) {}

  write(line: string): void {
    if (this.#waiting >= MOST_WAITING) return this.losses.lost(new Error("nobody reads them"));
    this.#waiting++;
    this.#last = this.#last.then(() => this.#writeNow(line));
  }

  reopen(): void {}

  close(): Promise<void> {
    return this.#last;
  }

  async #writeNow(line: string): Promise<void> {
    try {
      await this.sink.write(line);
      this.losses.written();
    } catch (error) {
      this.losses.lost(error);
    } finally {
      this.#waiting--;
    }
  }
}
