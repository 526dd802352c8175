/** From the bytes of an input to its records. */
import { createRecordReader } from "../csv/record_reader.ts";
import type { Dialect } from "../csv/dialect.ts";
import type { RawRecords } from "../csv/raw_records.ts";
import type { CsvRecord } from "../csv/record.ts";
import { RECORD_LIMITS } from "../csv/record_limits.ts";
import { EXIT, RunStop } from "../errors.ts";
import * as sentences from "../messages/input.ts";
import type { ByteOrderMark } from "../source/byte_order_mark.ts";
import type { Report } from "../report/report.ts";
import type { RunWarnings } from "../run_warnings.ts";
import { decode } from "../source/decode.ts";
import { RepeatedHeader } from "../csv/repeated_header.ts";

/** How an input is to be read. */
export interface InputFormat {
  readonly charset: { readonly typed: string; readonly encoding: string };
  readonly dialect: Dialect;
}

/** Some records, in the order of the file. */
export interface ReadRecords {
  readonly records: readonly CsvRecord[];
}

/**
 * Gives the records that are data, the header first, as they are complete, some at a time.
 * @param warnings is told of rows that are passed over, and of such as look wrong
 * @param raw keeps the bytes of what is given; null: nobody wants them
 * @param onMark is told of the byte order mark with which the input begins, if it does, before anything else is
 * @throws RunStop 65 when bytes cannot be decoded, a cell or record is too long, or a qualified cell is never closed
 */
export async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  format: InputFormat,
  warnings: RunWarnings,
  raw: RawRecords | null = null,
  onMark: (mark: ByteOrderMark) => void = () => {},
): AsyncGenerator<ReadRecords, void> {
  const header = new RepeatedHeader();
  const reader = createRecordReader(format.dialect, RECORD_LIMITS, raw ?? undefined);
  let mark: ByteOrderMark | null = null;
  const chunks = decode(bytes, format.charset.encoding, raw);
  for await (const chunk of raw?.withWholeLineEnds(chunks) ?? chunks) {
    if (mark === null && chunk.mark !== null) onMark(chunk.mark);
    mark = chunk.mark;
    if (chunk.kind === "undecodable") {
      const { likelyCharsets } = await import("../inspect/likely_charsets.ts");
      const message = sentences.undecodableBytes(chunk, format.charset, reader.line, likelyCharsets(chunk));
      throw new RunStop(EXIT.badInput, [message]);
    }
    const records = header.without(reader.push(chunk.text, chunk.isPlain), warnings);
    if (reader.tooLong !== null) throw new RunStop(EXIT.badInput, [sentences.tooLong(reader.tooLong)]);
    raw?.keep(records);
    if (records.length > 0) yield { records };
  }
  const last = header.without(reader.end(), warnings);
  if (reader.tooLong !== null) throw new RunStop(EXIT.badInput, [sentences.tooLong(reader.tooLong)]);
  if (reader.openQualifier !== null) {
    throw new RunStop(EXIT.badInput, [sentences.openQualifier(reader.openQualifier)]);
  }
  raw?.textEnds();
  raw?.keep(last);
  if (last.length > 0) yield { records: last };
  warnings.noteRows({ kind: "separators_only" }, reader.tallies.separatorRows);
  warnings.noteRows({ kind: "control_characters" }, reader.tallies.controlRows);
}

/** Keeps the bytes of rows, if the report wants them; null: it does not. */
export async function rawRecordsFor(report: Report, { dialect }: InputFormat): Promise<RawRecords | null> {
  if (report.needs.rawRows !== true) return null;
  const { RawRecords } = await import("../csv/raw_records.ts");
  const raw = new RawRecords(dialect);
  report.raw?.(raw);
  return raw;
}
