/** With which separator and qualifier a file is read on, and what its first line says. */
import type { CsvRecord } from "../csv/record.ts";
import type { InputKind } from "../messages/input_kinds.ts";
import type { Findings } from "./finding.ts";
import type { GivenFormat } from "./inspection.ts";
import { type DialectEvidence, likelyDialect, recordsOf } from "./likely_dialect.ts";
import { BACKSLASH, behindLines, likelyHead, withoutComments } from "./likely_head.ts";
import { missingHeader, namesInstead } from "./missing_header.ts";
import type { GivenFile } from "../parameters/settings/file_settings.ts";
import { firstLineOf, isTable, kindOfLine } from "./line_kind.ts";

export interface JudgedDialect {
  readonly dialect: DialectEvidence;
  readonly isGiven: boolean;
  /** Records before the header that an import does not pass over by itself. */
  readonly passedOver: number;
  /** How the file is written, as it was given or found out. */
  readonly file: GivenFile;
}

const DEFAULT_SEPARATOR = ",";

/** @param whole the beginning of the file @returns what the file is, if it is no CSV */
export function judgeDialect(
  whole: string,
  isWhole: boolean,
  given: GivenFormat,
  findings: Findings,
): JudgedDialect | { readonly noTable: InputKind } {
  const text = behindSkipped(whole, given);
  const kind = kindOfLine(firstLineOf(text), given.separator ?? DEFAULT_SEPARATOR);
  if (kind !== null && !isTable(kind)) return { noTable: kind };
  // An import believes a line that says the separator, unless it is told another one.
  const isBelieved = kind?.kind === "sep_line" && (given.separator ?? kind.separator) === kind.separator &&
    kind.separator !== given.qualifier;
  if (kind !== null && !isBelieved) findings.error({ kind: "line_before_header", input: kind });
  const passedOver = kind === null ? 0 : 1;
  // One character cannot both separate cells and surround them: then the line is not believed.
  const said = kind?.kind === "sep_line" && kind.separator !== given.qualifier ? kind.separator : null;
  const file = kind === null ? fileOf(text, isWhole, given, findings) : given.file;
  const seen = asRead(text, given.file, file);
  const look = { isWhole, passedOver };
  const escape = escapeOf(file);
  const free = likelyDialect(seen, { separator: said, qualifier: given.qualifier, ...escape }, look);
  const isGiven = given.separator !== null;
  const dialect = isGiven
    ? likelyDialect(seen, { separator: given.separator, qualifier: given.qualifier, ...escape }, look)
    : free;
  if (isGiven) tellOther(dialect, free, findings);
  const left = kind?.kind === "sep_line" && kind.separator !== dialect.qualifier ? 0 : passedOver;
  const records = recordsOf(seen, dialect, isWhole).slice(passedOver);
  return { dialect, isGiven, passedOver: left, file: withNames(file, records, findings) };
}

/** A file that has no header gets names that stand in for it, so that its first row is one of its rows. */
function withNames(file: GivenFile, records: readonly CsvRecord[], findings: Findings): GivenFile {
  const missing = file.header === null ? missingHeader(records) : null;
  if (missing === null) return file;
  findings.error({ kind: "no_header", ...missing });
  return { ...file, header: namesInstead(missing.columns) };
}

function escapeOf({ escape }: GivenFile): { readonly escape?: string } {
  return escape === null || escape === "" ? {} : { escape };
}

/** What nobody has said of the file is found out, as far as it is certain, and told. @param text behind what is passed over */
function fileOf(text: string, isWhole: boolean, given: GivenFormat, findings: Findings): GivenFile {
  const { file, separator, qualifier } = given;
  const head = likelyHead(text, { separator, qualifier, ...escapeOf(file) }, {
    isWhole,
    mayHavePreamble: file.skipLines === null && file.header === null,
    mayHaveComments: file.comment === null,
    mayHaveEscapes: file.escape === null,
    linesBefore: file.skipLines ?? 0,
  });
  const { comment, skipLines } = head;
  if (skipLines > 0) findings.warn({ kind: "lines_before_header", count: skipLines, line: skipLines + 1 });
  if (comment !== null) findings.warn({ kind: "comment_lines", ...comment });
  const found = {
    ...file,
    comment: comment?.sign ?? file.comment,
    skipLines: skipLines > 0 ? skipLines : file.skipLines,
  };
  const isEscaped = file.escape === null && hasEscapes(asRead(text, file, found), given, isWhole);
  if (isEscaped) findings.warn({ kind: "escape_sign", sign: BACKSLASH });
  return isEscaped ? { ...found, escape: BACKSLASH } : found;
}

/** What is left of a text without what was found. */
function asRead(text: string, before: GivenFile, { skipLines, comment }: GivenFile): string {
  const rest = behindLines(text, before.skipLines === null ? skipLines ?? 0 : 0);
  return comment === null ? rest : withoutComments(rest, comment);
}

/** With it every row is as long as the header, and without it not. */
function hasEscapes(text: string, given: GivenFormat, isWhole: boolean): boolean {
  if (!text.includes(BACKSLASH)) return false;
  const { separator, qualifier } = given;
  const look = { isWhole, passedOver: 0 };
  const without = likelyDialect(text, { separator, qualifier }, look);
  if (without.columns > 1 && without.sameRows === without.rows) return false;
  const escaped = likelyDialect(text, { separator, qualifier, escape: BACKSLASH }, look);
  return escaped.columns > 1 && escaped.rows > 0 && escaped.sameRows === escaped.rows;
}

/** What stands behind the lines that are passed over, without comments. */
function behindSkipped(text: string, { file: { skipLines, comment } }: GivenFormat): string {
  const rest = behindLines(text, skipLines ?? 0);
  return comment === null ? rest : withoutComments(rest, comment);
}

/** Somebody gave a separator that parts nothing, or less well. */
function tellOther(own: DialectEvidence, free: DialectEvidence, findings: Findings): void {
  if (free.separator === own.separator || free.columns < 2) return;
  const agrees = ({ rows, sameRows }: DialectEvidence) => rows === 0 || sameRows / rows > 0.9;
  if (own.columns > 1 && agrees(own)) return;
  findings.error({ kind: "other_separator", given: own.separator, other: free.separator, columns: free.columns });
}
