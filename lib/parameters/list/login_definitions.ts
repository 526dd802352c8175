/** The part of the list of parameters (`definitions.ts`) that says who somebody is. */
import { LONGEST_LOGIN, LONGEST_PASSWORD } from "../../text_limits.ts";
import { mandatory, optional, PLAIN } from "./definition_parts.ts";

export const LOGIN_PARAMETERS = [
  {
    ...PLAIN,
    name: "auth_user",
    valueName: "LOGIN",
    longest: LONGEST_LOGIN,
    sources: ["command_line", "environment", "param_file", "http"],
    uses: {
      import: mandatory("login; the user must be allowed to load objects of the class"),
      export: mandatory("login; the user must be allowed to load objects of the class"),
      explain: mandatory("login; the row is looked at with the rights of its user"),
      run: optional("login for all imports"),
      undo: mandatory("login; the user must be allowed to load objects of every class that the change has written"),
      history: mandatory("login; only what its user may load and see is told"),
    },
  },
  {
    ...PLAIN,
    name: "auth_pwd",
    valueName: "PASSWORD",
    sources: ["command_line", "environment", "param_file", "http"],
    secret: true,
    longest: LONGEST_PASSWORD,
    uses: {
      import: mandatory("password"),
      export: mandatory("password"),
      explain: mandatory("password"),
      run: optional("password for all imports"),
      history: mandatory("password"),
      undo: mandatory("password"),
    },
  },
  {
    ...PLAIN,
    name: "auth_pwd_file",
    valueName: "FILE",
    sources: ["command_line", "environment", "param_file"],
    standsInFor: "auth_pwd",
    uses: {
      import: optional("file whose first line is the password, instead of auth_pwd"),
      export: optional("file whose first line is the password, instead of auth_pwd"),
      explain: optional("file whose first line is the password, instead of auth_pwd"),
      run: optional("file whose first line is the password for all imports, instead of auth_pwd"),
      undo: optional("file whose first line is the password, instead of auth_pwd"),
      history: optional("file whose first line is the password, instead of auth_pwd"),
    },
  },
] as const;
