/** The part of the list of parameters (`definitions.ts`) that is about what a run prints and writes of its rows. */
import { OUTPUT_FORMATS } from "../settings/settings.ts";
import { optional, PLAIN } from "./definition_parts.ts";

export const REPORT_PARAMETERS = [
  {
    ...PLAIN,
    name: "output",
    aliases: ["result"],
    valueName: "FORMAT",
    values: OUTPUT_FORMATS,
    default: "summary",
    uses: {
      import: optional(
        "`retcode`: the number of rows in error; `summary`: a concise report; `details`: a report with each row; " +
          "`errors`: one with the rows in error and why; `json`: JSON Lines, for programs; " +
          "`rejects`: the rows in error as they came, to be mended and loaded again",
      ),
      run: optional(
        "format of all reports; `json`: the summary of the job too; `retcode`: only the number of all rows in error",
      ),
      undo: optional("`summary`: counts, and the first of what is left; `details`: everything; `json`: JSON Lines"),
      history: optional("`summary`: for people; `json`: JSON Lines, for programs"),
      check: optional("`json`: one line of JSON, for programs; any other format: lines for people"),
      explain: optional("`json`: one line of JSON, for programs; any other format: lines for people"),
    },
  },
  {
    ...PLAIN,
    name: "rejects",
    valueName: "FILE",
    sources: ["command_line", "param_file"],
    uses: {
      import: optional(
        "file for the rows in error as they came, with the line and the reasons, to be mended and loaded again; " +
          "a `/` at its end: a folder, with a file named after the parameter file or the source file",
      ),
      run: optional("folder, with a `/` at its end, for the rows in error of all imports, each in a file of its own"),
    },
  },
  {
    ...PLAIN,
    name: "report",
    valueName: "FILE",
    sources: ["command_line", "param_file"],
    uses: {
      import: optional(
        "file for a page (HTML) with the counts, the rows in error and what was changed, for any browser; " +
          "a `/` at its end: a folder, with a file named after the parameter file or the source file",
      ),
      run: optional("folder, with a `/` at its end, for the pages of all imports, each in a file of its own"),
    },
  },
  {
    ...PLAIN,
    name: "safe_csv",
    valueName: "1|0",
    default: "0",
    kind: "switch",
    uses: {
      import: optional("1: a `'` before texts of the report that a spreadsheet would calculate; 0: as they are"),
      export: optional(
        "1: a `'` before texts that a spreadsheet would calculate: then the file does not load back; 0: as they are",
      ),
    },
  },
] as const;
