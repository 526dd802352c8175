/** What shells offer, as the completion scripts for all of them need it. */
import project from "../../../deno.json" with { type: "json" };
import { completionHead } from "../../messages/completions.ts";
import type { Shell } from "../list/command_words.ts";
import type { Parameter } from "../list/definitions.ts";
import { parametersOf } from "../list/find_parameter.ts";
import type { CommandName } from "../list/parameter_definition.ts";

/** Which files may be a value, or stand in it with commas between them. */
export type OfferedFiles = "none" | "one" | "several";

/** The parameters that may be typed behind a command. */
export function typedParametersOf(command: CommandName): readonly Parameter[] {
  return parametersOf(command).filter((parameter) => parameter.sources.includes("command_line"));
}

/** The parameter's values that are known beforehand. Signs are typed sooner than they are chosen, and shells take some for their own. */
export function offeredValues(parameter: Parameter): readonly string[] {
  return parameter.kind === "switch" ? ["1", "0"] : parameter.values.filter((value) => /^[\w-]+$/.test(value));
}

export function offeredFiles(parameter: Parameter): OfferedFiles {
  switch (parameter.valueName) {
    case "FILE":
      return "one";
    case "FILES":
      return "several";
    default:
      return "none";
  }
}

/** The comment at the head of a script, a line each. */
export function headOf(shell: Shell): readonly string[] {
  return completionHead(shell, project.version).map((line) => `# ${line}`);
}

/** A text in apostrophes, as bash and zsh read it. */
export function inApostrophes(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
