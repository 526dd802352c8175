/** The part of the list of parameters (`definitions.ts`) that is about jobs alone. */
import { mandatory, optional, PLAIN } from "./definition_parts.ts";

const JOB_FILE_ONLY = ["job_file"] as const;
const COMMAND_LINE_AND_JOB_FILE = ["command_line", "job_file"] as const;

export const JOB_PARAMETERS = [
  {
    ...PLAIN,
    name: "name",
    valueName: "NAME",
    sources: JOB_FILE_ONLY,
    uses: { run: optional("name of the job, in its summary and its lock; none: that of its file") },
  },
  {
    ...PLAIN,
    name: "import",
    valueName: "PATH",
    sources: JOB_FILE_ONLY,
    uses: {
      run: mandatory(
        "parameter file of an import, or folder whose `*.params` are imported in the order of their names; " +
          "as many such lines as there are imports, in their order",
      ),
    },
  },
  {
    ...PLAIN,
    name: "on_failure",
    valueName: "WORD",
    values: ["stop", "continue"],
    default: "stop",
    sources: COMMAND_LINE_AND_JOB_FILE,
    uses: {
      run: optional("`stop` or `continue` with the next import when one has failed, with exit code 2, or 64 or above"),
    },
  },
  {
    ...PLAIN,
    name: "atomic",
    valueName: "1|0",
    values: ["1", "0"],
    default: "0",
    kind: "switch",
    sources: COMMAND_LINE_AND_JOB_FILE,
    uses: { run: optional("1: all imports in one transaction, so that a failure takes everything back") },
  },
  {
    ...PLAIN,
    name: "reports",
    valueName: "WORD",
    values: ["all", "errors", "none"],
    default: "all",
    sources: COMMAND_LINE_AND_JOB_FILE,
    uses: {
      run: optional("reports to print before the summary: of `all` imports, of those with `errors`, or `none`"),
    },
  },
] as const;
