/** Where the lines of the access log go. A server goes on without its log, and says so: nothing about it ever holds the server up. */
import { EXIT, RunStop } from "../errors.ts";
import { systemReason } from "../messages/system_reason.ts";
import { interruptible, pause } from "../interruption.ts";
import type { ProgramIo, TextSink } from "../io.ts";
import {
  accessLogIsOther,
  accessLogLinesLost,
  accessLogLost,
  accessLogNotReopened,
  accessLogNotTaken,
  accessLogNotWritable,
  accessLogWaits,
} from "../messages/server.ts";
import { isNamedPipe } from "../source/named_pipe.ts";
import { pathFrom } from "../working_folder.ts";
import { sameFileAmong } from "../same_file.ts";
import { LogLines, type LogTarget, type LogTelling } from "./log_lines.ts";

export interface LogOutput {
  write(line: string): void;
  /** Opens the file anew, which another program has moved away. */
  reopen(): void;
  /** Lines that could not be written. */
  readonly lost: number;
  /** Waits until what was written is out, but not for long. */
  close(): Promise<void>;
}

/** Milliseconds. The file of a log is open at once, unless its disk stands still. */
const TIME_TO_OPEN = 1000;

/**
 * @param path `-` is standard output; empty: none
 * @param tell says to the operator what is wrong with it
 * @param others files that the log must not be, as a database would be spoilt; looked at whenever it is opened
 * @throws RunStop 64 when the file is one of these, 74 when it cannot be opened; the reason of the interruption
 */
export async function openLogOutput(
  path: string,
  io: Pick<ProgramIo, "stdout" | "workingFolder" | "interruption">,
  tell: (text: string) => void | Promise<void>,
  others: readonly string[] = [],
): Promise<LogOutput> {
  if (path === "") return { write: () => {}, reopen: () => {}, lost: 0, close: () => Promise.resolve() };
  const target = path === "-" ? sinkTarget(io.stdout) : await openFile(path, io, tell, others);
  const lines = new LogLines(target, new Telling(tell));
  return {
    write: (line) => lines.write(line),
    reopen: () => lines.reopen(),
    get lost() {
      return lines.lost;
    },
    async close() {
      await lines.close();
      if (lines.lost > 0) await tell(accessLogLinesLost(lines.lost));
    },
  };
}

/** Milliseconds. Who flaps is not told of each time. */
const TIME_BETWEEN_TELLINGS = 60_000;

class Telling implements LogTelling {
  #last = -Infinity;

  constructor(readonly tell: (text: string) => unknown) {}

  lost(_lines: number, reason: unknown): void {
    const now = performance.now();
    if (now - this.#last < TIME_BETWEEN_TELLINGS) return;
    this.#last = now;
    this.tell(accessLogLost(reason === undefined ? accessLogNotTaken() : systemReason(reason)));
  }

  notReopened(error: unknown): void {
    this.tell(accessLogNotReopened(systemReason(error)));
  }
}

/** A file that is slow to be opened, as on a disk far away, is waited for behind the server's back. */
async function openFile(
  path: string,
  io: Pick<ProgramIo, "workingFolder" | "interruption">,
  tell: (text: string) => unknown,
  others: readonly string[],
): Promise<LogTarget> {
  const target = new FileTarget(pathFrom(io, path), others);
  const late = new AbortController();
  const opened = target.reopen().then(() => true, (error) => {
    const exitCode = error instanceof OtherFile ? EXIT.usage : EXIT.reportNotWritable;
    throw new RunStop(exitCode, [accessLogNotWritable(path, systemReason(error))], { cause: error });
  });
  try {
    const waited = pause(TIME_TO_OPEN, late.signal).then(() => false);
    if (!await interruptible(() => Promise.race([opened, waited]), io.interruption)) tell(accessLogWaits(path));
    return target;
  } finally {
    opened.catch(() => {});
    late.abort();
  }
}

const LINE_FEED = 0x0a;

/** Thrown when a log would be written into a file that is something else. */
class OtherFile extends Error {}

/** All of it in threads of the runtime: a pipe's other end may stand still, and so may a disk far away. */
class FileTarget implements LogTarget {
  readonly #encoder = new TextEncoder();
  #file: Deno.FsFile | null = null;
  #opening: Promise<void> | null = null;
  #isClosed = false;
  /** What was written last is no line's end. */
  #isInLine = false;

  constructor(readonly path: string, readonly others: readonly string[]) {}

  async write(lines: string): Promise<void> {
    while (this.#file === null) await this.#opening;
    const file = this.#file;
    // Behind a half line, as a full disk leaves it, a whole one would be lost, too.
    let rest: Uint8Array = this.#encoder.encode((this.#isInLine ? "\n" : "") + lines);
    while (rest.length > 0) {
      const count = await file.write(rest);
      if (count > 0) this.#isInLine = rest[count - 1] !== LINE_FEED;
      rest = rest.subarray(count);
    }
  }

  async reopen(): Promise<void> {
    const opening = this.#open();
    this.#opening = opening;
    await opening;
  }

  close(): void {
    this.#isClosed = true;
    this.#file?.close();
  }

  async #open(): Promise<void> {
    const other = await sameFileAmong(this.path, this.others);
    if (other !== null) throw new OtherFile(accessLogIsOther(other));
    // With the other end of a pipe in our own hands nothing waits for its reader but the lines beyond what a pipe holds.
    const next = await isNamedPipe(this.path) ? await openPipe(this.path) : await openAppending(this.path);
    this.#file?.close();
    this.#file = next;
    if (this.#isClosed) next.close();
  }
}

function openAppending(path: string): Promise<Deno.FsFile> {
  return Deno.open(path, { append: true, create: true, mode: 0o640 });
}

async function openPipe(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { append: true, read: true });
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied) return await openAppending(path);
    throw error;
  }
}

function sinkTarget(sink: TextSink): LogTarget {
  return { write: (lines) => sink.write(lines), reopen: () => Promise.resolve(), close: () => {} };
}
