/** Sentences about what somebody should look at. */
import type { StopMessage } from "../errors.ts";
import type { FormWarning, FrameWarning, ValueWarning, Warning } from "../inspect/finding.ts";
import { dateMessage } from "./check_dates.ts";
import { at, column, counted, first, listed, meant, name, pairs, rows } from "./check_words.ts";
import { quoted } from "./quoted.ts";

export function warningMessage(found: Warning): StopMessage {
  switch (found.kind) {
    case "dates_undecided":
    case "dates_unreadable":
    case "dates_mixed":
    case "date_formats_differ":
      return dateMessage(found);
    case "signs_in_numbers":
    case "null_word":
    case "same_rows":
    case "keys_forgotten":
    case "rows_further_down":
    case "empty_keys":
    case "needed_without_column":
    case "abstract_class":
      return valueWarning(found);
    case "lines_before_header":
    case "comment_lines":
    case "footer_lines":
    case "escape_sign":
      return frameWarning(found);
    default:
      return formWarning(found);
  }
}

function formWarning(found: FormWarning): StopMessage {
  switch (found.kind) {
    case "other_mark":
      return {
        text: `The file begins with a byte order mark of ${found.says}, but charset=${found.given} was given`,
        hint: "The mark wins: give no charset",
      };
    case "charset_guessed":
      return {
        text: `The charset ${found.charset} is a guess by what the words read as`,
        hint: "Look at the words above: if they are right, give it; the program that wrote the file knows better",
      };
    case "no_rows":
      return { text: "There is no row below the header" };
    case "charset_at_end":
      return {
        text: "The end of the file is no UTF-8, though its beginning is ASCII",
        hint: found.candidates.length === 0
          ? "Save it as UTF-8"
          : `It may be ${listed(found.candidates, "or")}: --whole=1 looks at all of it`,
      };
    case "header_like_data":
      return {
        text: `The header, in line ${found.line}, looks like data`,
        hint: "The first line must name the columns: add one that does, or name them with header",
      };
    case "ignored_is_no_column":
      return {
        text: `ignore_columns names ${quoted(found.name)}, which is no column of the file${meant(found.nearest)}`,
      };
    case "unseen_in_name":
      return {
        text: `The name of column ${found.column} has characters that cannot be seen: ${name(found.name)}`,
        hint: "Replace them by what is meant, or take them away",
      };
    case "separator_rows":
      return { text: `${counted(found.count, "row")} of separators only ${first(found)}: they are passed over` };
    case "repeated_header":
      return {
        text: `${rows(found.rows)} the words of the header${at(found.rows)}: passed over`,
        hint: "Were files put together?",
      };
    case "control_rows":
      return {
        text: `${counted(found.count, "row")} with control characters (U+0080 to U+009F) ${first(found)}`,
        hint: "Somebody may have read the file in a wrong charset before",
      };
    case "cut_off":
      return {
        text: `The last row${found.line === null ? "" : `, in line ${found.line},`} has ${
          counted(found.found, "cell")
        } of ${found.expected}, and no line end: is the file whole?`,
      };
    case "long_cell":
      return {
        text: `A cell that opened with a qualifier in line ${found.line} was still open where the look ended`,
        hint: "Is its closing qualifier missing?",
      };
  }
}

function frameWarning(found: FrameWarning): StopMessage {
  switch (found.kind) {
    case "lines_before_header":
      return {
        text: `The header seems to stand in line ${found.line}, below other lines`,
        hint: `skip_lines=${found.count} passes over these`,
      };
    case "comment_lines": {
      const { count } = found.rows;
      const [begin, have] = count === 1 ? ["begins", "has"] : ["begin", "have"];
      return {
        text:
          `${count} of the first lines ${begin} with ${found.sign} and ${have} another number of cells than all rows` +
          at(found.rows),
        hint: `comment_sign=${found.sign} passes over such lines`,
      };
    }
    case "footer_lines": {
      const { count } = found.rows;
      return {
        text: `The last ${count === 1 ? "row looks" : `${count} rows look`} like no data${at(found.rows)}`,
        hint: `footer_lines=${count} passes over ${count === 1 ? "it" : "them"}`,
      };
    }
    case "escape_sign":
      return {
        text:
          `With ${found.sign} before qualifiers and separators within cells all rows have as many cells as the header`,
        hint: `escape_sign=${found.sign} reads them so`,
      };
  }
}

function valueWarning(found: ValueWarning): StopMessage {
  switch (found.kind) {
    case "signs_in_numbers":
      return {
        text: `${rows(found.rows)} a number with a comma or signs of thousands in ${column(found)}${at(found.rows)}: ` +
          quoted(found.example),
        hint:
          "An attribute of numbers takes digits and a decimal point, or the signs of decimal_sign and grouping_sign",
      };
    case "null_word":
      return {
        text: `${rows(found.rows)} a word in place of a value: ${quoted(found.word)} in ${column(found)}${
          at(found.rows)
        }`,
        hint: "null_words names the words that mean nothing",
      };
    case "same_rows":
      return {
        text: `${found.count} ${found.count === 1 ? "row repeats" : "rows repeat"} an earlier one: ${
          pairs(found.count, found.rows)
        }`,
      };
    case "keys_forgotten":
      return { text: `From line ${found.line} on, keys were compared with those of the rows before it only` };
    case "rows_further_down":
      return rowsFurtherDown(found);
    case "empty_keys":
      return {
        text: `${rows(found.rows)} no key at all${at(found.rows)}`,
        hint: "Such a row finds nobody, and never changes an object",
      };
    case "needed_without_column":
      return {
        text: `A new object needs what has no column: ${found.attributes.join(", ")}`,
        hint: "Rows that find no object would be in error; those that find one would not",
      };
    case "abstract_class":
      return {
        text: `No object of ${found.class} itself can be made`,
        hint: `Rows that find no object would be in error. Its classes: ${found.concrete.join(", ")}`,
      };
  }
}

function rowsFurtherDown(
  { name: key, columns, rows: found, areMore }: Extract<ValueWarning, { readonly kind: "rows_further_down" }>,
): StopMessage {
  const pairs = found.map(({ line, target }) => `line ${line} to ${line === target ? "itself" : `line ${target}`}`);
  return {
    text: `Rows refer by ${listed(columns.map(name))} to rows further down: ${pairs.join(", ")}${areMore ? " …" : ""}`,
    hint: `second_pass=${key} looks for them when all rows are there; without it a row finds what stands above it, ` +
      "and what the database has",
  };
}
