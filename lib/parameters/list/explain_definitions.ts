/** The part of the list of parameters (`definitions.ts`) that is about explaining a row alone. */
import { COMMAND_LINE_ONLY, mandatory, PLAIN } from "./definition_parts.ts";

export const EXPLAIN_PARAMETERS = [
  {
    ...PLAIN,
    name: "line",
    valueName: "NUMBER",
    sources: COMMAND_LINE_ONLY,
    uses: { explain: mandatory("line of the file, from 1, on which the row begins or goes on") },
  },
] as const;
