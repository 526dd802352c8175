/** The part of the list of parameters (`definitions.ts`) that is about maps. */
import { LONGEST_POSTED_MAP } from "../../text_limits.ts";
import { optional, PLAIN } from "./definition_parts.ts";

export const MAP_PARAMETERS = [
  {
    ...PLAIN,
    name: "map",
    valueName: "FILE",
    sources: ["command_line", "param_file"],
    isTold: true,
    uses: {
      import: optional(
        "map of the file (JSON): what its columns and words are, what every row has, what is made of its cells",
      ),
      explain: optional("as of the import"),
      check: optional("map of the file: its mistakes are told, and what becomes of the first rows is shown"),
    },
  },
  {
    ...PLAIN,
    name: "mapdata",
    valueName: "TEXT",
    sources: ["http"],
    // What every row has may be a password.
    secret: true,
    longest: LONGEST_POSTED_MAP,
    uses: { import: optional("the text of the map itself, over HTTP only, in place of map") },
  },
] as const;
