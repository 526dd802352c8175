/** The text of a parameter file: it means what it says, whatever stands in names and values. */
import { notInParamFile, type ParamLine } from "../messages/check_params.ts";
import { onOneLine } from "../one_line.ts";

/** Values that stand as they are: nothing in them begins a comment, a quote, or is dropped. */
const PLAIN = /^[^\s"#](?:[^\n\r"]*[^\s"])?$/;

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
    case "value": {
      const text = valueText(line.value);
      return text === null ? `# ${onOneLine(notInParamFile(line.name, line.value))}` : `${line.name} = ${text}`;
    }
  }
}

/** Null: no line can hold it. */
function valueText(value: string): string | null {
  if (/[\n\r\0]/.test(value)) return null;
  if (value === '"') return value;
  if (PLAIN.test(value) && !/[ \t]#/.test(value)) return value;
  // Within quotes everything stands for itself; a quote that a comment could follow would end it too early.
  return /"[ \t]+#/.test(value) ? null : `"${value}"`;
}
