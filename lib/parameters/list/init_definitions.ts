/** The part of the list of parameters (`definitions.ts`) that is about new databases, and about the files that say what is in one. */
import { LONGEST_LOGIN, LONGEST_PASSWORD } from "../../text_limits.ts";
import { COMMAND_LINE_ONLY, mandatory, optional, PLAIN } from "./definition_parts.ts";

export const INIT_PARAMETERS = [
  {
    ...PLAIN,
    name: "admin_user",
    valueName: "LOGIN",
    longest: LONGEST_LOGIN,
    sources: COMMAND_LINE_ONLY,
    uses: { init: mandatory("login of the first administrator") },
  },
  {
    ...PLAIN,
    name: "admin_pwd",
    valueName: "PASSWORD",
    sources: COMMAND_LINE_ONLY,
    secret: true,
    longest: LONGEST_PASSWORD,
    uses: { init: mandatory("password of the first administrator") },
  },
  {
    ...PLAIN,
    name: "admin_pwd_file",
    valueName: "FILE",
    sources: COMMAND_LINE_ONLY,
    standsInFor: "admin_pwd",
    uses: { init: optional("file whose first line is that password, instead of admin_pwd") },
  },
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
] as const;
