import { assertEquals } from "@std/assert";
import { type DateFormatProblem, parseDateFormat } from "../../lib/values/date_format.ts";
import { dateFormatProblem } from "../../lib/messages/dates.ts";

const FORMATS: readonly (readonly [typed: string, dateTime: string, date: string])[] = [
  ["Y-m-d", "Y-m-d", "Y-m-d"],
  ["d/m/Y", "d/m/Y", "d/m/Y"],
  ["d.m.Y", "d.m.Y", "d.m.Y"],
  ["d/m/Y H:i:s", "d/m/Y H:i:s", "d/m/Y"],
  ["H:i d/m/y", "H:i d/m/y", "d/m/y"],
  ["g:i A, n/j/Y", "g:i A, n/j/Y", "n/j/Y"],
  ["d/m H:i Y", "d/m H:i Y", "d/m H:i Y"],
  ["Ymd", "Ymd", "Ymd"],
  ["(Y) \\\\ m+d", "(Y) \\\\ m+d", "Y) \\\\ m+d"],
  ["Y-m-d\\TH:i:s", "Y-m-d\\TH:i:s", "Y-m-d"],
  ["Y\\年n\\月j\\日", "Y\\年n\\月j\\日", "Y\\年n\\月j"],
  ["j. \\d\\e F Y, G\\hi", "j. \\d\\e F Y, G\\hi", "j. \\d\\e F Y"],
  ["j M Y", "j M Y", "j M Y"],
  ["dMY H:i", "dMY H:i", "dMY"],
  ["jFy", "jFy", "jFy"],
  ["jMY G", "jMY G", "jMY"],
  ["%d/%b/%Y %H:%M", "d/M/Y H:i", "d/M/Y"],
  ["%d %B %Y", "d F Y", "d F Y"],
  ["%Y-%m-%d", "Y-m-d", "Y-m-d"],
  ["%d/%m/%y %H:%i:%s", "d/m/y H:i:s", "d/m/y"],
  ["%d/%m/%Y %H:%M:%S", "d/m/Y H:i:s", "d/m/Y"],
  ["%d/%m/%Y %I:%M %p", "d/m/Y h:i A", "d/m/Y"],
  ["%d/m/Y", "d/m/Y", "d/m/Y"],
  ["d/m/Y %", "d/m/Y %", "d/m/Y"],
  ["Y-m-d Gi", "Y-m-d Gi", "Y-m-d"],
];

for (const [typed, dateTime, date] of FORMATS) {
  Deno.test(`the date format '${typed}' is read`, () => {
    assertEquals(parseDateFormat(typed), { ok: true, format: { dateTime, date } });
  });
}

const PROBLEMS: readonly (readonly [typed: string, problem: DateFormatProblem])[] = [
  ["", { kind: "no_date_letter" }],
  ["H:i:s", { kind: "no_date_letter" }],
  ["--", { kind: "no_date_letter" }],
  ["j N Y", { kind: "unknown_letter", letter: "N" }],
  ["j M m Y", { kind: "repeated", part: "month", first: "M", second: "m" }],
  ["j\\1n Y", { kind: "run_together", first: "j", second: "n" }],
  ["\\d/m/Y", { kind: "missing", parts: ["day"] }],
  ["D j/n/Y", { kind: "unknown_letter", letter: "D" }],
  ["Y-m-dTH:i:s", { kind: "unknown_letter", letter: "T" }],
  ["Y年n月j日", { kind: "unknown_letter", letter: "年" }],
  ["%d/%h/%Y", { kind: "unknown_letter", letter: "%h" }],
  ["%j/%n/%Y", { kind: "unknown_letter", letter: "%j" }],
  ["d/m/Y %X", { kind: "unknown_letter", letter: "%X" }],
  ["d/m/d/Y", { kind: "repeated", part: "day", first: "d", second: "d" }],
  ["d/m/Y j", { kind: "repeated", part: "day", first: "d", second: "j" }],
  ["d/m/Y n", { kind: "repeated", part: "month", first: "m", second: "n" }],
  ["y d/m/Y", { kind: "repeated", part: "year", first: "y", second: "Y" }],
  ["d/m/Y H h", { kind: "repeated", part: "hour", first: "H", second: "h" }],
  ["d/m/Y h a A", { kind: "repeated", part: "half_day", first: "a", second: "A" }],
  ["%d/%m/%Y %M:%i", { kind: "repeated", part: "minute", first: "i", second: "i" }],
  ["m/Y", { kind: "missing", parts: ["day"] }],
  ["d/Y", { kind: "missing", parts: ["month"] }],
  ["d/m H:i", { kind: "missing", parts: ["year"] }],
  ["Y", { kind: "missing", parts: ["day", "month"] }],
  ["jnY", { kind: "run_together", first: "j", second: "n" }],
  ["jYn", { kind: "run_together", first: "j", second: "n" }],
  ["d/m/Y a", { kind: "half_day_without_hour", letter: "a" }],
];

for (const [typed, problem] of PROBLEMS) {
  Deno.test(`the date format '${typed}' is refused`, () => {
    assertEquals(parseDateFormat(typed), { ok: false, problem });
  });
}

Deno.test("a problem of a date format is told with the format and what to do", () => {
  assertEquals(
    dateFormatProblem({ kind: "unknown_letter", letter: "T" }, "Y-m-dTH:i"),
    "#Wrong date_format 'Y-m-dTH:i': 'T' stands for nothing. The letters are d j (day), m n M F (month), Y y (year), " +
      "H G h g (hour), i (minute), s (second), a A (am or pm), and \\ makes text of the letter behind it, " +
      "as in Y-m-d\\TH:i",
  );
  assertEquals(
    dateFormatProblem({ kind: "missing", parts: ["day", "month"] }, "Y"),
    "#Wrong date_format 'Y': a date needs the day (d or j) and the month (m, n, M or F) too",
  );
  assertEquals(
    dateFormatProblem({ kind: "repeated", part: "day", first: "d", second: "j" }, "d/m/Y j"),
    "#Wrong date_format 'd/m/Y j': 'd' and 'j' both stand for the day (d or j). Remove one of them",
  );
});
