/** The part of the list of parameters (`definitions.ts`) that is about new passwords alone. */
import { LONGEST_LOGIN } from "../../text_limits.ts";
import { COMMAND_LINE_ONLY, mandatory, optional, PLAIN } from "./definition_parts.ts";

export const PASSWD_PARAMETERS = [
  {
    ...PLAIN,
    name: "user",
    valueName: "LOGIN",
    longest: LONGEST_LOGIN,
    sources: COMMAND_LINE_ONLY,
    uses: { passwd: mandatory("login of the user who gets a new password") },
  },
  {
    ...PLAIN,
    name: "new_pwd_file",
    valueName: "FILE",
    sources: COMMAND_LINE_ONLY,
    uses: {
      passwd: optional("file whose first line is the new password; none: it is asked for, or read from standard input"),
    },
  },
] as const;
