import { assertEquals } from "@std/assert";
import type { DateAttribute } from "../../lib/model/model.ts";
import { type DateFormat, parseDateFormat } from "../../lib/values/date_format.ts";
import { dateReader, dateWriter } from "../../lib/values/date_reader.ts";
import { BASE, problem, shown, value } from "./attributes.ts";

const DATE: DateAttribute = { ...BASE, kind: "date", default: null };
const DATE_TIME: DateAttribute = { ...BASE, kind: "datetime", default: null };

function format(typed: string): DateFormat {
  const parsed = parseDateFormat(typed);
  if (!parsed.ok) throw new Error(`bad format in a test: ${typed}`);
  return parsed.format;
}

/** Attribute, format (null: none), cell, and the value stored or the example of the refusal. */
type Case = readonly [
  DateAttribute,
  string | null,
  string,
  { readonly stored: string } | { readonly expected: string },
];

const REFUSED_DATE = { expected: "Expected format: 2022-10-23" };
const REFUSED_TIME = { expected: "Expected format: 2022-10-23 16:25:33" };
const REFUSED_DMY = { expected: "Expected format: 23/10/2022" };
const REFUSED_DATE_OF_FORMAT = {
  expected: "Expected format: 23/10/2022, the date of the date_format 'd/m/Y H:i': the attribute has no time of day",
};
const REFUSED_AM_PM = { expected: "Expected format: 10/23/2022 04:25:33 PM" };
const LEAP_DAY = { stored: "2024-02-29" };

