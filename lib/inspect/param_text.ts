/** The text of a parameter file: it means what it says, whatever stands in names and values. */
import type { ParamLine } from "../messages/check_params.ts";
import { onOneLine } from "../one_line.ts";
import { writtenParameter } from "../parameters/reading/written_parameter.ts";

export function paramText(lines: readonly ParamLine[]): string {
  return lines.map((line) => textOf(line) + "\n").join("");
}

function textOf(line: ParamLine): string {
  switch (line.kind) {
    case "blank":
      return "";
    case "comment":
      return `# ${onOneLine(line.text)}`;
    case "to_do":
      return `# ${line.name} = ${onOneLine(line.value)}`;
    case "value":
      return writtenParameter(line.name, line.value);
  }
}
