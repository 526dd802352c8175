/** Sentences of the help of `index`. */
import type { CommandHelp } from "./help.ts";

export const INDEX: CommandHelp = {
  synopsis: "index --name=value …",
  summary: "make the indexes that imports search by, before they run",
  notes: [
    "It is for who owns the database, without a login. An import makes the index that it needs when it first searches by " +
    "some keys. Where it may not, as with a role of a " +
    "server that owns no tables, or where the first import is not to take longer, the owner makes them before.",
    "Without class, these are the indexes for the own keys of all classes, what external keys refer to, and friendly " +
    "names. Each index is kept up to date by every later import, so name the class where few are loaded.",
    "Reconciliation keys may be codes or labels, and may have arrows: org_id->name.",
  ],
  examples: [
    { title: "What imports by the own keys of all classes need", commandLine: "csvrecon index --db=cmdb.db" },
    {
      title: "What imports of persons by their e-mail addresses need, in a database on a server",
      commandLine:
        "csvrecon index --db=postgres://anna@db.example.com/assets --class=Person --reconciliationkeys=email",
    },
  ],
};
