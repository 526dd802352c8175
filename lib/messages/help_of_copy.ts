/** Sentences of the help of `copy`. */
import type { CommandHelp } from "./help.ts";

export const COPY: CommandHelp = {
  synopsis: "copy --from=DATABASE --to=DATABASE",
  summary: "copy a whole database into a new one, between files and PostgreSQL servers",
  notes: [
    "Everything goes along: model, objects with their ids, users with their passwords, the change log, and what is remembered of " +
    "feeds and failed logins. Imports, history and undo go on there as they would have here.",
    "It needs no login: whoever may read the file, or the tables at the server, may copy them.",
    "from is seen as it is when the copy begins, and not changed. to must not be there yet; it is there when it is whole, or not at all.",
  ],
  examples: [
    {
      title: "Move a database to a server",
      commandLine: "csvrecon copy --from=cmdb.db --to=postgres://anna@db.example.com/assets",
    },
    { title: "And back", commandLine: "csvrecon copy --from=postgres://anna@db.example.com/assets --to=cmdb.db" },
  ],
};
