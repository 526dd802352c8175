/** Sentences about the parameter `date_format`. */
import type { DateFormatProblem } from "../values/date_format.ts";

const LETTERS =
  "The letters are d j (day), m n M F (month), Y y (year), H G h g (hour), i (minute), s (second), a A (am or pm), " +
  "and \\ makes text of the letter behind it, as in Y-m-d\\TH:i";

const PARTS = {
  day: "the day (d or j)",
  month: "the month (m, n, M or F)",
  year: "the year (Y or y)",
  hour: "the hour",
  minute: "the minute",
  second: "the second",
  half_day: "am or pm",
} as const;

/** @param typed the format as it was typed */
export function dateFormatProblem(problem: DateFormatProblem, typed: string): string {
  return `#Wrong date_format '${typed}': ${reason(problem)}`;
}

function reason(problem: DateFormatProblem): string {
  switch (problem.kind) {
    case "unknown_letter":
      return `'${problem.letter}' stands for nothing. ${LETTERS}`;
    case "no_date_letter":
      return `it has no date. ${LETTERS}`;
    case "repeated":
      return `'${problem.first}' and '${problem.second}' both stand for ${PARTS[problem.part]}. Remove one of them`;
    case "missing":
      return `a date needs ${problem.parts.map((part) => PARTS[part]).join(" and ")} too`;
    case "run_together":
      return `'${problem.first}' and '${problem.second}' may each be one digit or two, ` +
        "so that a date could be read in two ways. Put a character between them, or use d, m, H or h";
    case "half_day_without_hour":
      return `'${problem.letter}' (am or pm) needs an hour (h or g)`;
  }
}
