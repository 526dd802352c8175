/** Sentences about a file that is not what was said of it: its first lines, its last ones, its separator. */
import type { FrameProblem } from "../csv/framed_reader.ts";
import type { StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";
import { separatorName } from "./separator_name.ts";

export function frameProblem(problem: FrameProblem): StopMessage {
  switch (problem.kind) {
    case "other_separator":
      return {
        text: `#Line ${problem.line} of the file says sep=${separatorName(problem.said)}, but separator is ` +
          quoted(separatorName(problem.given)),
        hint: `Leave separator out, and the line is believed, or give separator=${separatorName(problem.said)}`,
      };
    case "head_too_long":
      return {
        text: `#The lines that skip_lines passes over are longer than ${problem.limit} characters`,
        hint: "Is this a text file, with line ends?",
      };
    case "fewer_lines":
      return {
        text:
          `#The file has ${lines(problem.found)} with a line end, of which skip_lines=${problem.skipLines} passes ` +
          `over ${problem.skipLines}: nothing is left`,
        hint: "Is the file whole?",
      };
    case "fewer_rows":
      return {
        text: `#The file has ${rows(problem.found)} behind its header: footer_lines=${problem.footerLines} says that ` +
          `the last ${problem.footerLines} are no data`,
        hint: "Is the file whole?",
      };
    case "footer_too_long":
      return {
        text: `#${problem.footerLines} rows of the file are longer than ${problem.limit} characters: ` +
          "footer_lines cannot hold them back",
        hint: "Give a smaller footer_lines, or take the last lines off the file",
      };
  }
}

function lines(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}

function rows(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}
