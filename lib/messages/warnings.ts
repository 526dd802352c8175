/** The sentences of warnings, without the `#Warning: ` before them. */
import { onOneLine } from "../one_line.ts";
import { namedObjects } from "./named_objects.ts";
import { quoted } from "./quoted.ts";
import type { NotedWarning, RowWarning, WholeWarning } from "../run_warnings.ts";

export function warningText({ warning, rows }: NotedWarning): string {
  return rows === null ? ofRun(warning) : ofRows(warning, rows);
}

/** A line on standard error. @param about what it is about, with what ends it; empty: the only run */
export function warningAside(about: string, text: string): string {
  return `csvrecon: ${about}Warning: ${onOneLine(text)}`;
}

function ofRun(warning: WholeWarning): string {
  switch (warning.kind) {
    case "nothing_gone": {
      const which = warning.count === 1 ? "it" : "they";
      return `Nothing is gone from the feed in this run: ${rows(warning.count)} in error${
        first(warning.count, warning.line)
      }, cannot be tied to an object, and ${which} may be about any. Mend ${
        warning.count === 1 ? "it" : "them"
      }, and load the file again`;
    }
    case "targets_below": {
      const { count, line, keys, canWait } = warning;
      const refers = keys.length === 1 ? "refers" : "refer";
      return `${failing(warning)} only because what ${keys.join(", ")} ${refers} to stands further down in the file${
        first(count, line)
      }: ${
        canWait
          ? `second_pass=${keys.join(",")} loads ${count === 1 ? "it" : "them"}`
          : "put rows behind those that they refer to, or load the file once more"
      }`;
    }
    case "behind_row_in_error": {
      const { count, line, cause } = warning;
      return `${failing(warning)} because the row in line ${cause} is in error, to which ${
        count === 1 ? "it refers" : "they refer"
      }, be it through others${first(count, line)}: mend that one`;
    }
    case "no_index": {
      const { class: code, conditions, more } = warning;
      const others = more === 0 ? "" : ` (and ${more} more ${more === 1 ? "search" : "searches"})`;
      return `No index serves the search of ${code} by ${
        conditions.join(", ")
      }${others}, and this run may make none: ` +
        `csvrecon index --class=${code} --reconciliationkeys=${conditions.join(",")} makes it`;
    }
    case "other_byte_order_mark": {
      const { says, typed, read } = warning;
      return `The input begins with a byte order mark of ${says.toUpperCase()}, but charset is ${typed}: ` +
        `it was read as ${read.toUpperCase()}`;
    }
  }
}

function ofRows(warning: RowWarning, { count, firstLine }: { count: number; firstLine: number }): string {
  switch (warning.kind) {
    case "twin":
      return `${rows(count)} changed an object that an earlier row of the file had reached${
        first(count, firstLine)
      }: ` +
        "twins=last lets the last row win";
    case "no_width_in_key":
      return `${rows(count)} with characters in a key that cannot be seen${first(count, firstLine)}: ` +
        `${
          warning.codes.map(codePoint).join(", ")
        } in column '${warning.column}'. They count: remove them if they are not meant`;
    case "other_id":
      return `${rows(count)} with an id that is not that of the object${first(count, firstLine)}: ids are given by ` +
        "the database, and none was used. Give ignore_columns=id, or name it among the reconciliation keys";
    case "other_key":
      return `${rows(count)} with another ${quoted(warning.column)} than that of the object${
        first(count, firstLine)
      }: it ` +
        "tells the object from others, and was not changed. Leave the column out, or name it among the reconciliation keys";
    case "like_another":
      return `${rows(count)} created an object that differs from another one in ${
        warning.columns.map(quoted).join(", ")
      } ` +
        `only by case, blanks or the form of characters${first(count, firstLine)}: in this database these are two`;
    case "namesake": {
      const columns = warning.columns.join(", ");
      return `${rows(count)} created an object beside one that agrees in ${columns}${first(count, firstLine)}` +
        `${
          otherObject(warning.other)
        }: no reconciliationkeys were given, so all default keys that the file has must agree ` +
        `(${warning.keys.join(", ")}). If it is the same object, give reconciliationkeys=${
          quoted(columns)
        }; if not, name all of them`;
    }
    case "separators_only":
      return `${rows(count)} of separators only ${count === 1 ? "was" : "were"} passed over${first(count, firstLine)}`;
    case "repeated_header":
      return `${rows(count)} that ${count === 1 ? "repeats" : "repeat"} the header ${count === 1 ? "was" : "were"} ` +
        `passed over${first(count, firstLine)}: were files put together?`;
    case "control_characters":
      return `${rows(count)} with control characters (U+0080 to U+009F)${first(count, firstLine)}: ` +
        "somebody may have read the file in a wrong charset before";
  }
}

/** `1 row`, `3 rows`. */
function rows(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}

/** `1 row fails`, `At least 3 rows fail`. */
function failing({ count, isMore }: { readonly count: number; readonly isMore: boolean }): string {
  return `${isMore ? "At least " : ""}${rows(count)} ${count === 1 ? "fails" : "fail"}`;
}

/** `, in line 4`, `, the first in line 4`. */
function first(count: number, line: number): string {
  return count === 1 ? `, in line ${line}` : `, the first in line ${line}`;
}

/** ` (Person::7)`; nothing for one that has no id yet, as a simulation has made it. */
function otherObject(other: (RowWarning & { readonly kind: "namesake" })["other"]): string {
  return other === null || other.id === 0 ? "" : namedObjects({ objects: [other], more: false });
}

/** `U+200B` */
function codePoint(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
