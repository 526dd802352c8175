/** Sentences about parameters: on the command line, in the environment, in param files. */
import type { StopMessage } from "../errors.ts";
import type {
  ArgumentProblem,
  FileProblem,
  NameProblem,
  Origin,
  ParameterProblem,
  SettingProblem,
} from "../parameters/reading/parameter_problem.ts";
import { wrongForDatabase } from "./foreign.ts";
import { valueFault } from "./parameter_values.ts";
import { origin, place, places } from "./parameter_places.ts";
import { quoted } from "./quoted.ts";

/** The reference's words; behind it the name as it was typed. */
export function paramFileMissing(file: string): StopMessage {
  return { text: `Error: Could not find the parameter file: ${quoted(file)}`, hint: RELATIVE_PATHS };
}

/** @param reason the system's words */
export function paramFileUnreadable(file: string, reason: string): StopMessage {
  return { text: `Error: Could not read the parameter file: ${quoted(file)}`, hint: reason };
}

/** What is wrong, as a line of the report, and what to do about it. */
export function parameterProblem(problem: ParameterProblem): StopMessage {
  switch (problem.kind) {
    case "missing":
    case "wrong_value":
    case "both_given":
    case "only_with":
    case "only_beside":
    case "database_without_users":
    case "only_for_foreign":
    case "needs_change_log":
    case "database_missing":
    case "given_twice":
    case "unreadable_file":
      return settingProblem(problem);
    case "unknown_parameter":
    case "parameter_of_other_command":
    case "not_in_param_file":
    case "not_in_job_file":
    case "not_over_http":
      return nameProblem(problem);
    case "not_name_and_value":
    case "text_after_quotes":
    case "not_utf_8":
    case "is_utf_16":
      return fileProblem(problem);
    case "wrong_file": {
      const { text, hint } = problem;
      return hint === undefined ? { text } : { text, hint };
    }
    default:
      return argumentProblem(problem);
  }
}

const RELATIVE_PATHS = "The name of a file is relative to the folder in which csvrecon was started";
const SEE_HELP = "csvrecon help lists the commands, csvrecon help COMMAND the parameters of one";

/** A file to be loaded, in all likelihood. */
const NAME_OF_DATA = /\.(?:csv|tsv|txt)$/i;
const NAME_THE_FILE = "A file to load is named with --csvfile=…, and the class of its rows with --class=…";

/** Who posts has no command line. */
function helpAt({ kind }: Origin): string {
  return kind === "http" ? "The parameters are those of an import: csvrecon help import lists them" : SEE_HELP;
}

function argumentProblem(problem: ArgumentProblem): StopMessage {
  switch (problem.kind) {
    case "unknown_command":
      return {
        text: `#Unknown command: ${quoted(problem.found)}${didYouMean(problem.nearest)}`,
        hint: NAME_OF_DATA.test(problem.found) ? NAME_THE_FILE : SEE_HELP,
      };
    case "stray_word":
      return {
        text: `#Unknown argument: ${quoted(problem.found)}${didYouMean(problem.nearest)}`,
        hint: NAME_OF_DATA.test(problem.found)
          ? NAME_THE_FILE
          : "A parameter is written --name=value, with two hyphens; a value with blanks stands in quotes",
      };
    case "word_after_secret":
      return {
        text: `#Unknown argument after the value of --${problem.parameter}`,
        hint: "A value with blanks stands in quotes; words such as the names of jobs stand before the parameters",
      };
    case "password_typed":
      return {
        text: "#A password is never taken from the command line, which everyone on the machine may read",
        hint:
          "csvrecon passwd --user=LOGIN asks for it, or reads it from standard input or from the file of new_pwd_file",
      };
    case "value_missing":
      return {
        text: `#Parameter --${problem.parameter} has no value`,
        hint: `Write --${problem.parameter}=value; so can a value be written that begins with hyphens`,
      };
    case "http_only":
      return {
        text: `#Parameter ${problem.parameter} is for HTTP: a command line names a file with --csvfile`,
        hint: "--csvfile=- reads standard input",
      };
    case "job_file_only":
      return {
        text: `#Parameter ${problem.parameter} stands in job files only`,
        hint: "csvrecon help run lists the parameters of a job",
      };
    case "job_missing":
      return { text: "#The job is missing: csvrecon run JOB…", hint: "JOB is the path of a job file" };
    case "model_file_missing":
      return { text: "#The file to check is missing: csvrecon model check FILE" };
    case "checked_file_missing":
      return { text: "#The file to check is missing: csvrecon check FILE", hint: "- is standard input" };
    case "not_for_model_action":
      return {
        text: `#Parameter --${problem.parameter} has no meaning for 'model ${problem.action}'`,
        hint: "csvrecon model show has this parameter",
      };
    case "database_for_model_file":
      return {
        text: `#Parameter --db has no meaning here: ${quoted(problem.file)} is a model file, which needs no database`,
        hint: "An overlay is checked against a database. It has 'classes' with what differs, and no 'name'",
      };
  }
}

