/** Sentences of `csvrecon check`. */
import type { StopMessage } from "../errors.ts";
import type { CharsetEvidence } from "../inspect/charset_evidence.ts";
import type { ColumnFacts, ColumnLook } from "../inspect/column_tally.ts";
import type { Finding } from "../inspect/finding.ts";
import { cutText } from "../cut_text.ts";
import type { ClassFit, Inspection, LookedAt, MappedAttribute, MappedRow, TableFacts } from "../inspect/inspection.ts";
import { findingMessage } from "./check_findings.ts";
import { counted, listed, shownSign } from "./check_words.ts";
import { quoted, visible } from "./quoted.ts";
import { visibleLine } from "./visible_text.ts";

/** As a shell takes it: between quotes, where something in the value means something to it. */
export function asArgument(name: string, value: string): string {
  const isPlain = /^[\w.:/@%+-]+$/.test(value);
  return `--${name}=${isPlain ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;
}

/** What `check` says of a file, line by line. @param parameters what an import is to be given, as a shell takes it */
export function inspectionLines(
  name: string,
  inspection: Inspection,
  parameters: readonly string[],
): readonly string[] {
  const { table, looked, findings } = inspection;
  const lines = table === null ? [] : tableLines(table, looked);
  return [
    `${visible(name)}: ${
      table === null
        ? "not read as CSV"
        : `CSV, ${counted(looked.rows, "row")}, ${counted(table.columns.length + table.addedColumns.length, "column")}`
    }`,
    ...lines,
    ...findings.slice(0, MOST_FINDINGS).flatMap(findingLines),
    ...more(findings.length - MOST_FINDINGS, "finding"),
    verdict(findings),
    ...parametersLines(table, parameters),
  ];
}

/** For people; programs get them all. */
const MOST_COLUMNS = 200;
const MOST_FINDINGS = 60;

function more(count: number, word: string): readonly string[] {
  return count > 0 ? [`… and ${counted(count, `more ${word}`)}: --output=json has all`] : [];
}

function parametersLines(table: TableFacts | null, parameters: readonly string[]): readonly string[] {
  return table === null || parameters.length === 0 ? [] : [`To load it, give: ${parameters.join(" ")}`];
}

function tableLines(table: TableFacts, looked: LookedAt): readonly string[] {
  const { charset, dialect, columns, addedColumns, fit, firstRows } = table;
  const given = charset.isGiven ? ", as given" : "";
  return [
    `Looked at: ${lookedText(looked)}`,
    `Charset: ${charset.name}${given}. ${evidenceText(charset.evidence)}`,
    ...candidateLines(charset.evidence),
    `Separator: ${shownSign(dialect.separator)}${dialect.isGiven ? ", as given" : ""}. ${dialectText(table)}`,
    `Qualifier: ${dialect.qualifier === "" ? "none" : dialect.qualifier}`,
    `Header: ${table.headerLine === null ? "none in the file" : `line ${table.headerLine}`}`,
    ...(fit === null ? [] : fitLines(fit)),
    "Columns:",
    ...columns.slice(0, MOST_COLUMNS).map((column) => `  ${columnText(column, fit)}`),
    ...more(columns.length - MOST_COLUMNS, "column").map((line) => `  ${line}`),
    ...mappedLines(firstRows),
    ...(addedColumns.length === 0
      ? []
      : [`Rows in error of an earlier import: it ignores ${listed(addedColumns)} behind them`]),
  ];
}

/** The cells of the file, what the map makes of them, and the attribute. */
function mappedLines(rows: readonly MappedRow[]): readonly string[] {
  if (rows.length === 0) return [];
  return [
    "What the map makes of the first rows:",
    ...rows.flatMap(({ line, cells }) => [`  line ${line}`, ...cells.map((cell) => `    ${mappedText(cell)}`)]),
  ];
}

function mappedText({ attribute, value, of, isDefault }: MappedAttribute): string {
  const from = of.length === 0
    ? "the map"
    : of.map(({ column, cell }) => `${visibleLine(column)} ${shownCell(cell)}`).join(", ");
  return `${from} → ${shownCell(value)} → ${attribute}${isDefault ? ", for new objects" : ""}`;
}

/** In UTF-16 code units. */
const LONGEST_CELL = 60;

function shownCell(cell: string | null): string {
  return cell === null ? "<NULL>" : visibleLine(quoted(cutText(cell, LONGEST_CELL)));
}

const MEBI = 1024 * 1024;

function lookedText({ bytes, size, isWhole, rows, cells }: LookedAt): string {
  const seen = `${counted(rows, "row")} with ${counted(cells, "cell")}`;
  if (isWhole) return `the whole file, ${counted(bytes, "byte")}: ${seen}`;
  const part = bytes < MEBI ? counted(bytes, "byte") : `${Math.floor(bytes / MEBI)} MiB`;
  const of = size === null ? "" : ` of ${size < MEBI ? counted(size, "byte") : `${Math.floor(size / MEBI)} MiB`}`;
  return `the first ${part}${of}: ${seen}. The rest was not looked at; --whole=1 looks at all`;
}

function evidenceText(evidence: CharsetEvidence): string {
  switch (evidence.kind) {
    case "mark":
      return `The file begins with the byte order mark of ${evidence.says.toUpperCase()}`;
    case "ascii":
      return "Nothing but ASCII, which every usual charset reads alike";
    case "utf_8":
      return `All of it is UTF-8, with ${counted(evidence.characters, "character")} beyond ASCII, the first in line ` +
        String(evidence.firstLine);
    case "utf_16":
      return "Every second byte is 0, and there is no byte order mark";
    case "mixed":
      return `It has ${counted(evidence.characters, "character")} of good UTF-8 beyond ASCII, and bytes that are none`;
    case "legacy":
      return "It is no UTF-8";
  }
}

/** What each charset would make of the same words, for somebody who knows them. */
function candidateLines(evidence: CharsetEvidence): readonly string[] {
  if (evidence.kind !== "legacy") return [];
  return evidence.candidates.map(({ name, words }) => `  ${name} reads: ${words.map(visibleLine).join(", ")}`);
}

function dialectText({ dialect, headerLine }: TableFacts): string {
  const { columns, rows, sameRows } = dialect;
  if (columns < 2) return "There is one column only";
  if (headerLine === null) {
    if (rows === 1) return `The first row has ${columns} cells`;
    return `${sameRows === rows ? "All" : sameRows} of the first ${counted(rows, "row")} have ${columns} cells`;
  }
  const share = rows === 1 && sameRows === 1
    ? "the first row"
    : sameRows === rows
    ? `all of the first ${counted(rows, "row")}`
    : `${sameRows} of the first ${counted(rows, "row")}`;
  return rows === 0 ? `The header has ${columns} cells` : `The header and ${share} have ${columns} cells`;
}

function fitLines(
  { class: modelClass, codes, language, columns, takenByMap, notLoaded, keys }: ClassFit,
): readonly string[] {
  const known = columns.filter((match, index) => match !== null || takenByMap.includes(index)).length;
  const by = codes ? "codes (no_localize=1)" : `labels in ${language}`;
  const passed = notLoaded.length === 0 ? "" : `; ${notLoaded.length} not loaded`;
  return [
    `Class ${modelClass}: ${known} of ${counted(columns.length, "column")} known, as ${by}${passed}`,
    keys === null
      ? "Reconciliation keys: an import would be refused, see below"
      : `Reconciliation keys: ${keys.printed.join(", ")}, from ${
        listed([...new Set(keys.columns)].map((one) => quoted(one)))
      }`,
  ];
}

function columnText(facts: ColumnFacts, fit: ClassFit | null): string {
  const { number, name } = facts;
  const target = fit === null ? "" : ` → ${targetText(fit, number - 1)}`;
  const remarks = [filledText(facts), valuesText(facts), lookText(facts.look)].filter((remark) => remark !== "");
  return `${number} ${visibleLine(quoted(name))}${target}: ${remarks.join(", ")}`;
}

function targetText({ columns, takenByMap, notLoaded }: ClassFit, index: number): string {
  const match = columns[index] ?? null;
  if (match !== null) return match.code;
  if (notLoaded.includes(index)) return "not loaded";
  return takenByMap.includes(index) ? "for the map" : "not known";
}

function filledText({ filled, empty }: ColumnFacts): string {
  if (filled === 0) return empty === 0 ? "no cells" : "always empty";
  return empty === 0 ? "never empty" : `${counted(empty, "empty cell")}`;
}

function valuesText({ values }: ColumnFacts): string {
  switch (values.kind) {
    case "unique":
      return values.upTo === null ? "unique" : `unique in the first ${counted(values.upTo, "filled cell")}`;
    case "constant":
      return "all the same";
    case "repeated":
      return `not unique (lines ${values.lines.join(" and ")})`;
    case "none":
      return "";
  }
}

function lookText(look: ColumnLook): string {
  switch (look?.kind) {
    case undefined:
      return "";
    case "booleans":
      return "yes and no";
    case "numbers":
      return look.isWhole ? "whole numbers" : look.withSigns.count > 0 ? "numbers with other signs" : "numbers";
    case "dates": {
      if (look.formats.length === 0) return `dates as ${quoted(look.example)}`;
      const decided = look.decidedBy === null ? "" : ` (line ${look.decidedBy} decides)`;
      return `dates: ${listed(look.formats, "or")}${decided}`;
    }
  }
}

const LEVELS: Readonly<Record<Finding["level"], string>> = { fault: "Error", error: "Error", warning: "Warning" };

function findingLines(finding: Finding): readonly string[] {
  const { text, hint } = findingMessage(finding);
  return [`${LEVELS[finding.level]}: ${text}`, ...(hint === undefined ? [] : [`  ${hint}`])];
}

function verdict(findings: readonly Finding[]): string {
  const errors = findings.filter(({ level }) => level !== "warning").length;
  const warnings = counted(findings.length - errors, "warning");
  return errors === 0
    ? `Nothing was found that would stop an import or leave rows out; ${warnings}`
    : `${counted(errors, "error")} that would stop an import or leave rows out; ${warnings}`;
}

export function paramFileNotWritten(path: string): string {
  return `Not written: ${quoted(path)}, as the file is not read as CSV`;
}

export function paramFileExists(path: string): StopMessage {
  return {
    text: `There is a file already: ${quoted(path)}`,
    hint: "Nothing is ever written over: give another name, or move it away",
  };
}

/** Beside a database, under a name that SQLite gives its own files. */
export function paramFileOfDatabase(path: string): StopMessage {
  return { text: `The name belongs to the database: ${quoted(path)}`, hint: "Give another name" };
}

/** @param reason what the operating system says */
export function paramFileNotMade(path: string, reason: string): StopMessage {
  return { text: `The parameter file could not be written: ${quoted(path)}`, hint: reason };
}
