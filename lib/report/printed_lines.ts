/** Lines as they are printed. */
import type { TextSink } from "../io.ts";
import { visibleLine } from "../messages/visible_text.ts";

/** Lines with their ends. On a terminal each stays one line, whatever breaks there are in the names and values that it shows. */
export function printedLines(lines: readonly string[], { isTerminal }: Pick<TextSink, "isTerminal">): string {
  return lines.map((line) => (isTerminal ? visibleLine(line) : line) + "\n").join("");
}
