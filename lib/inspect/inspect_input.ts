/** The story of `check`: what a file is, in which charset, how it is cut into cells, and what is in them. No object is looked at. */
import type { Breath } from "../breath.ts";
import { columnName } from "../csv/heading.ts";
import { ADDED_COLUMNS } from "../columns/added_columns.ts";
import type { FileForm } from "../csv/framed_reader.ts";
import { frameOf } from "../parameters/settings/file_settings.ts";
import type { Charset } from "../source/charset.ts";
import { StrictDecoder } from "../source/strict_decoder.ts";
import { kindOfBytes } from "./byte_kind.ts";
import { type FileFault, Findings } from "./finding.ts";
import type { CharsetFacts, GivenFormat, InspectedClass, Inspection, LookedAt, TableFacts } from "./inspection.ts";
import { judgeCharset } from "./judge_charset.ts";
import { judgeDatesOfClass } from "./judge_class_dates.ts";
import { type JudgedDialect, judgeDialect } from "./judge_dialect.ts";
import type { DialectEvidence } from "./likely_dialect.ts";
import { judgeNameless } from "./judge_header.ts";
import { judgeDates, judgeNumbers } from "./judge_looks.ts";
import { judgeTail } from "./judge_tail.ts";
import { type ReadHead, readHead } from "./read_head.ts";
import { TableReader } from "./table_reader.ts";
import { TableTally } from "./table_tally.ts";

export interface InspectedInput {
  /** In bytes; null: nobody knows. */
  readonly size: number | null;
  readonly pieces: AsyncIterable<Uint8Array>;
  /** The end of a file of which not all is looked at; null: there is none to be had without the rest. */
  readonly tail: (() => Promise<Uint8Array>) | null;
}

export interface InspectionOrder {
  readonly given: GivenFormat;
  /** Null: no class is given. */
  readonly inspected: InspectedClass | null;
  /** Look at everything. */
  readonly isWhole: boolean;
  readonly breath: Breath;
  /** Told from time to time how far the look is. */
  readonly progress: (rows: number, bytes: number) => Promise<void>;
}

/** Bytes of the text by which separator and qualifier are found. */
const SAMPLE_BYTES = 256 * 1024;
const PIECE_BYTES = 64 * 1024;

/** @throws RunStop 66 when the input cannot be read; an interruption */
export async function inspectInput(input: InspectedInput, order: InspectionOrder): Promise<Inspection> {
  const head = await readHead(input.pieces);
  const isCut = head.isCut && head.bytes.length !== input.size;
  const findings = new Findings();
  const refused = (fault: FileFault | null) => {
    if (fault !== null) findings.fault(fault);
    return { looked: lookedAt(head, input, !isCut), table: null, findings: findings.all };
  };
  const kind = kindOfBytes(head.bytes);
  if (kind !== null && kind.kind !== "utf_16") return refused({ kind: "no_csv", input: kind });
  if (head.bytes.length === 0) return refused({ kind: "no_data" });
  const judged = judgeCharset(head.bytes, isCut, order.given.charset, findings);
  if (judged === null) return refused(null);
  const text = beginningOf(head.bytes, judged.charset);
  const dialect = judgeDialect(text, !isCut && head.bytes.length <= SAMPLE_BYTES, order.given, findings);
  if ("noTable" in dialect) return refused({ kind: "no_csv", input: dialect.noTable });
  const reader = new TableReader(
    judged.charset,
    formOf(dialect),
    dialect.passedOver,
    findings,
    (header) => new TableTally(header, order.given, order.inspected, findings),
  );
  const looked = await readRows(head, input, reader, order, isCut);
  return await concluded({ input, order, reader, looked, findings, charset: judged.facts, dialect });
}

/** How an import reads it: a line that says the separator is taken off by that. */
function formOf({ dialect: { separator, qualifier }, file }: JudgedDialect): FileForm {
  const { escape, comment } = file;
  const signs = { ...escape === null ? {} : { escape }, ...comment === null ? {} : { comment } };
  return { dialect: { separator, qualifier, ...signs }, separatorIsGiven: false, frame: frameOf(file) };
}

