/** An input that is read several times: a file is opened again, everything else is kept while it is read first. */
import { EXIT, RunStop } from "../errors.ts";
import { inputChanged, inputNotKept } from "../messages/input.ts";
import { ByteSpool } from "../spool/byte_spool.ts";
import type { Source } from "./open_source.ts";
import type { SourceMeter } from "./source_meter.ts";

/** Close it in every case. */
export class ReadAgain {
  /** Null: the source can be opened again. */
  readonly #kept: ByteSpool | null;
  #open: Pick<Source, "close"> | null = null;
  #times = 0;

  /**
   * @param meter of the first reading, which the others must equal
   * @param folder where a temporary file may be made
   */
  constructor(private readonly source: Source, private readonly meter: SourceMeter, folder: string) {
    this.#kept = source.again === undefined ? new ByteSpool({ folder, onFailure: notKept }) : null;
  }

  /**
   * The bytes, from first to last; to be read to the end before they are asked for again.
   * @param meter measures them @throws RunStop 66 when they are not what they were; 73 when they cannot be kept
   */
  async *pieces(meter: SourceMeter): AsyncGenerator<Uint8Array, void> {
    this.#times++;
    if (this.#times === 1) {
      for await (const bytes of meter.measure(this.source.pieces)) {
        this.#kept?.write(bytes);
        yield bytes;
      }
      return;
    }
    for await (const bytes of meter.measure(await this.#again())) {
      // Whoever goes on writing may never come to an end.
      if (meter.bytes > this.meter.bytes) break;
      yield bytes;
    }
    const isSame = meter.bytes === this.meter.bytes && meter.sha256() === this.meter.sha256();
    if (!isSame) throw new RunStop(EXIT.inputMissing, [inputChanged(this.source.name)]);
  }

  /** Whether the next reading is the first one. */
  get isUnread(): boolean {
    return this.#times === 0;
  }

  async close(): Promise<void> {
    this.#kept?.close();
    await this.#open?.close();
  }

  async #again(): Promise<AsyncIterable<Uint8Array>> {
    if (this.#kept !== null) return keptPieces(this.#kept);
    const again = await this.source.again?.();
    if (again === undefined) throw new Error("a source that comes once is kept");
    await this.#open?.close();
    this.#open = again;
    return again.pieces;
  }
}

async function* keptPieces(spool: ByteSpool): AsyncGenerator<Uint8Array, void> {
  yield* spool.pieces();
}

function notKept(folder: string, reason: string, cause: unknown): RunStop {
  return new RunStop(EXIT.databaseNotWritable, [inputNotKept(folder, reason)], { cause });
}
