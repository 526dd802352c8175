/** The part of the list of parameters (`definitions.ts`) that is about looking at files alone. */
import { COMMAND_LINE_ONLY, optional, PLAIN } from "./definition_parts.ts";

export const CHECK_PARAMETERS = [
  {
    ...PLAIN,
    name: "whole",
    valueName: "1|0",
    default: "0",
    kind: "switch",
    sources: COMMAND_LINE_ONLY,
    uses: { check: optional("1: look at all of the file, however long; 0: at its first 8 MiB, and at its end") },
  },
  {
    ...PLAIN,
    name: "write",
    valueName: "FILE",
    sources: COMMAND_LINE_ONLY,
    uses: {
      check: optional(
        "new parameter file to write, with what was found out about the file: something to start from; and a map beside it, where the class does not know all columns and words",
      ),
      export: optional("parameter file to write: an import with it loads the file back"),
    },
  },
] as const;