/** The text of the first bytes, as far as they can be decoded. */
function beginningOf(head: Uint8Array, { encoding }: Charset): string {
  const chunks = new StrictDecoder(encoding).push(head.subarray(0, SAMPLE_BYTES));
  return chunks.map((chunk) => chunk.kind === "text" ? chunk.text : "").join("");
}

function lookedAt({ bytes }: ReadHead, { size }: InspectedInput, isWhole: boolean): LookedAt {
  return { bytes: bytes.length, size: size ?? (isWhole ? bytes.length : null), isWhole, rows: 0, cells: 0 };
}

/** Reads the head again, as text, and what comes behind it if it is to be looked at. */
async function readRows(
  head: ReadHead,
  { size }: InspectedInput,
  reader: TableReader,
  { breath, isWhole, progress }: InspectionOrder,
  isCut: boolean,
): Promise<LookedAt> {
  let bytes = 0;
  const push = async (piece: Uint8Array) => {
    reader.push(piece);
    bytes += piece.length;
    await progress(reader.tally?.rows.rows ?? 0, bytes);
    if (breath.isDue) await breath.take();
  };
  for (let at = 0; at < head.bytes.length && !reader.isOver; at += PIECE_BYTES) {
    await push(head.bytes.subarray(at, at + PIECE_BYTES));
  }
  let isAtEnd = !isCut;
  while (isWhole && !isAtEnd && !reader.isOver) {
    const { value, done } = await head.rest.next();
    if (done) isAtEnd = true;
    else await push(value);
  }
  reader.end(isAtEnd);
  const { rows = 0, cells = 0 } = reader.tally?.rows ?? {};
  return { bytes, size: size ?? (isAtEnd ? bytes : null), isWhole: isAtEnd && !reader.isOver, rows, cells };
}

interface Looked {
  readonly input: InspectedInput;
  readonly order: InspectionOrder;
  readonly reader: TableReader;
  readonly looked: LookedAt;
  readonly findings: Findings;
  readonly charset: CharsetFacts;
  readonly dialect: JudgedDialect;
}

/** Without a header the first row, to which the others were held, is one of them. */
function evidence(found: DialectEvidence, hasHeader: boolean): DialectEvidence {
  return hasHeader ? found : { ...found, rows: found.rows + 1, sameRows: found.sameRows + 1 };
}

async function concluded({ input, order, reader, looked, findings, charset, dialect }: Looked): Promise<Inspection> {
  const { tally } = reader;
  if (tally === null) {
    if (!reader.isOver) findings.fault({ kind: "no_data" });
    return { looked, table: null, findings: findings.all };
  }
  const columns = tally.end(looked.isWhole ? reader.hasLineEnd : null);
  judgeNameless(columns, order.given.file.ignoredColumns, findings);
  if (looked.rows === 0 && looked.isWhole && !findings.hasFault) findings.warn({ kind: "no_rows" });
  const isKnown = order.given.dateFormat !== null;
  const { matched } = tally;
  const dateFormat = matched === null
    ? judgeDates(columns, isKnown, findings)
    : judgeDatesOfClass(columns, matched, isKnown, findings);
  const numberSigns = order.given.numberSigns ?? tally.numberSigns;
  if (matched === null && numberSigns === null) judgeNumbers(columns, findings);
  const words = tally.nullWords(columns);
  for (const word of words) findings.warn({ kind: "null_word", ...word, name: columnName(word.name) });
  const table: TableFacts = {
    charset,
    dialect: { ...evidence(dialect.dialect, tally.headerLine !== null), isGiven: dialect.isGiven },
    file: tally.footerLines === 0 ? dialect.file : { ...dialect.file, footerLines: tally.footerLines },
    headerLine: tally.headerLine,
    columns,
    addedColumns: ADDED_COLUMNS.slice(0, tally.addedCells),
    fit: matched?.fit ?? null,
    firstRows: tally.firstRows,
    dateFormat,
    numberSigns,
    laterKeys: tally.laterKeys,
    nullWords: words.length === 0 ? order.given.nullWords : [...new Set(words.map(({ word }) => word))],
  };
  if (!looked.isWhole && !order.isWhole && input.tail !== null) judgeTail(await input.tail(), table, findings);
  return { looked, table, findings: findings.all };
}
