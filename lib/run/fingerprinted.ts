/** An input whose fingerprint is known before its first byte is read: it is kept meanwhile, as it may come but once. */
import { EXIT, RunStop } from "../errors.ts";
import { inputNotKept } from "../messages/input.ts";
import type { Source } from "../source/open_source.ts";
import { SourceMeter } from "../source/source_meter.ts";
import { ByteSpool } from "../spool/byte_spool.ts";

export interface Fingerprinted {
  /** The same bytes. */
  readonly source: Source;
  /** Their SHA-256, hexadecimal. */
  readonly fingerprint: string;
}

/**
 * @param source is read to its end; whoever calls closes it when that fails
 * @param folder where a temporary file may be made
 * @throws RunStop 66 when it cannot be read; 73 when it cannot be kept
 */
export async function fingerprinted(source: Source, folder: string): Promise<Fingerprinted> {
  const onFailure = (place: string, reason: string, cause: unknown) =>
    new RunStop(EXIT.databaseNotWritable, [inputNotKept(place, reason)], { cause });
  const spool = new ByteSpool({ folder, onFailure });
  const meter = new SourceMeter();
  try {
    for await (const bytes of meter.measure(source.pieces)) spool.write(bytes);
  } catch (error) {
    spool.close();
    throw error;
  }
  const close = async () => {
    spool.close();
    await source.close();
  };
  return {
    fingerprint: meter.sha256(),
    source: { name: source.name, size: meter.bytes, pieces: { [Symbol.asyncIterator]: () => piecesOf(spool) }, close },
  };
}

async function* piecesOf(spool: ByteSpool): AsyncGenerator<Uint8Array> {
  yield* spool.pieces();
}
