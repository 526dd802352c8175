/**
 * Keeps the rows of a report until the run has ended, because the counts come before them in the report and a run that is refused
 * half way has none. Memory does not grow.
 */
import { EXIT, RunStop } from "../errors.ts";
import type { TextSink } from "../io.ts";
import { spoolHint, spoolNotWritable } from "../messages/report.ts";
import { ByteSpool } from "../spool/byte_spool.ts";

/** Writes pieces of text, in UTF-8 but for `rejects`, to a sink; a piece may end within a character, and is good until the next one. */
type PrintPieces = (pieces: Iterable<Uint8Array>, sink: TextSink) => Promise<void>;

async function printBytes(pieces: Iterable<Uint8Array>, sink: TextSink): Promise<void> {
  for (const bytes of pieces) await sink.writeBytes(bytes);
}

/** A growing report, read once at the end. Close it in every case: that removes the file. */
export class Spool {
  readonly #bytes: ByteSpool;

  /** @param folder where the temporary file is made, if there must be one */
  constructor(folder: string) {
    this.#bytes = new ByteSpool({ folder, onFailure: notWritable });
  }

  /** @throws RunStop with `EXIT.databaseNotWritable` when the disk is full or the folder is not writable: it is the database's */
  write(row: string | readonly Uint8Array[]): void {
    // Rows become bytes at once: as text they would live long enough to be kept by the garbage collector, which costs memory.
    if (typeof row === "string") this.#bytes.writeText(row);
    else for (const bytes of row) this.#bytes.write(bytes);
  }

  /**
   * Writes the whole text to a sink.
   * @param print how; left out: as it is
   * @throws what the system says, when it cannot be read back: the run has ended by then
   */
  async copyTo(sink: TextSink, print: PrintPieces = printBytes): Promise<void> {
    await print(this.#readBack(), sink);
  }

  *#readBack(): Generator<Uint8Array> {
    try {
      yield* this.#bytes.pieces();
    } catch (error) {
      throw error instanceof RunStop ? error.cause : error;
    }
  }

  /** Drops the text. May be called again. */
  close(): void {
    this.#bytes.close();
  }
}

function notWritable(folder: string, reason: string, cause: unknown): RunStop {
  const message = { text: spoolNotWritable(folder, reason), hint: spoolHint() };
  return new RunStop(EXIT.databaseNotWritable, [message], { cause });
}
