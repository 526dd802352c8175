/** From the bytes of an input to its records. */
import { type FileForm, FramedReader } from "../csv/framed_reader.ts";
import type { RawRecords } from "../csv/raw_records.ts";
import type { CsvRecord } from "../csv/record.ts";
import { EXIT, RunStop } from "../errors.ts";
import * as sentences from "../messages/input.ts";
import type { ByteOrderMark } from "../source/byte_order_mark.ts";
import type { Report } from "../report/report.ts";
import type { RunWarnings } from "../run_warnings.ts";
import { decode } from "../source/decode.ts";

/** How an input is to be read. */
export interface InputFormat extends FileForm {
  readonly charset: { readonly typed: string; readonly encoding: string };
}

/** Some records, in the order of the file. */
export interface ReadRecords {
  readonly records: readonly CsvRecord[];
}

/** Who wants to know what an input says of itself. */
export interface InputListener {
  /** It begins with this one. */
  mark(mark: ByteOrderMark): void;
  /** A line of its own says another separator than the default, by which it is read. */
  separator(separator: string): void;
}

const DEAF: InputListener = { mark: () => {}, separator: () => {} };

/**
 * Gives the records that are data, the header first, as they are complete, some at a time.
 * @param warnings is told of rows that are passed over, and of such as look wrong
 * @param raw keeps the bytes of what is given; null: nobody wants them
 * @param hear is told of what the input says of itself, before anything else is
 * @throws RunStop 65 when bytes cannot be decoded, a cell or record is too long, a qualified cell is never closed, or the file lacks lines
 * that were to be passed over; 64 when it says another separator
 */
export async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  format: InputFormat,
  warnings: RunWarnings,
  raw: RawRecords | null = null,
  hear: InputListener = DEAF,
): AsyncGenerator<ReadRecords, void> {
  const reader = new FramedReader(format, warnings, raw);
  let mark: ByteOrderMark | null = null;
  let isBegun = false;
  const chunks = decode(bytes, format.charset.encoding, raw);
  for await (const chunk of raw?.withWholeLineEnds(chunks) ?? chunks) {
    if (mark === null && chunk.mark !== null) hear.mark(chunk.mark);
    mark = chunk.mark;
    if (chunk.kind === "undecodable") {
      const { likelyCharsets } = await import("../inspect/likely_charsets.ts");
      const message = sentences.undecodableBytes(chunk, format.charset, reader.line, likelyCharsets(chunk));
      throw new RunStop(EXIT.badInput, [message]);
    }
    const records = reader.push(chunk.text, chunk.isPlain);
    await stopIfWrong(reader);
    isBegun ||= tellDialect(reader, format, hear);
    if (records.length > 0) yield { records };
  }
  const last = reader.end();
  await stopIfWrong(reader);
  if (!isBegun) tellDialect(reader, format, hear);
  if (last.length > 0) yield { records: last };
  const { tallies } = reader;
  if (tallies === null) return;
  warnings.noteRows({ kind: "separators_only" }, tallies.separatorRows);
  warnings.noteRows({ kind: "control_characters" }, tallies.controlRows);
}

/** @returns whether it is known */
function tellDialect({ dialect, isBegun }: FramedReader, format: InputFormat, hear: InputListener): boolean {
  if (isBegun && dialect.separator !== format.dialect.separator) hear.separator(dialect.separator);
  return isBegun;
}

async function stopIfWrong({ problem, tooLong, openQualifier }: FramedReader): Promise<void> {
  if (tooLong !== null) throw new RunStop(EXIT.badInput, [sentences.tooLong(tooLong)]);
  if (openQualifier !== null) throw new RunStop(EXIT.badInput, [sentences.openQualifier(openQualifier)]);
  if (problem === null) return;
  const { frameProblem } = await import("../messages/file_frame.ts");
  throw new RunStop(problem.kind === "other_separator" ? EXIT.usage : EXIT.badInput, [frameProblem(problem)]);
}

/** Keeps the bytes of rows, if the report wants them; null: it does not. */
export async function rawRecordsFor(report: Report, { dialect }: InputFormat): Promise<RawRecords | null> {
  if (report.needs.rawRows !== true) return null;
  const { RawRecords } = await import("../csv/raw_records.ts");
  const raw = new RawRecords(dialect);
  report.raw?.(raw);
  return raw;
}
