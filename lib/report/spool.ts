/**
 * Keeps the rows of a report until the run has ended, because the counts come before them in the report and a run that is refused
 * half way has none. Memory does not grow: what is more than a little goes to a temporary file.
 */
import { join } from "@std/path";
import { EXIT, RunStop } from "../errors.ts";
import type { TextSink } from "../io.ts";
import { spoolHint, spoolNotWritable } from "../messages/report.ts";

/** So much waits in memory; less than that never makes a file. */
const BUFFER_BYTES = 64 * 1024;
/** What one UTF-16 code unit may take in UTF-8. */
const MOST_BYTES_A_UNIT = 3;

/** A growing text, read once at the end. Close it in every case: that removes the file. */
export class Spool {
  readonly #encoder = new TextEncoder();
  // Rows become bytes at once: as text they would live long enough to be kept by the garbage collector, which costs memory.
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #used = 0;
  #file: TemporaryFile | null = null;

  /** @param folder where the temporary file is made, if there must be one */
  constructor(readonly folder: string) {}

  /** @throws RunStop with `EXIT.reportNotWritable` when the disk is full or the folder is not writable */
  write(text: string): void {
    const needed = text.length * MOST_BYTES_A_UNIT;
    if (needed > BUFFER_BYTES - this.#used) this.#empty();
    if (needed > BUFFER_BYTES) this.#toFile(this.#encoder.encode(text));
    else this.#used += this.#encoder.encodeInto(text, this.#buffer.subarray(this.#used)).written;
  }

  /** Writes the whole text to a sink. */
  async copyTo(sink: TextSink): Promise<void> {
    for (const bytes of this.#chunks()) await sink.writeBytes(bytes);
  }

  /** Drops the text. May be called again. */
  close(): void {
    this.#used = 0;
    this.#file?.close();
    this.#file = null;
  }

  #empty(): void {
    if (this.#used > 0) this.#toFile(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }

  #toFile(bytes: Uint8Array): void {
    try {
      this.#file ??= new TemporaryFile(this.folder);
      this.#file.write(bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = { text: spoolNotWritable(this.folder, reason), hint: spoolHint() };
      throw new RunStop(EXIT.reportNotWritable, [message], { cause: error });
    }
  }

  *#chunks(): Generator<Uint8Array> {
    if (this.#file !== null) yield* this.#file.chunks();
    if (this.#used > 0) yield this.#buffer.subarray(0, this.#used);
  }
}

/** A file that only we can read, and that goes away when it is closed, or when the program ends where the system allows. */
class TemporaryFile {
  readonly #file: Deno.FsFile;
  #pathToRemove: string | null;

  constructor(folder: string) {
    const path = join(folder, `.csvrecon-report-${crypto.randomUUID()}.tmp`);
    this.#file = Deno.openSync(path, { read: true, write: true, createNew: true, mode: 0o600 });
    // An open file without a name goes away even if the program is killed. Windows keeps the name until it is closed.
    this.#pathToRemove = isRemoved(path) ? null : path;
  }

  write(bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.length) written += this.#file.writeSync(bytes.subarray(written));
  }

  /** All that was written, in pieces that are good until the next one. */
  *chunks(): Generator<Uint8Array> {
    const chunk = new Uint8Array(BUFFER_BYTES);
    this.#file.seekSync(0, Deno.SeekMode.Start);
    for (let read = this.#file.readSync(chunk); read !== null; read = this.#file.readSync(chunk)) {
      yield chunk.subarray(0, read);
    }
  }

  close(): void {
    this.#file.close();
    if (this.#pathToRemove !== null) isRemoved(this.#pathToRemove);
    this.#pathToRemove = null;
  }
}

function isRemoved(path: string): boolean {
  try {
    Deno.removeSync(path);
    return true;
  } catch {
    // Still open: see above. After closing: somebody else removed it, and gone is what we want.
    return false;
  }
}
