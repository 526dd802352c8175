/** Help of the commands that are about the change log. */
import type { CommandHelp } from "./help.ts";

export const HISTORY: CommandHelp = {
  synopsis: "history --name=value …",
  summary: "tell what runs did, or what became of an object; remove old entries of the change log",
  notes: [
    "Without change and object: the newest runs. Dates are in UTC. Passwords are never told, and nobody is told of what they may not load or see.",
    "prune needs the right to load every class and to see every object. The runs stay in the history, marked, but without what they did; " +
    "the file of the database does not get smaller by it.",
  ],
  examples: [
    {
      title: "What run 42 did to each object",
      commandLine: "csvrecon history --auth_user=admin --auth_pwd_file=admin.pwd --change=42",
    },
    {
      title: "See how much of the log is older than 2025, without removing it",
      commandLine:
        "csvrecon history --auth_user=admin --auth_pwd_file=admin.pwd --prune --before=2025-01-01 --simulate=1",
    },
  ],
};

export const UNDO: CommandHelp = {
  synopsis: "undo --change=NUMBER --name=value …",
  summary: "take a change back: what an import, or an undo, has created, updated and deleted",
  notes: [
    "What was edited since is kept, and what others refer to now cannot be taken back: both are reported. An undo is a change of " +
    "its own, and can be taken back too.",
    "Exit status: 0 everything was taken back, 1 something of it is left, 64 and above: the undo was refused or ended early, and " +
    "nothing was written.",
  ],
  examples: [
    {
      title: "Only see what would be taken back",
      commandLine:
        "csvrecon undo --change=12 --simulate=1 --output=details --auth_user=admin --auth_pwd_file=admin.pwd",
    },
    {
      title: "Take it back",
      commandLine: "csvrecon undo --change=12 --auth_user=admin --auth_pwd_file=admin.pwd",
    },
  ],
};
