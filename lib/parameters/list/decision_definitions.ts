/** What rows may do to objects (SPEC 14 and 17). */
import { LINK_MODES, ON_FOUND, ON_MISSING, TWINS } from "../settings/settings.ts";
import { optional, PLAIN } from "./definition_parts.ts";
import type { ParameterDefinition } from "./parameter_definition.ts";

export const DECISION_PARAMETERS = [
  {
    ...PLAIN,
    name: "second_pass",
    valueName: "KEYS",
    isTold: true,
    uses: {
      import: optional(
        "external keys, comma-separated, that are filled in a second reading of the file, when all its objects are there; " +
          "none: rows find what stands above them",
      ),
      check: optional(
        "as of the import, for a class; none: it is found out where rows refer to rows further down, as far as is looked at",
      ),
      explain: optional("as of the import; the row is explained by itself"),
    },
  },
  {
    ...PLAIN,
    name: "twins",
    valueName: "WAY",
    values: TWINS,
    default: "error",
    uses: {
      import: optional(
        "rows that reach an object which an earlier row has reached, and say otherwise: `error`: they are in error; " +
          "`last`: the last one wins, with a warning for each",
      ),
    },
  },
  {
    ...PLAIN,
    name: "on_missing",
    valueName: "WAY",
    values: ON_MISSING,
    default: "create",
    isTold: true,
    uses: {
      import: optional(
        "rows that find no object: `create`: they make one; `error`: they are in error; `skip`: they are passed over and counted",
      ),
      explain: optional("as of the import"),
    },
  },
  {
    ...PLAIN,
    name: "on_found",
    valueName: "WAY",
    values: ON_FOUND,
    default: "update",
    isTold: true,
    uses: {
      import: optional(
        "rows that find an object: `update`: they change what differs; `error`: they are in error; `skip`: they are passed over and counted",
      ),
      explain: optional("as of the import"),
    },
  },
  {
    ...PLAIN,
    name: "create_targets",
    valueName: "KEYS",
    isTold: true,
    uses: {
      import: optional(
        "external keys, comma-separated: a target that they do not find is created from the columns given for it, if these make a valid object",
      ),
      check: optional("as of the import, for a class"),
      explain: optional("as of the import"),
    },
  },
  {
    ...PLAIN,
    name: "links",
    valueName: "WAY",
    values: LINK_MODES,
    default: "replace",
    isTold: true,
    uses: {
      import: optional(
        "what the cell of a link set does: `replace`: it is the whole list; `add`: its links are added, the others stay; " +
          "`remove`: its links go, the others stay",
      ),
      explain: optional("as of the import"),
    },
  },
] as const satisfies readonly ParameterDefinition[];
