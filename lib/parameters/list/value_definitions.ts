/** The part of the list of parameters (`definitions.ts`) that says how a file writes values. */
import { EMPTY_CELLS } from "../settings/settings.ts";
import { DECIMAL_SIGNS, GROUPING_SIGNS } from "../../values/number_signs.ts";
import { foundOut, optional, PLAIN } from "./definition_parts.ts";

export const VALUE_PARAMETERS = [
  {
    ...PLAIN,
    name: "decimal_sign",
    valueName: "SIGN",
    values: DECIMAL_SIGNS,
    default: ".",
    isTold: true,
    uses: {
      import: optional("decimal sign of the file's numbers: `.` or `,`"),
      check: foundOut("decimal sign to judge, `.` or `,`; none: it is found out"),
      explain: optional("as of the import"),
      export: optional("decimal sign of the file's numbers: `.` or `,`"),
    },
  },
  {
    ...PLAIN,
    name: "grouping_sign",
    valueName: "SIGN",
    values: GROUPING_SIGNS,
    isTold: true,
    uses: {
      import: optional(
        "sign between groups of three digits of the file's numbers: `.`, `,`, `'`, `_` or `space`; none: they have no such sign",
      ),
      check: foundOut("sign between groups of three digits to judge; none: it is found out"),
      explain: optional("as of the import"),
      export: optional("sign between groups of three digits, as for an import; none: numbers are written without"),
    },
  },
  {
    ...PLAIN,
    name: "null_words",
    valueName: "WORDS",
    isTold: true,
    uses: {
      import: optional(
        "words that mean nothing, as `<NULL>` does, comma-separated, such as `NULL, \\N, #N/A`: cells that hold one of them, case counts",
      ),
      check: foundOut("words that mean nothing, comma-separated; none: they are found out"),
      explain: optional("as of the import"),
      export: optional("words that the import takes for nothing, comma-separated: empty cells hold the first of them"),
    },
  },
  {
    ...PLAIN,
    name: "empty_cells",
    valueName: "WAY",
    values: EMPTY_CELLS,
    default: "erase",
    isTold: true,
    uses: {
      import: optional(
        "what an empty cell does: `erase`: its value becomes empty; `keep`: nothing, and a new object gets the default",
      ),
      explain: optional("as of the import"),
    },
  },
] as const;
