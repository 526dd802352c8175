/** What the first line of a text says that it is, if it is no header. */
import { saidSeparator } from "../csv/sep_line.ts";
import type { InputKind } from "../messages/input_kinds.ts";
import { findParameter } from "../parameters/list/find_parameter.ts";

const MARKUP = /^<(?:!doctype|html|\?xml|head|body|table|!--)/i;
/** An object, or a list of them or of texts; a header may begin with a bracket, too. */
const JSON_TEXT = /^(?:\{\s*(?:"|\}|$)|\[\s*(?:[{["\]]|$))/;
/** A parameter with its value, as param files have it. */
const PARAMETER = /^([a-z][a-z_-]*)[ \t]*=/;

/** @param line the first one that is not blank @param separator with which the text is read */
export function kindOfLine(line: string, separator: string): InputKind | null {
  if (MARKUP.test(line)) return { kind: "html" };
  if (JSON_TEXT.test(line)) return { kind: "json" };
  if (line.startsWith("#TYPE ")) return { kind: "type_line" };
  const said = saidSeparator(line, separator);
  if (said !== null) return { kind: "sep_line", separator: said, isOther: said !== separator };
  const [, name = ""] = PARAMETER.exec(line) ?? [];
  return findParameter(name) === null ? null : { kind: "param_file" };
}

/** Whether a file of this kind is a table all the same: with a line before its header, or to be read otherwise. */
export function isTable({ kind }: InputKind): boolean {
  return kind === "sep_line" || kind === "type_line" || kind === "utf_16" || kind === "other_separator";
}

/** The first line of a text that is not blank. */
export function firstLineOf(text: string): string {
  return text.trimStart().split(/[\r\n]/, 1)[0] ?? "";
}
