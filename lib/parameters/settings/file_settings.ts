/** How a file is written, and what it has around its rows, of the parameters that say so. */
import type { Dialect } from "../../csv/dialect.ts";
import { type FileFrame, MOST_FOOTER_LINES, MOST_SKIPPED_LINES } from "../../csv/file_frame.ts";
import {
  type Checked,
  checkNeeded,
  checkOptional,
  problemsOf,
  valueOf,
  wrongValue,
} from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterName } from "../list/definitions.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readCommentSign, readEscapeSign, readHeader, readNames } from "../reading/read_file_values.ts";
import { readWholeNumber } from "../reading/read_numbers.ts";
import { readOneOf, readQualifier, readSeparator } from "../reading/read_values.ts";
import { SHORT_ROWS, type ShortRows } from "./settings.ts";

/** Null: it is not given, and has no default for the command. */
export interface GivenFile {
  readonly separator: string | null;
  readonly qualifier: string | null;
  /** Empty: there is none. */
  readonly escape: string | null;
  readonly comment: string | null;
  readonly skipLines: number | null;
  readonly footerLines: number | null;
  readonly header: readonly string[] | null;
  readonly shortRows: ShortRows | null;
  /** As typed; `*`: every one that is not known. */
  readonly ignoredColumns: readonly string[];
}

export interface CheckedFile {
  readonly problems: readonly ParameterProblem[];
  /** What is given, when there are no problems. */
  settled(): GivenFile;
}

/** Looks at each of the parameters, and whether their signs differ. */
export function checkFile(merged: MergedParameters): CheckedFile {
  const separator = optional(merged, "separator", readSeparator);
  const qualifier = differentQualifier(merged, separator, optional(merged, "qualifier", readQualifier));
  const checks = {
    separator,
    qualifier,
    escape: differentEscape(merged, separator, qualifier),
    comment: differentComment(merged, separator, qualifier),
    skipLines: optional(merged, "skip_lines", readWholeNumber(0, MOST_SKIPPED_LINES)),
    footerLines: optional(merged, "footer_lines", readWholeNumber(0, MOST_FOOTER_LINES)),
    header: checkOptional(merged, "header", readHeader, null),
    shortRows: optional(merged, "short_rows", readOneOf(SHORT_ROWS)),
  };
  const ignoredColumns = checkOptional(merged, "ignore_columns", readNames, []);
  return {
    problems: problemsOf([...Object.values(checks), ignoredColumns]),
    settled: () => ({
      separator: valueOf(checks.separator),
      qualifier: valueOf(checks.qualifier),
      escape: valueOf(checks.escape),
      comment: valueOf(checks.comment),
      skipLines: valueOf(checks.skipLines),
      footerLines: valueOf(checks.footerLines),
      header: valueOf(checks.header),
      shortRows: valueOf(checks.shortRows),
      ignoredColumns: valueOf(ignoredColumns),
    }),
  };
}

/** The dialect of a command that has defaults for what is not given. */
export function dialectOf({ separator, qualifier, escape, comment }: GivenFile): Dialect {
  if (separator === null || qualifier === null) throw new Error("Bug: the command has no default for its dialect");
  return {
    separator,
    qualifier,
    ...(escape === null ? {} : { escape }),
    ...(comment === null ? {} : { comment }),
  };
}

export function frameOf({ skipLines, footerLines, header }: GivenFile): FileFrame {
  return { skipLines: skipLines ?? 0, footerLines: footerLines ?? 0, header };
}

/** Separator and qualifier, of a command that has defaults for both, and writes. */
export function checkWrittenDialect(merged: MergedParameters): Checked<Dialect> {
  const separator = checkNeeded(merged, "separator", readSeparator);
  const qualifier = differentQualifier(merged, separator, checkNeeded(merged, "qualifier", readQualifier));
  if (!separator.ok) return separator;
  if (!qualifier.ok) return qualifier;
  return { ok: true, value: { separator: separator.value, qualifier: qualifier.value } };
}

function optional<T>(
  merged: MergedParameters,
  name: ParameterName,
  read: Parameters<typeof checkNeeded<T>>[2],
): Checked<T | null> {
  return checkOptional<T | null>(merged, name, read, null);
}

/** The qualifier beside the separator: one character cannot both separate cells and surround them. */
function differentQualifier<T extends string | null>(
  merged: MergedParameters,
  separator: Checked<string | null>,
  qualifier: Checked<T>,
): Checked<T> {
  if (!separator.ok || !qualifier.ok || qualifier.value === null || qualifier.value === "") return qualifier;
  if (separator.value?.includes(qualifier.value) !== true) return qualifier;
  return wrongValue(merged, "qualifier", { kind: "qualifier_is_separator", found: qualifier.value });
}

/** The qualifier doubled needs no escape sign. */
function differentEscape(
  merged: MergedParameters,
  separator: Checked<string | null>,
  qualifier: Checked<string | null>,
): Checked<string | null> {
  const escape = checkOptional(merged, "escape_sign", readEscapeSign, null);
  if (!escape.ok || escape.value === null || escape.value === "") return escape;
  const found = escape.value;
  if (qualifier.ok && qualifier.value === found) {
    return wrongValue(merged, "escape_sign", { kind: "sign_is_taken", found, by: "qualifier" });
  }
  if (!separator.ok || separator.value?.includes(found) !== true) return escape;
  return wrongValue(merged, "escape_sign", { kind: "sign_is_taken", found, by: "separator" });
}

/** A row that begins with a qualified cell, or with an empty one, is no comment. */
function differentComment(
  merged: MergedParameters,
  separator: Checked<string | null>,
  qualifier: Checked<string | null>,
): Checked<string | null> {
  const comment = checkOptional(merged, "comment_sign", readCommentSign, null);
  if (!comment.ok || comment.value === null) return comment;
  const found = comment.value;
  if (qualifier.ok && qualifier.value !== null && qualifier.value !== "" && found.startsWith(qualifier.value)) {
    return wrongValue(merged, "comment_sign", { kind: "sign_is_taken", found, by: "qualifier" });
  }
  const isSeparator = separator.ok && separator.value !== null &&
    (found.startsWith(separator.value) || separator.value.startsWith(found));
  return isSeparator ? wrongValue(merged, "comment_sign", { kind: "sign_is_taken", found, by: "separator" }) : comment;
}
