/** The part of the list of parameters (`definitions.ts`) that is about copies of databases alone. */
import { COMMAND_LINE_ONLY, mandatory, PLAIN } from "./definition_parts.ts";

export const COPY_PARAMETERS = [
  {
    ...PLAIN,
    name: "from",
    valueName: "FILE",
    sources: COMMAND_LINE_ONLY,
    uses: { copy: mandatory("the database that is copied: an SQLite file, or the address of a server") },
  },
  {
    ...PLAIN,
    name: "to",
    valueName: "FILE",
    sources: COMMAND_LINE_ONLY,
    uses: { copy: mandatory("the database to create: an SQLite file, or the address of a server") },
  },
] as const;
