/** The part of the list of parameters (`definitions.ts`) that is about exports alone. */
import { optional, PLAIN } from "./definition_parts.ts";

const COMMAND_LINE_AND_PARAM_FILE = ["command_line", "param_file"] as const;

export const EXPORT_PARAMETERS = [
  {
    ...PLAIN,
    name: "file",
    valueName: "FILE",
    default: "-",
    sources: COMMAND_LINE_AND_PARAM_FILE,
    uses: { export: optional("path of the file to write, in place of the one that is there; `-`: standard output") },
  },
  {
    ...PLAIN,
    name: "columns",
    valueName: "COLUMNS",
    sources: COMMAND_LINE_AND_PARAM_FILE,
    uses: {
      export: optional(
        "columns to write, in this order, comma-separated and named as an import names them; none: all that an import " +
          "takes, the keys first",
      ),
    },
  },
  {
    ...PLAIN,
    name: "where",
    valueName: "CONDITIONS",
    sources: COMMAND_LINE_AND_PARAM_FILE,
    uses: {
      export: optional(
        "only these objects: `Status=Active`, or `Status<>Active`; nothing behind the sign: no value; several joined by AND",
      ),
    },
  },
] as const;
