/** Sentences of the help of `passwd`. */
import type { CommandHelp } from "./help.ts";

export const PASSWD: CommandHelp = {
  synopsis: "passwd --user=LOGIN",
  summary: "give a user a new password: for who may write the database's file, without a login",
  notes: [
    "At a terminal the password is asked for twice, and not shown. Otherwise it is the first line of standard input, which a " +
    "second line may repeat, or of the file of new_pwd_file. The command line never has it.",
    "The change log says that the password was changed, and failed logins of the user are forgotten.",
  ],
  examples: [
    { title: "Ask for the new password", commandLine: "csvrecon passwd --db=cmdb.db --user=admin" },
    {
      title: "Take it from a file",
      commandLine: "csvrecon passwd --db=cmdb.db --user=loader --new_pwd_file=loader.pwd",
    },
  ],
};
