/** The help of `model`. */
import type { CommandHelp } from "./help.ts";

export const MODEL: CommandHelp = {
  synopsis: "model [show] --name=value … | model derive --db=FILE | model check FILE",
  summary: "show classes and attributes, draft an overlay, or check a model file or an overlay",
  notes: [
    "derive prints what is known of a database that csvrecon did not make, with questions where nobody can know: an overlay to " +
    "begin with.",
    "check names every mistake by its JSON path; with db it looks whether an overlay fits that database.",
  ],
  examples: [
    {
      title: "The attributes of a class, with their French labels",
      commandLine: 'csvrecon model show --db=cmdb.db --class=Person --language="FR FR"',
    },
    { title: "An overlay to begin with", commandLine: "csvrecon model derive --db=chinook.db > chinook.jsonc" },
  ],
};