const CASES: readonly Case[] = [
  [DATE, null, "2024-02-29", LEAP_DAY],
  [DATE, null, "2024-2-3", { stored: "2024-02-03" }],
  [DATE, null, "2024-1-5", { stored: "2024-01-05" }],
  [DATE, null, "0001-01-01", { stored: "0001-01-01" }],
  [DATE, null, "9999-12-31", { stored: "9999-12-31" }],
  [DATE, null, "2023-02-29", REFUSED_DATE],
  [DATE, null, "1900-02-29", REFUSED_DATE],
  [DATE, null, "2000-02-29", { stored: "2000-02-29" }],
  [DATE, null, "2024-02-30", REFUSED_DATE],
  [DATE, null, "2024-13-01", REFUSED_DATE],
  [DATE, null, "2024-00-10", REFUSED_DATE],
  [DATE, null, "0000-00-00", REFUSED_DATE],
  [DATE, null, "0000-01-01", REFUSED_DATE],
  [DATE, null, "29/02/2024", REFUSED_DATE],
  [DATE, null, "2024-01-05 00:00:00", { stored: "2024-01-05" }],
  [DATE, null, "2024-01-05T00:00", { stored: "2024-01-05" }],
  [DATE, null, "2024-01-05T00:00:00.000", { stored: "2024-01-05" }],
  [DATE, null, "2024-01-05T00:00:00Z", { stored: "2024-01-05" }],
  [DATE, null, "2024-01-05T00:00:00+02:00", { stored: "2024-01-05" }],
  [DATE, null, "2024-01-04T22:00:00Z", REFUSED_DATE],
  [DATE, null, "2024-01-05 00:00:01", REFUSED_DATE],
  [DATE, null, "2024-01-05 12:00", REFUSED_DATE],
  [DATE, null, "1706955072", REFUSED_DATE],
  [DATE, null, "20240203", REFUSED_DATE],
  [DATE, null, "2024", REFUSED_DATE],
  [DATE, null, "soon", REFUSED_DATE],
  [DATE, null, " 2024-02-03", REFUSED_DATE],
  [DATE, null, "2024-02-03\n", REFUSED_DATE],
  [DATE, null, "24-02-03", REFUSED_DATE],
  [DATE_TIME, null, "2024-02-29 13:05:00", { stored: "2024-02-29 13:05:00" }],
  [DATE_TIME, null, "2024-2-9 13:05:00", { stored: "2024-02-09 13:05:00" }],
  [DATE_TIME, null, "2024-02-29", { stored: "2024-02-29 00:00:00" }],
  [DATE_TIME, null, "2024-2-9", { stored: "2024-02-09 00:00:00" }],
  [DATE_TIME, null, "2024-02-29 13:05", { stored: "2024-02-29 13:05:00" }],
  [DATE_TIME, null, "2024-02-29T13:05Z", { stored: "2024-02-29 13:05:00" }],
  [DATE_TIME, null, "2024-02-29t13:05:07z", { stored: "2024-02-29 13:05:07" }],
  [DATE_TIME, null, "2024-02-29 13:05:07.999", { stored: "2024-02-29 13:05:07" }],
  [DATE_TIME, null, "2024-02-29T13:05:07,1234567", { stored: "2024-02-29 13:05:07" }],
  [DATE_TIME, null, "2024-02-29T23:05:00-05:00", { stored: "2024-03-01 04:05:00" }],
  [DATE_TIME, null, "2024-03-01T00:30:00+0530", { stored: "2024-02-29 19:00:00" }],
  [DATE_TIME, null, "2024-02-29 13:05:00.5 +02", { stored: "2024-02-29 11:05:00" }],
  [DATE_TIME, null, "0001-01-01T00:00:00+01:00", REFUSED_TIME],
  [DATE_TIME, null, "9999-12-31T23:59:59-01:00", REFUSED_TIME],
  [DATE_TIME, null, "0001-01-01T00:00:00-01:00", { stored: "0001-01-01 01:00:00" }],
  [DATE_TIME, null, "2024-02-29T13:05:00+15:00", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-29T13:05:00+01:60", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-29T13:05:00 GMT", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-29T13", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-29Z", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-29T", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-30T13:05:00", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-29  13:05:00", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-29 1:05:00", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-29T13:05:00", { stored: "2024-02-29 13:05:00" }],
  [DATE_TIME, null, "2024-02-29 24:00:00", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-29 23:60:00", REFUSED_TIME],
  [DATE_TIME, null, "2024-02-29 23:59:60", REFUSED_TIME],
  [DATE, "d/m/Y", "03/02/2024", { stored: "2024-02-03" }],
  [DATE, "d/m/Y", "29/02/2024", LEAP_DAY],
  [DATE, "d/m/Y", "3/2/2024", REFUSED_DMY],
  [DATE, "d/m/Y", "32/01/2024", REFUSED_DMY],
  [DATE, "d/m/Y", "00/01/2024", REFUSED_DMY],
  [DATE, "d/m/Y", "2024-02-03", REFUSED_DMY],
  [DATE, "d/m/Y", "31/02/2024", REFUSED_DMY],
  [DATE, "d/m/Y", "29/02/2023", REFUSED_DMY],
  [DATE, "d/m/Y", "31/04/2024", REFUSED_DMY],
  [DATE, "d/m/Y", "03/02/24", REFUSED_DMY],
  [DATE, "d/m/Y", "03/02/2024 ", REFUSED_DMY],
  [DATE, "d.m.Y", "03.02.2024", { stored: "2024-02-03" }],
  [DATE, "d.m.Y", "03x02x2024", { expected: "Expected format: 23.10.2022" }],
  [DATE, "Y-m-d", "2024-2-3", REFUSED_DATE],
  [DATE, "j/n/y", "3/2/24", { stored: "2024-02-03" }],
  [DATE, "j/n/y", "03/2/24", { stored: "2024-02-03" }],
  [DATE, "j/n/y", "003/2/24", { expected: "Expected format: 23/10/22" }],
  [DATE, "j/n/y", "0/2/24", { expected: "Expected format: 23/10/22" }],
  [DATE, "d/m/y", "03/02/69", { stored: "2069-02-03" }],
  [DATE, "d/m/y", "03/02/70", { stored: "1970-02-03" }],
  [DATE, "d/m/y", "03/02/00", { stored: "2000-02-03" }],
  [DATE, "d/m/y", "03/02/99", { stored: "1999-02-03" }],
  [DATE, "Ymd", "20240203", { stored: "2024-02-03" }],
  [DATE, "%d/%m/%Y %H:%M:%S", "03/02/2024", { stored: "2024-02-03" }],
  [DATE, "d/m/Y H:i", "03/02/2024 10:11", REFUSED_DATE_OF_FORMAT],
  [DATE_TIME, "d/m/Y", "03/02/2024", { stored: "2024-02-03 00:00:00" }],
  [DATE_TIME, "d/m/Y H:i", "03/02/2024 10:11", { stored: "2024-02-03 10:11:00" }],
  [DATE_TIME, "d/m/Y H:i", "03/02/2024", { stored: "2024-02-03 00:00:00" }],
  [DATE_TIME, "d/m/Y H:i", "03/02/2024 ", { expected: "Expected format: 23/10/2022 16:25" }],
  [DATE, "d/m/Y H:i", "03/02/2024 00:00", { stored: "2024-02-03" }],
  [DATE, "m/d/Y g:i a", "02/03/2024 12:00 AM", { stored: "2024-02-03" }],
  [DATE, "m/d/Y g:i a", "02/03/2024 12:00 PM", {
    expected:
      "Expected format: 10/23/2022, the date of the date_format 'm/d/Y g:i a': the attribute has no time of day",
  }],
  [DATE, "d H:i m Y", "03 00:00 02 2024", { stored: "2024-02-03" }],
  [DATE, "d H:i m Y", "03 10:11 02 2024", { expected: "Expected format: 23 16:25 10 2022" }],
  [DATE_TIME, "d H:i m Y s", "03 10:11 02 2024", { expected: "Expected format: 23 16:25 10 2022 33" }],
  [DATE_TIME, "Y-m-d\\TH:i", "2024-02-03T10:11", { stored: "2024-02-03 10:11:00" }],
  [DATE_TIME, "Y-m-d\\TH:i", "2024-02-03t10:11", { expected: "Expected format: 2022-10-23T16:25" }],
  [DATE_TIME, "YmdHis.0\\Z", "20240203101112.0Z", { stored: "2024-02-03 10:11:12" }],
  [DATE, "d-M-Y", "03-Jan-2024", { stored: "2024-01-03" }],
  [DATE, "d-M-Y", "03-JAN-2024", { stored: "2024-01-03" }],
  [DATE, "d-M-Y", "03-january-2024", { stored: "2024-01-03" }],
  [DATE, "d-M-Y", "03-Sept-2024", { stored: "2024-09-03" }],
  [DATE, "d-M-Y", "03-September-2024", { stored: "2024-09-03" }],
  [DATE, "d-M-Y", "03-Janu-2024", { expected: "Expected format: 23-Oct-2022" }],
  [DATE, "d-M-Y", "03-Jän-2024", { expected: "Expected format: 23-Oct-2022" }],
  [DATE, "d-M-Y", "30-Feb-2024", { expected: "Expected format: 23-Oct-2022" }],
  [DATE, "F j, Y", "May 7, 2024", { stored: "2024-05-07" }],
  [DATE, "F j, Y", "December 07, 2024", { stored: "2024-12-07" }],
  [DATE, "F j, Y", "Dec 7, 2024", { stored: "2024-12-07" }],
  [DATE, "F j, Y", "Decem 7, 2024", { expected: "Expected format: October 23, 2022" }],
  [DATE, "jMY", "3Jun2024", { stored: "2024-06-03" }],
  [DATE_TIME, "d/m/Y H", "03/02/2024 24", { expected: "Expected format: 23/10/2022 16" }],
  [DATE_TIME, "Y-m-d Gi", "2024-02-03 925", { stored: "2024-02-03 09:25:00" }],
  [DATE_TIME, "Y-m-d G:i", "2024-02-03 0:25", { stored: "2024-02-03 00:25:00" }],
  [DATE_TIME, "Y-m-d G:i", "2024-02-03 09:25", { stored: "2024-02-03 09:25:00" }],
  [DATE_TIME, "Y-m-d G:i", "2024-02-03 009:25", { expected: "Expected format: 2022-10-23 16:25" }],
  [DATE_TIME, "m/d/Y h:i:s A", "02/03/2024 12:00:00 AM", { stored: "2024-02-03 00:00:00" }],
  [DATE_TIME, "m/d/Y h:i:s A", "02/03/2024 12:00:00 PM", { stored: "2024-02-03 12:00:00" }],
  [DATE_TIME, "m/d/Y h:i:s A", "02/03/2024 01:30:00 PM", { stored: "2024-02-03 13:30:00" }],
  [DATE_TIME, "m/d/Y h:i:s A", "02/03/2024 01:30:00 pM", { stored: "2024-02-03 13:30:00" }],
  [DATE_TIME, "m/d/Y h:i:s A", "02/03/2024 01:30:00\u202fPM", { stored: "2024-02-03 13:30:00" }],
  [DATE_TIME, "d.m.Y H:i", "03.02.2024\u00a013:30", { stored: "2024-02-03 13:30:00" }],
  [DATE_TIME, "d.m.Y\u00a0H:i", "03.02.2024 13:30", { stored: "2024-02-03 13:30:00" }],
  [DATE_TIME, "m/d/Y h:i:s A", "02/03/2024 01:30:00\tPM", REFUSED_AM_PM],
  [DATE_TIME, "m/d/Y h:i:s A", "02/03/2024 13:30:00 PM", REFUSED_AM_PM],
  [DATE_TIME, "m/d/Y h:i:s A", "02/03/2024 00:30:00 AM", REFUSED_AM_PM],
  [DATE_TIME, "m/d/Y h:i:s A", "02/03/2024 1:30:00 PM", REFUSED_AM_PM],
  [DATE_TIME, "m/d/Y g:i a", "02/03/2024 1:30 pm", { stored: "2024-02-03 13:30:00" }],
  [DATE_TIME, "m/d/Y g:i a", "02/03/2024 01:30 PM", { stored: "2024-02-03 13:30:00" }],
  [DATE_TIME, "d/m/Y h:i", "03/02/2024 12:30", { stored: "2024-02-03 12:30:00" }],
  [DATE_TIME, "d/m/Y H:i A", "03/02/2024 16:30 PM", { stored: "2024-02-03 16:30:00" }],
  [DATE_TIME, "d/m/Y H:i A", "03/02/2024 16:30 AM", { expected: "Expected format: 23/10/2022 16:25 PM" }],
  [DATE_TIME, "(d+m.Y) [H]", "(03+02.2024) [10]", { stored: "2024-02-03 10:00:00" }],
];

for (const [attribute, typed, cell, answer] of CASES) {
  const verb = "stored" in answer ? "is taken" : "is refused";
  Deno.test(`as a ${attribute.kind} with format ${typed ?? "<none>"} '${cell}' ${verb}`, () => {
    const reader = dateReader(attribute, typed === null ? null : format(typed));
    const expected = "stored" in answer ? value(answer.stored) : answer.expected;
    assertEquals(shown(reader.parse(cell)), expected);
    assertEquals(reader.parseKey(cell), "stored" in answer ? answer.stored : undefined);
  });
}

Deno.test("no date is null, where the attribute allows it, and never a key", () => {
  for (const cell of ["", null]) {
    for (const dateFormat of [null, format("d/m/Y")]) {
      assertEquals(dateReader(DATE, dateFormat).parse(cell), value(null));
      assertEquals(dateReader(DATE, dateFormat).parseKey(cell), undefined);
      const mandatory = dateReader({ ...DATE, nullAllowed: false }, dateFormat);
      assertEquals(mandatory.parse(cell), problem({ kind: "null_not_allowed" }));
    }
  }
});

Deno.test("the report shows a date as typed, or in the given format", () => {
  assertEquals(dateReader(DATE, null).report("2024-02-03", "2024-2-3"), "2024-2-3");
  assertEquals(dateReader(DATE, null).report(null, ""), null);
  assertEquals(dateReader(DATE, format("d/m/Y H:i")).report("2024-03-01", "01/03/2024"), "01/03/2024");
  assertEquals(dateReader(DATE, format("j.n.y")).report("2024-03-01", "01/03/2024"), "1.3.24");
  assertEquals(dateReader(DATE, format("d/m/Y")).report(null, ""), null);
  const twelveHours = dateReader(DATE_TIME, format("d/m/Y g:i a"));
  assertEquals(twelveHours.report("2024-03-01 00:05:00", ""), "01/03/2024 12:05 am");
  assertEquals(twelveHours.report("2024-03-01 12:05:00", ""), "01/03/2024 12:05 pm");
  assertEquals(twelveHours.report("2024-03-01 23:05:00", ""), "01/03/2024 11:05 pm");
});

Deno.test("a date is the same when its stored form is", () => {
  const reader = dateReader(DATE, null);
  const typed = reader.parse("2024-1-5");
  assertEquals(typed.ok && reader.same(typed.value, "2024-01-05"), true);
  assertEquals(reader.same("2024-01-05", "2024-01-06"), false);
  assertEquals(reader.same(null, "2024-01-06"), false);
});

Deno.test("what a format writes it reads as the same, whatever the format", () => {
  let seed = 11;
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  const pick = (list: readonly string[]) => list[random(list.length)] ?? "";
  const twoDigits = (most: number) => String(random(most)).padStart(2, "0");
  for (let round = 0; round < 3000; round++) {
    const sign = pick(["/", "-", ".", " ", ", ", "\\d\\e", "\\\\", "é"]);
    const day = [pick(["d", "j"]), pick(["m", "n", "M", "F"]), pick(["Y", "y"])].sort(() => random(3) - 1).join(sign);
    const hour = pick(["H", "G", "h", "g"]);
    const half = hour === "h" || hour === "g" ? pick([" A", "a"]) : "";
    const typed = `${day}${pick([" ", "\\T", ", "])}${hour}:i:s${half}`;
    const stored = `${1970 + random(100)}-${String(1 + random(12)).padStart(2, "0")}-` +
      `${String(1 + random(28)).padStart(2, "0")} ${twoDigits(24)}:${twoDigits(60)}:${twoDigits(60)}`;
    const own = format(typed);
    const written = dateWriter(DATE_TIME, own)(stored);
    assertEquals(dateReader(DATE_TIME, own).parse(String(written)), value(stored), `${typed}: ${written}`);
    const date = stored.slice(0, 10);
    const day10 = dateWriter(DATE, own)(date);
    assertEquals(dateReader(DATE, own).parse(String(day10)), value(date), `${typed}: ${day10}`);
    assertEquals(dateReader(DATE_TIME, own).parse(String(day10)), value(`${date} 00:00:00`), `${typed}: ${day10}`);
    const midnight = String(dateWriter(DATE_TIME, own)(`${date} 00:00:00`));
    assertEquals(dateReader(DATE, own).parse(midnight), value(date), `${typed}: ${midnight}`);
  }
});
