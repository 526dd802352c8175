/** What can be wrong with parameters. The words are in `messages/parameters.ts`. */
import { EXIT, type RunStop, type StopMessage } from "../../errors.ts";
import type { DateFormatProblem } from "../../values/date_format.ts";
import type { ParameterName } from "../list/definitions.ts";
import type { CommandName } from "../list/parameter_definition.ts";

/** Where a value or a name was found. */
export type Origin =
  | { readonly kind: "command_line" }
  | { readonly kind: "environment"; readonly variable: string }
  /** A param file or a job file; `line` from 1. */
  | { readonly kind: "param_file"; readonly file: string; readonly line: number }
  /** `part`, where it matters. */
  | { readonly kind: "http"; readonly part?: "query" | "body" }
  | { readonly kind: "default" };

/** Wrong on the command line, whatever the values are. */
export type ArgumentProblem =
  | { readonly kind: "unknown_command"; readonly found: string; readonly nearest: string | null }
  /** `nearest` as it is to be typed; `found` ends before a `=`, for what follows may be a password. */
  | { readonly kind: "stray_word"; readonly found: string; readonly nearest: string | null }
  /** A word behind the value of a secret parameter: it may be the rest of the secret, and is not repeated. */
  | { readonly kind: "word_after_secret"; readonly parameter: ParameterName }
  /** A new password, or what may be one: it is not repeated. */
  | { readonly kind: "password_typed" }
  | { readonly kind: "value_missing"; readonly parameter: ParameterName }
  | { readonly kind: "http_only"; readonly parameter: ParameterName }
  /** Only a job file may give the parameter. */
  | { readonly kind: "job_file_only"; readonly parameter: ParameterName }
  | { readonly kind: "job_missing" }
  | { readonly kind: "model_file_missing" }
  /** The file for `check` to look at. */
  | { readonly kind: "checked_file_missing" }
  | {
    readonly kind: "not_for_model_action";
    readonly parameter: ParameterName;
    readonly action: "derive" | "check";
  }
  /** `model check` of a model file, which stands for itself. */
  | { readonly kind: "database_for_model_file"; readonly file: string };

/** A name that may not stand where it stands. */
export type NameProblem =
  | {
    readonly kind: "unknown_parameter";
    readonly found: string;
    /** What was meant; null: nobody knows. `--version` and `--help` with their hyphens, parameters without. */
    readonly nearest: string | null;
    /** What that does, if another program's name was typed. */
    readonly meaning: string | null;
    readonly origin: Origin;
  }
  | {
    readonly kind: "parameter_of_other_command";
    readonly parameter: ParameterName;
    readonly command: CommandName;
    readonly belongsTo: readonly CommandName[];
    readonly origin: Origin;
  }
  | { readonly kind: "not_in_param_file"; readonly parameter: ParameterName; readonly origin: Origin }
  | { readonly kind: "not_in_job_file"; readonly parameter: ParameterName; readonly origin: Origin }
  /** It names a path of the server, or is the server's own: no client may give it, whatever its value. */
  | { readonly kind: "not_over_http"; readonly parameter: ParameterName; readonly origin: Origin };

/** A line of a text file that cannot be read. What it holds is not repeated: it may be a password. `line` from 1. */
export type FileProblem =
  | { readonly kind: "not_name_and_value"; readonly file: string; readonly line: number }
  | { readonly kind: "text_after_quotes"; readonly file: string; readonly line: number }
  | { readonly kind: "not_utf_8"; readonly file: string; readonly line: number }
  /** The whole file, by the first of its bytes. */
  | { readonly kind: "is_utf_16"; readonly file: string; readonly line: number };

