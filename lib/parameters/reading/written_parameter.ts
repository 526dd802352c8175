/** A parameter as a line of a parameter file: it means what it says, whatever stands in the value. */
import { notInParamFile } from "../../messages/check_params.ts";
import { onOneLine } from "../../one_line.ts";

/** Values that stand as they are: nothing in them begins a comment, a quote, or is dropped. */
const PLAIN = /^[^\s"#](?:[^\n\r"]*[^\s"])?$/;

/** The line, without its end; a comment that says so when no line can hold the value. */
export function writtenParameter(name: string, value: string): string {
  const text = valueText(value);
  return text === null ? `# ${onOneLine(notInParamFile(name, value))}` : `${name} = ${text}`;
}

/** Null: no line can hold it. */
function valueText(value: string): string | null {
  if (/[\n\r\0]/.test(value)) return null;
  if (value === '"') return value;
  if (PLAIN.test(value) && !/[ \t]#/.test(value)) return value;
  // Within quotes everything stands for itself; a quote that a comment could follow would end it too early.
  return /"[ \t]+#/.test(value) ? null : `"${value}"`;
}
