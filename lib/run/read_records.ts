/** From the bytes of an input to its records. */
import { createRecordReader } from "../csv/record_reader.ts";
import type { Dialect } from "../csv/dialect.ts";
import type { CsvRecord } from "../csv/record.ts";
import { EXIT, RunStop } from "../errors.ts";
import * as sentences from "../messages/input.ts";
import type { ByteOrderMark } from "../source/byte_order_mark.ts";
import { decode } from "../source/decode.ts";

/** How an input is to be read. */
export interface InputFormat {
  readonly charset: { readonly typed: string; readonly encoding: string };
  readonly dialect: Dialect;
}

/** So many records are worked together; more are hardly faster. A power of two, because rows are inserted in such numbers. */
export const RECORDS_TOGETHER = 512;

/** Some records, in the order of the file. */
export interface ReadRecords {
  readonly records: readonly CsvRecord[];
  /** With which the input begins, if it does. */
  readonly mark: ByteOrderMark | null;
}

/**
 * Gives the records in groups of `RECORDS_TOGETHER`, the last of which has fewer.
 * @throws RunStop 65 when bytes cannot be decoded, a cell or record is too long, or a qualified cell is never closed
 */
export async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  format: InputFormat,
): AsyncGenerator<ReadRecords, void> {
  const reader = createRecordReader(format.dialect);
  let mark: ByteOrderMark | null = null;
  let waiting: CsvRecord[] = [];
  for await (const chunk of decode(bytes, format.charset.encoding)) {
    if (chunk.kind === "undecodable") {
      throw new RunStop(EXIT.badInput, [sentences.undecodableBytes(chunk, format.charset, reader.line)]);
    }
    for (const record of reader.push(chunk.text)) waiting.push(record);
    if (reader.tooLong !== null) throw new RunStop(EXIT.badInput, [sentences.tooLong(reader.tooLong)]);
    mark = chunk.mark;
    while (waiting.length >= RECORDS_TOGETHER) {
      yield { records: waiting.slice(0, RECORDS_TOGETHER), mark };
      waiting = waiting.slice(RECORDS_TOGETHER);
    }
  }
  const last = reader.end();
  if (reader.tooLong !== null) throw new RunStop(EXIT.badInput, [sentences.tooLong(reader.tooLong)]);
  if (reader.openQualifier !== null) {
    throw new RunStop(EXIT.badInput, [sentences.openQualifier(reader.openQualifier)]);
  }
  const records = [...waiting, ...last];
  if (records.length > 0) yield { records, mark };
}
