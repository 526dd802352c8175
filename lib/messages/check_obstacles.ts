/** Sentences about what would stop an import, or leave rows out. */
import type { RecordProblem } from "../csv/record.ts";
import type { StopMessage } from "../errors.ts";
import type { ClassObstacle, FormObstacle, Obstacle } from "../inspect/finding.ts";
import type { LookOfData, MissingHeader } from "../inspect/missing_header.ts";
import { dateMessage } from "./check_dates.ts";
import { asSentence, at, column, counted, listed, meant, name, pairs, rows, shownSign } from "./check_words.ts";
import { inputKindHint } from "./input_kinds.ts";
import { quoted, shortened } from "./quoted.ts";
import { separatorName } from "./separator_name.ts";

export function obstacleMessage(found: Obstacle): StopMessage {
  switch (found.kind) {
    case "key_is_no_column":
    case "unknown_column":
    case "more_unknown_columns":
    case "columns_refused":
    case "values_refused":
    case "no_ids":
    case "dates_refused":
      return classObstacle(found);
    case "dates_undecided":
    case "dates_unreadable":
    case "dates_mixed":
    case "date_formats_differ":
      return dateMessage(found);
    default:
      return formObstacle(found);
  }
}

function formObstacle(found: FormObstacle): StopMessage {
  switch (found.kind) {
    case "line_before_header":
      return { text: inputKindHint(found.input) };
    case "other_separator":
      return {
        text: `The separator ${shownSign(found.given)} was given, but ${
          shownSign(found.other)
        } makes ${found.columns} columns`,
        hint: `Give separator=${separatorName(found.other)}`,
      };
    case "utf_8_as_other":
      return {
        text:
          `charset=${found.given} was given, but the bytes are good UTF-8: ${quoted(found.meant)} would be read as ` +
          quoted(found.read),
        hint: "Give charset=UTF-8, or no charset",
      };
    case "nameless_columns":
      return namelessColumns(found.columns);
    case "no_header":
      return noHeader(found);
    case "repeated_name":
      return {
        text: `Columns ${listed(found.columns.map(String))} have one name: ${name(found.name)}`,
        hint: "Two columns for one attribute are refused: remove or rename one of them",
      };
    case "wrong_length":
      return {
        text: `${rows(found.rows)} another number of cells than the header's ${found.expected}${at(found.rows)}: ` +
          (found.rows.count === 1 ? `${found.found}` : `${found.found} in the first`),
        hint: wrongLengthHint(found),
      };
    case "bad_rows":
      return { text: `${rows(found.rows)} ${BAD_ROWS[found.problem]}${at(found.rows)}` };
    case "twins":
      return {
        text: `${found.count} ${found.count === 1 ? "row has" : "rows have"} the keys of an earlier row, and other ` +
          `values: ${pairs(found.count, found.rows)}`,
        hint: "They would be in error. Other keys may tell them apart; twins=last lets the last row win",
      };
  }
}

const BAD_ROWS: Readonly<Record<RecordProblem["kind"], string>> = {
  text_after_qualifier: "text behind a closing qualifier",
  nul: "the character NUL",
  shifted: "qualifiers within cells that have none around them: a separator is missing",
  backslash: "a backslash before a closing qualifier",
  too_many_cells: "more cells than can be read",
};

function wrongLengthHint({ isEmptyEnd, areShort }: Extract<FormObstacle, { readonly kind: "wrong_length" }>): string {
  if (isEmptyEnd) {
    return "Each of them ends with a separator that the header has not: add one to the header, or take them away";
  }
  const hint = "Is a qualifier missing around a cell that has a separator or a line break in it?";
  return areShort ? `${hint} If what is missing are empty cells at the end, give short_rows=fill` : hint;
}

const LOOKS: Readonly<Record<LookOfData, string>> = {
  mail: "an e-mail address",
  url: "a web address",
  date: "a date",
  address: "an IP address",
  uuid: "a UUID",
};

function noHeader({ columns, column, look, rows: below }: MissingHeader): StopMessage {
  return {
    text: `The file has no header: cell ${column} of its first row is ${LOOKS[look]}, as all ${below} filled cells ` +
      "below it that were looked at",
    hint: `header names its ${columns} columns, in their order: put names in place of 'COLUMN 1' and the others`,
  };
}

function namelessColumns(columns: readonly number[]): StopMessage {
  const one = columns.length === 1;
  const what = `${one ? "Column" : "Columns"} ${listed(columns.map(String))} ${one ? "has" : "have"} no name`;
  return {
    text: `${what}, but filled cells`,
    hint: "Name each column in the header; where that stands further down, skip_lines passes over the lines above it",
  };
}

function classObstacle(found: ClassObstacle): StopMessage {
  switch (found.kind) {
    case "key_is_no_column":
      return {
        text: `The reconciliation key ${quoted(found.name)} is no column of the file${meant(found.nearest)}`,
      };
    case "unknown_column":
      return {
        text: `Column ${found.column}, ${name(found.name)}, is not known in the class` +
          (found.nearest.length === 0 ? "" : `. Near to it: ${listed(found.nearest.map((near) => quoted(near)))}`),
      };
    case "more_unknown_columns":
      return {
        text: `${counted(found.count, "more column")} ${found.count === 1 ? "is" : "are"} not known in the class`,
      };
    case "columns_refused":
      return asSentence(found.message);
    case "values_refused":
      return {
        text: `${rows(found.rows)} a value in ${column(found)} that ${found.attribute} does not take${at(found.rows)}`,
        hint: `The first: ${found.value === null ? "" : `${quoted(shortened(found.value))}: `}${found.reason}`,
      };
    case "no_ids":
      return {
        text: `${rows(found.rows)} no id in ${column(found)}, which takes ids${at(found.rows)}: ` +
          quoted(shortened(found.value)),
        hint: found.instead === null
          ? "Name an attribute of the target behind an arrow: ->"
          : `Name the column ${quoted(found.instead)}: it finds by name`,
      };
    case "dates_refused":
      return {
        text: found.example === null
          ? `The ${found.count} filled cells of ${column(found)} look like no dates`
          : `No date_format reads the dates of ${column(found)}, as ${quoted(found.example)}`,
        hint: "The letters of date_format are told in docs/values.md",
      };
  }
}
