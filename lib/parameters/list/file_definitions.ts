/** The part of the list of parameters (`definitions.ts`) that says what a file has around its rows, and in them, that is no data (SPEC 16). */
import { SHORT_ROWS } from "../settings/settings.ts";
import { foundOut, optional, PLAIN } from "./definition_parts.ts";

/** Reports name them where they say something. */
const TOLD = { ...PLAIN, isTold: true } as const;

const AS_OF_THE_IMPORT = optional("as of the import");

export const FILE_PARAMETERS = [
  {
    ...TOLD,
    name: "skip_lines",
    valueName: "N",
    default: "0",
    uses: {
      import: optional("lines at the beginning of the file that are passed over, whatever they hold"),
      check: foundOut(
        "lines at the beginning of the file that are passed over; none: they are found out, as far as it is certain",
      ),
      explain: AS_OF_THE_IMPORT,
    },
  },
  {
    ...TOLD,
    name: "comment_sign",
    valueName: "TEXT",
    uses: {
      import: optional("lines that begin with it are no rows, as `#`; not within a qualified cell"),
      check: foundOut(
        "lines that begin with it are no rows; none: `#` and `//` are found out, as far as it is certain",
      ),
      explain: AS_OF_THE_IMPORT,
    },
  },
  {
    ...TOLD,
    name: "footer_lines",
    valueName: "N",
    default: "0",
    uses: {
      import: optional("rows at the end of the file that are no data, as totals are; blank lines do not count"),
      check: foundOut(
        "rows at the end of the file that are no data; none: they are found out, as far as it is certain",
      ),
      explain: AS_OF_THE_IMPORT,
    },
  },
  {
    ...TOLD,
    name: "header",
    valueName: "COLUMNS",
    uses: {
      import: optional("names of the columns, comma-separated, of a file that has no header"),
      check: optional(
        "names of the columns, comma-separated, of a file that has no header; none: that it has none is found out, as far as it is certain",
      ),
      explain: AS_OF_THE_IMPORT,
    },
  },
  {
    ...TOLD,
    name: "short_rows",
    valueName: "WAY",
    values: SHORT_ROWS,
    default: "error",
    uses: {
      import: optional(
        "rows with fewer cells than the header: `error`: they are in error; `fill`: the missing cells are empty",
      ),
      check: foundOut("rows with fewer cells than the header: `error` or `fill`; none: they are told"),
      explain: AS_OF_THE_IMPORT,
    },
  },
  {
    ...TOLD,
    name: "escape_sign",
    valueName: "CHARACTER",
    values: ["none"],
    uses: {
      import: optional(
        "character that makes text of a qualifier, a separator or itself behind it, as `\\`; " +
          "`none`: there is none, and a backslash before a qualifier is text",
      ),
      check: foundOut(
        "character that makes text of a qualifier or a separator behind it; none: a backslash is found out",
      ),
      explain: AS_OF_THE_IMPORT,
    },
  },
  {
    ...TOLD,
    name: "ignore_columns",
    valueName: "COLUMNS",
    uses: {
      import: optional(
        "columns of the file that are not loaded, comma-separated; `*`: every column that is not known, with a warning",
      ),
      check: optional("columns of the file that are not loaded, comma-separated; `*`: every column that is not known"),
      explain: AS_OF_THE_IMPORT,
    },
  },
] as const;
