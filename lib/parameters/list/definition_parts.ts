/** What the entries of the list of parameters are made of. */
import { LONGEST_VALUE } from "../../text_limits.ts";
import type { ParameterUse } from "./parameter_definition.ts";

/** The use of a parameter that a command cannot do without. */
export function mandatory(meaning: string): ParameterUse {
  return { meaning, mandatory: true };
}

export function optional(meaning: string): ParameterUse {
  return { meaning, mandatory: false };
}

/** The use of a parameter that a command judges when it is given, and finds out when it is not. */
export function foundOut(meaning: string): ParameterUse {
  return { meaning, mandatory: false, isFoundOut: true };
}

/** What most parameters are. */
export const PLAIN = {
  aliases: [],
  values: [],
  default: null,
  sources: ["command_line", "param_file", "http"],
  secret: false,
  longest: LONGEST_VALUE,
  kind: "text",
} as const;

export const COMMAND_LINE_ONLY = ["command_line"] as const;

/** What a database may be called by. */
export const FILE_OR_SERVER = "an SQLite file, or `postgres://USER@HOST/DATABASE`";
