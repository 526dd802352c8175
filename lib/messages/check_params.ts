/** The parameter file that `check` writes: its comments, for whoever fills it in. */
import type { Finding } from "../inspect/finding.ts";
import type { Inspection } from "../inspect/inspection.ts";
import type { SuggestedParameter } from "../inspect/suggested_parameters.ts";
import { onOneLine } from "../one_line.ts";
import { findingMessage } from "./check_findings.ts";
import { quoted } from "./quoted.ts";

/** What the file is about. */
export interface ParamFileFacts {
  /** As typed; null: standard input. */
  readonly file: string | null;
  readonly database: string;
  /** Nobody logs in to it, as csvrecon did not make it. */
  readonly hasNoUsers?: boolean;
  readonly inspection: Inspection;
  readonly parameters: readonly SuggestedParameter[];
}

/** One line of a parameter file: a comment, a parameter that counts, or one that waits to be filled in. */
export type ParamLine =
  | { readonly kind: "comment"; readonly text: string }
  | { readonly kind: "blank" }
  | { readonly kind: "value"; readonly name: string; readonly value: string }
  | { readonly kind: "to_do"; readonly name: string; readonly value: string };

const ABOUT: Readonly<Record<SuggestedParameter["name"], string>> = {
  charset: "The character set of the file.",
  skip_lines: "Lines before the header that are passed over.",
  comment_sign: "Lines that begin with it are no rows.",
  footer_lines: "Rows at the end that are no data.",
  header: "The names of the columns: the file has none.",
  separator: "What stands between cells.",
  qualifier: "What stands around cells that have a separator or a line break in them.",
  escape_sign: "What makes text of a qualifier or a separator behind it.",
  ignore_columns: "Columns that are not loaded.",
  short_rows: "What becomes of rows with fewer cells than the header.",
  date_format: "How dates are written.",
  decimal_sign: "The decimal sign of numbers.",
  grouping_sign: "What stands between groups of three digits.",
  null_words: "Words that mean nothing.",
  class: "The class of the objects to load.",
  no_localize:
    "1: columns and enumerations are called by codes; 0: by labels, in the language of the user who logs in.",
  model: "The overlay of the database: what its schema cannot tell.",
  map: "What becomes of the columns and words of the file.",
  second_pass: "External keys that are filled when all rows are there, as rows refer to rows further down.",
  create_targets: "External keys that create the target which they do not find.",
  reconciliationkeys: "The columns by which a row finds its object.",
};

export function paramFileLines(facts: ParamFileFacts): readonly ParamLine[] {
  const { file, database, parameters } = facts;
  const has = (name: SuggestedParameter["name"]) => parameters.some((parameter) => parameter.name === name);
  return [
    comment(
      "A parameter file for csvrecon, as csvrecon check found the file to be. It is a beginning: look through it.",
    ),
    comment("csvrecon --param_file=THIS_FILE --simulate=1 --output=details shows what an import would do."),
    ...findingLines(facts.inspection.findings),
    { kind: "blank" },
    ...(file === null
      ? [comment("TO DO: the file; it was read from standard input."), todo("csvfile", "FILE.csv")]
      : [comment("The file, relative to the folder in which csvrecon runs."), value("csvfile", file)]),
    ...(has("class")
      ? []
      : [comment("TO DO: the class of the objects to load; csvrecon model show lists them."), todo("class", "CLASS")]),
    ...parameters.flatMap(({ name, value: text }) =>
      name === "header" && hasNoHeader(facts.inspection.findings)
        ? [comment("TO DO: the names of the columns, in their order: the file has no header."), todo(name, text)]
        : [comment(ABOUT[name]), value(name, text)]
    ),
    ...(has("short_rows") || !hasShortRows(facts.inspection.findings) ? [] : [
      comment("Rows are shorter than the header. If what is missing are empty cells at the end:"),
      todo("short_rows", "fill"),
    ]),
    ...(has("reconciliationkeys") ? [] : [
      comment("The columns by which a row finds its object; without this line the class's own keys."),
      todo("reconciliationkeys", uniqueColumns(facts.inspection).join(", ") || "COLUMN"),
    ]),
    { kind: "blank" },
    comment("The database."),
    value("db", database),
    ...(facts.hasNoUsers === true ? [] : [
      comment("TO DO: who loads, and a file whose first line is the password, which nobody else can read."),
      todo("auth_user", "LOGIN"),
      todo("auth_pwd_file", "FILE"),
    ]),
    comment("What the change log says of it."),
    todo("comment", "nightly load"),
  ];
}

function comment(text: string): ParamLine {
  return { kind: "comment", text };
}

function value(name: string, text: string): ParamLine {
  return { kind: "value", name, value: text };
}

function todo(name: string, text: string): ParamLine {
  return { kind: "to_do", name, value: text };
}

function findingLines(findings: readonly Finding[]): ParamLine[] {
  if (findings.length === 0) return [];
  const texts = findings.map((finding) => comment(`- ${onOneLine(findingMessage(finding).text)}`));
  return [{ kind: "blank" }, comment("What was found in the file:"), ...texts];
}

/** Nobody has named its columns so far. */
function hasNoHeader(findings: readonly Finding[]): boolean {
  return findings.some(({ about }) => about.kind === "no_header");
}

function hasShortRows(findings: readonly Finding[]): boolean {
  return findings.some(({ about }) => about.kind === "wrong_length" && about.areShort);
}

const MOST_NAMED = 3;

/** Columns that tell every row from the others. */
function uniqueColumns({ table }: Inspection): readonly string[] {
  const unique =
    table?.columns.filter(({ values, empty, name }) =>
      values.kind === "unique" && empty === 0 && name !== "" && !name.includes(",")
    ) ?? [];
  return unique.slice(0, MOST_NAMED).map(({ name }) => name);
}

/** What cannot stand in a parameter file, and why. */
export function notInParamFile(name: string, text: string): string {
  return `TO DO: ${name}: ${
    quoted(text)
  } cannot stand in a parameter file, as it has a line break, or a quote with a # behind it`;
}

/** @param map that was written besides; null: none @param missing what its reader has still to give, as parameters */
export function paramFileWritten(path: string, map: string | null, missing: readonly string[]): string {
  const besides = map === null ? "" : `, and ${quoted(map)} for what the class does not know`;
  const toDo = missing.length === 0 ? "" : `. Still to be filled in there: ${missing.join(", ")}`;
  return `Written: ${quoted(path)}${besides}${toDo}`;
}
