/** The part of the list of parameters (`definitions.ts`) that keeps an import from doing more than its caller wants. */
import { optional, PLAIN } from "./definition_parts.ts";

export const SAFETY_PARAMETERS = [
  {
    ...PLAIN,
    name: "max_errors",
    valueName: "LIMIT",
    uses: {
      import: optional(
        "more rows in error than `N`, or than `N%` of the rows, take the whole run back, with exit code 2; none: no limit",
      ),
    },
  },
  {
    ...PLAIN,
    name: "max_changes",
    valueName: "LIMIT",
    uses: {
      import: optional(
        "more objects updated or deleted than `N`, or than `N%` of the class's objects, take the whole run back, with exit " +
          "code 2; none: no limit",
      ),
    },
  },
  {
    ...PLAIN,
    name: "backup",
    valueName: "FILE",
    sources: ["command_line", "param_file"],
    uses: {
      import: optional(
        "copy of the database to make before the first write; an earlier backup of that name is replaced, " +
          "unless it is of a database of another program; none: no copy",
      ),
      run: optional("copy of the database to make before the first write of the job; an earlier backup is replaced"),
    },
  },
] as const;
