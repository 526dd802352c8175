/** Where a parameter or its value stands. */
import type { Origin } from "../parameters/reading/parameter_problem.ts";
import { quoted } from "./quoted.ts";

/** The place of a name, inside a sentence; the command line goes without saying. */
export function place(origin: Origin): string {
  switch (origin.kind) {
    case "param_file":
      return ` in ${quoted(origin.file)}, line ${origin.line}`;
    case "environment":
      return " in the environment";
    default:
      return "";
  }
}

/** Two places of one name: they are in one file, or one request. */
export function places(first: Origin, second: Origin): string {
  if (first.kind === "param_file" && second.kind === "param_file") {
    const lines = first.line === second.line ? `line ${first.line}` : `lines ${first.line} and ${second.line}`;
    return ` in ${quoted(second.file)}, ${lines}`;
  }
  if (first.kind === "command_line") return " on the command line";
  if (first.kind !== "http" || second.kind !== "http" || first.part === undefined || second.part === undefined) {
    return "";
  }
  return first.part === second.part
    ? `, both times in the ${first.part}`
    : `: in the ${first.part} and in the ${second.part}`;
}

/** Where a value stands: a whole sentence without its end; undefined when that goes without saying. */
export function origin(origin: Origin): string | undefined {
  switch (origin.kind) {
    case "param_file":
      return `It stands in ${quoted(origin.file)}, line ${origin.line}`;
    case "environment":
      return `It comes from the environment variable ${origin.variable}`;
    default:
      return undefined;
  }
}
