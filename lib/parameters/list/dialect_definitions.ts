/** The part of the list of parameters (`definitions.ts`) that says how a file is written. */
import { NAMED_CHARSETS } from "../../source/charset.ts";
import { foundOut, optional, PLAIN } from "./definition_parts.ts";

export const DIALECT_PARAMETERS = [
  {
    ...PLAIN,
    name: "charset",
    valueName: "NAME",
    values: NAMED_CHARSETS,
    default: "UTF-8",
    uses: {
      import: optional(
        "character set of the file: UTF-8, ISO-8859-1, WINDOWS-1251, WINDOWS-1252, ISO-8859-15, in any case, " +
          "every other label of the WHATWG Encoding Standard, and the code pages of DOS CP437, CP850, CP852 and CP858",
      ),
      check: foundOut("character set to judge; none: it is found out"),
      explain: optional("as of the import"),
      export: optional("character set of the file, as for an import"),
    },
  },
  {
    ...PLAIN,
    name: "date_format",
    valueName: "FORMAT",
    uses: {
      import: optional(
        "input format of dates and date-times, as `Y-m-d` or `d/m/Y H:i:s`; the old `%Y-%m-%d` too; " +
          "none: `Y-m-d` and `Y-m-d H:i:s`",
      ),
      check: foundOut("format of dates to judge; none: it is found out"),
      explain: optional("as of the import"),
      export: optional("format of dates and date-times, as for an import; none: `Y-m-d` and `Y-m-d H:i:s`"),
    },
  },
  {
    ...PLAIN,
    name: "separator",
    valueName: "CHARACTER",
    values: ["tab"],
    default: ",",
    uses: {
      import: optional(
        "column separator: one character, `tab`, or several characters, as `||`; none: what a first line `sep=` says, or the comma",
      ),
      check: foundOut("column separator to judge: one character, `tab`, or several; none: it is found out"),
      explain: optional("as of the import"),
      export: optional("column separator: one character, `tab`, or several characters"),
    },
  },
  {
    ...PLAIN,
    name: "qualifier",
    valueName: "CHARACTER",
    default: '"',
    uses: {
      import: optional("text qualifier, one character; empty: no qualifying"),
      check: foundOut("text qualifier to judge; none: it is found out"),
      explain: optional("as of the import"),
      export: optional("text qualifier, one character; empty: no qualifying"),
    },
  },
] as const;
