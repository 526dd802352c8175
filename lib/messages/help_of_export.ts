/** The help of `export`. */
import type { CommandHelp } from "./help.ts";

export const EXPORT: CommandHelp = {
  synopsis: "export --name=value …",
  summary: "write objects of a class as CSV that an import finds unchanged",
  notes: [
    "Standard error tells which reconciliationkeys load the file back, when they are not the class's own, which columns " +
    "were left out, and which rows would not come back as they are.",
    "Passwords are never written. Nobody waits for an export, and it sees nothing of what others write meanwhile.",
    "Exit status: 0 done, 1 done but for some rows that do not load back, 64 and above: nothing, or a part, was written.",
  ],
  examples: [
    {
      title: "All persons, into a file",
      commandLine: "csvrecon export --auth_user=admin --auth_pwd_file=admin.pwd --class=Person --file=persons.csv",
    },
    {
      title: "Some columns of some of them, for a program that reads semicolons",
      commandLine: 'csvrecon export --param_file=login.params --class=Person --columns="Last Name,Email" ' +
        '--where="Status=Active AND Organization->Name=Demo" --separator=";"',
    },
  ],
};
