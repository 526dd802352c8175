/** The part of the list of parameters (`definitions.ts`) that is about new databases alone. */
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
] as const;