function nameProblem(problem: NameProblem): StopMessage {
  const at = place(problem.origin);
  switch (problem.kind) {
    case "unknown_parameter": {
      const nearest = problem.nearest === null || problem.origin.kind !== "command_line"
        ? problem.nearest
        : `--${problem.nearest}`;
      return {
        text: `#Unknown parameter${at}: ${quoted(problem.found)}${didYouMean(nearest)}`,
        hint: nearest === null || problem.meaning === null
          ? helpAt(problem.origin)
          : `${nearest} is for: ${problem.meaning}`,
      };
    }
    case "parameter_of_other_command":
      return {
        text: `#Parameter ${problem.parameter}${at} belongs to ${
          problem.belongsTo.join(", ")
        }, not to ${problem.command}`,
        hint: SEE_HELP,
      };
    case "not_in_param_file":
      return {
        text: `#Parameter ${problem.parameter}${at} may not stand in a parameter file`,
        hint: "Remove the line",
      };
    case "not_in_job_file":
      return {
        text: `#Parameter ${problem.parameter}${at} may not stand in a job file`,
        hint: "An import of the job is a line import = FILE, with its parameters in that file",
      };
    case "not_over_http":
      return {
        text: `#Parameter ${problem.parameter} may not be given over HTTP`,
        hint: problem.parameter === "map"
          ? "Paths are the server's; the text of a map is posted as mapdata"
          : "Paths and the database are the server's; the CSV is posted as csvdata",
      };
  }
}

function fileProblem(problem: FileProblem): StopMessage {
  const at = `in ${quoted(problem.file)}, line ${problem.line}`;
  switch (problem.kind) {
    case "not_name_and_value":
      return {
        text: `#Wrong line ${at}: expected name = value`,
        hint: "A comment begins with #, at the start of a line or after a blank",
      };
    case "text_after_quotes":
      return {
        text: `#Wrong value ${at}: a value that begins with a double quote ends with one`,
        hint: "Only a comment may follow the closing quote, with a blank between them",
      };
    case "not_utf_8":
      return { text: `#Wrong bytes ${at}: they are not UTF-8`, hint: "Save the file as UTF-8" };
    case "is_utf_16":
      return {
        text: `#Wrong file ${quoted(problem.file)}: it is UTF-16, and must be UTF-8`,
        hint: "Save it as UTF-8; what PowerShell writes with > is UTF-16, so write it with Set-Content -Encoding utf8",
      };
  }
}

function settingProblem(problem: SettingProblem): StopMessage {
  switch (problem.kind) {
    case "missing": {
      const text = `ERROR: Missing argument '${problem.parameter}'`;
      return problem.instead === null ? { text } : { text, hint: `${problem.instead} may be given in its place` };
    }
    case "both_given":
      return withHint(
        `#Parameters ${problem.parameter} and ${problem.other} are both given${place(problem.origin)}`,
        "Remove one of them",
      );
    case "only_with":
    case "only_beside":
      return withHint(
        `#Parameter ${problem.parameter}${place(problem.origin)} is given without ${problem.other}`,
        `It means something beside ${problem.other} only`,
      );
    case "given_twice":
      return {
        text: `#Parameter ${problem.parameter} is given twice${places(problem.first, problem.second)}`,
        hint: problem.parameter === "param_file"
          ? "Several files stand in one value, with commas between them: a later one wins over an earlier one"
          : "Remove one of them",
      };
    case "database_without_users":
    case "only_for_foreign":
    case "database_missing":
    case "needs_change_log": {
      const { text, hint } = wrongForDatabase(problem);
      return withHint(text, origin(problem.origin), hint);
    }
    case "unreadable_file":
      return withHint(
        `Error: Could not read the file of ${problem.parameter}: ${quoted(problem.file)}`,
        origin(problem.origin),
        problem.reason ?? RELATIVE_PATHS,
      );
    case "wrong_value": {
      const { text, hint } = valueFault(problem.fault, problem.parameter);
      return withHint(text, origin(problem.origin), hint);
    }
  }
}

function didYouMean(nearest: string | null): string {
  return nearest === null ? "" : `. Did you mean '${nearest}'?`;
}

function withHint(text: string, ...hints: readonly (string | undefined)[]): StopMessage {
  const hint = hints.filter((hint) => hint !== undefined).join(". ");
  return hint === "" ? { text } : { text, hint };
}
