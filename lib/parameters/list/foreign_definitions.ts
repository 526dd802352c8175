/** The part of the list of parameters (`definitions.ts`) that is for databases that csvrecon did not make (SPEC 18). */
import { CHANGE_LOGS } from "../settings/settings.ts";
import { optional, PLAIN } from "./definition_parts.ts";

/** They have no default, as they say nothing of a database of ours: `settings/foreign_settings.ts` has it. */
export const FOREIGN_PARAMETERS = [
  {
    ...PLAIN,
    name: "model",
    valueName: "FILE",
    values: ["itop"],
    sources: ["command_line", "param_file"],
    isTold: true,
    uses: {
      init: optional("model file of the new database; `itop`, which is the built-in model, if none is given"),
      import: optional(
        "overlay, for a database that csvrecon did not make: what its schema cannot tell; none: nothing",
      ),
      explain: optional("as of the import"),
      check: optional("as of the import, for a class"),
      export: optional("as of the import"),
      undo: optional("as of the import"),
      history: optional("as of the import"),
      model: optional("overlay, for a database that csvrecon did not make: what its schema cannot tell; none: nothing"),
    },
  },
  {
    ...PLAIN,
    name: "change_log",
    valueName: "PLACE",
    values: CHANGE_LOGS,
    sources: ["command_line", "param_file"],
    uses: {
      import: optional(
        "where the changes to a database of another program are kept: `beside`, in a file of that name and `.csvrecon`, " +
          "`inside`, in two tables of the database, `none`, nowhere; none given: `beside`",
      ),
      explain: optional("as of the import"),
      undo: optional("where the changes to a database of another program are kept: `beside` or `inside`"),
      history: optional("where the changes to a database of another program are kept: `beside` or `inside`"),
    },
  },
  {
    ...PLAIN,
    name: "foreign_keys",
    valueName: "1|0",
    values: ["1", "0"],
    sources: ["command_line", "param_file"],
    uses: {
      import: optional("0: a database of another program does not check its foreign keys, and the report says so"),
      explain: optional("as of the import"),
      undo: optional("0: a database of another program does not check its foreign keys"),
    },
  },
] as const;