/** Why a value cannot be used. */
export type ValueFault =
  | { readonly kind: "separator_empty" }
  /** A word, a text in quotes, or more than `most` characters. */
  | { readonly kind: "separator_form"; readonly found: string; readonly most: number }
  | { readonly kind: "qualifier_length"; readonly found: string }
  | { readonly kind: "line_break" }
  | { readonly kind: "qualifier_is_separator"; readonly found: string }
  | { readonly kind: "grouping_is_decimal"; readonly found: string }
  /** It is the qualifier or the separator, or a part of it. */
  | { readonly kind: "sign_is_taken"; readonly found: string; readonly by: "qualifier" | "separator" }
  | { readonly kind: "not_an_escape_sign"; readonly found: string }
  | { readonly kind: "not_a_comment_sign"; readonly found: string; readonly most: number }
  | { readonly kind: "unknown_output"; readonly found: string; readonly known: readonly string[] }
  | {
    readonly kind: "unknown_charset";
    readonly found: string;
    readonly nearest: readonly string[];
    readonly known: readonly string[];
  }
  | { readonly kind: "date_format"; readonly found: string; readonly problem: DateFormatProblem }
  | { readonly kind: "not_a_switch"; readonly found: string }
  | { readonly kind: "not_one_of"; readonly found: string; readonly known: readonly string[] }
  | { readonly kind: "not_a_job_name"; readonly found: string }
  | { readonly kind: "not_seconds"; readonly found: string; readonly most: number }
  | { readonly kind: "not_a_number"; readonly found: string; readonly least: number; readonly most: number }
  | { readonly kind: "not_bytes"; readonly found: string }
  | { readonly kind: "not_a_limit"; readonly found: string; readonly most: number }
  | { readonly kind: "not_addresses"; readonly found: string }
  | { readonly kind: "not_a_moment"; readonly found: string }
  | { readonly kind: "in_the_future"; readonly found: string; readonly now: Date }
  | { readonly kind: "empty" }
  | { readonly kind: "nul" }
  | { readonly kind: "not_one_line" }
  | { readonly kind: "not_an_assignment"; readonly found: string }
  | { readonly kind: "too_long"; readonly length: number; readonly most: number }
  | { readonly kind: "no_password_in_file"; readonly file: string };

export type SettingProblem =
  | { readonly kind: "missing"; readonly parameter: ParameterName; readonly instead: ParameterName | null }
  | {
    readonly kind: "wrong_value";
    readonly parameter: ParameterName;
    readonly fault: ValueFault;
    readonly origin: Origin;
  }
  /** In one place: no rule says which of the values is meant. */
  | {
    readonly kind: "given_twice";
    readonly parameter: ParameterName;
    readonly first: Origin;
    readonly second: Origin;
  }
  | {
    readonly kind: "both_given";
    readonly parameter: ParameterName;
    readonly other: ParameterName;
    readonly origin: Origin;
  }
  /** The other one is missing, without which it says nothing. */
  | {
    readonly kind: "only_with";
    readonly parameter: ParameterName;
    readonly other: ParameterName;
    readonly origin: Origin;
  }
  /** Another one has not the value beside which it says something: `gone=update`. */
  | { readonly kind: "only_beside"; readonly parameter: ParameterName; readonly other: string; readonly origin: Origin }
  /** It names a user, or their password, and the database has no users; or it is for databases of others, and this one is ours. */
  | {
    readonly kind: "database_without_users" | "only_for_foreign";
    readonly parameter: ParameterName;
    readonly database: string;
    readonly origin: Origin;
  }
  /** Nobody can tell whether a login is missing. */
  | { readonly kind: "database_missing"; readonly database: string; readonly origin: Origin }
  | { readonly kind: "needs_change_log"; readonly parameter: ParameterName; readonly origin: Origin }
  | {
    readonly kind: "unreadable_file";
    readonly parameter: ParameterName;
    readonly file: string;
    readonly origin: Origin;
    /** Null: there is no such file. */
    readonly reason: string | null;
  };

/** One mistake of a map, an overlay or an address, in words: few imports have one, and its messages are loaded with what reads it. */
export interface FileMistake extends StopMessage {
  readonly kind: "wrong_file";
  /** It is an overlay: the parameter is right, and the model is not. */
  readonly isOfModel?: boolean;
}

/** What a run ends with because of these: at least one. 66 if nothing but files cannot be read, 78 if nothing but the model is at fault, else 64. */
export function exitCodeOf(problems: readonly ParameterProblem[]): RunStop["exitCode"] {
  if (problems.every(({ kind }) => kind === "unreadable_file")) return EXIT.inputMissing;
  const areOfModel = problems.every((problem) => problem.kind === "wrong_file" && problem.isOfModel === true);
  return areOfModel ? EXIT.databaseNotUsable : EXIT.usage;
}

export type ParameterProblem = ArgumentProblem | NameProblem | FileProblem | SettingProblem | FileMistake;
