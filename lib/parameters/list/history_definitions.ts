/** The part of the list of parameters (`definitions.ts`) that is about the change log. */
import { COMMAND_LINE_ONLY, mandatory, optional, PLAIN } from "./definition_parts.ts";

export const HISTORY_PARAMETERS = [
  {
    ...PLAIN,
    name: "change",
    valueName: "NUMBER",
    sources: COMMAND_LINE_ONLY,
    uses: {
      history: optional("a run, by its number: what it did to each object"),
      undo: mandatory(
        "the run that is to be taken back, by its number in the change log; in a database of another program it may be " +
          "left out: the last run that was not taken back",
      ),
    },
  },
  {
    ...PLAIN,
    name: "object",
    valueName: "ID",
    sources: COMMAND_LINE_ONLY,
    uses: { history: optional("an object of the class, by its id: what each run did to it") },
  },
  {
    ...PLAIN,
    name: "last",
    valueName: "NUMBER",
    default: "20",
    sources: COMMAND_LINE_ONLY,
    uses: { history: optional("how many runs are told, the newest first") },
  },
  {
    ...PLAIN,
    name: "prune",
    valueName: "1|0",
    values: ["1", "0"],
    default: "0",
    kind: "switch",
    sources: COMMAND_LINE_ONLY,
    uses: {
      history: optional(
        "1: remove the entries of old runs from the change log; these runs can then no longer be undone",
      ),
    },
  },
  {
    ...PLAIN,
    name: "before",
    valueName: "DATE",
    sources: COMMAND_LINE_ONLY,
    uses: {
      history: optional(
        "with prune: of the runs that began before this date, `2025-12-31` or `2025-12-31 23:30:00`, in UTC",
      ),
    },
  },
] as const;
