import { assert, assertEquals } from "@std/assert";
import { assertComment, assertRefused, assertReport, decision, rowOf } from "../helpers/decision.ts";
import type { ProgramRun } from "../helpers/scratch.ts";

const WRONG_DATE = "Issue: wrong date format";

/** A row without external key, refused for its date. */
function refused(record: number, cells: readonly string[]): string[] {
  return [String(record), WRONG_DATE, "n/a", "n/a", ...cells];
}

function expected(value: string, example = "23/10/2022"): string {
  return `'${value}' is an invalid value. Expected format: ${example}`;
}

const CALENDAR = "dates are checked against the calendar";

decision(CALENDAR, "a-date-dmy-overflow", async (play) => {
  const run = await play.changesNoObject(() => play.step(1));
  assertReport(run, { issues: 3 }, [
    refused(0, ["n/a", "A", "1", expected("31/02/2024")]),
    refused(1, ["n/a", "B", "1", expected("29/02/2023")]),
    refused(2, ["n/a", "C", "1", expected("31/04/2024")]),
  ]);
});

decision(CALENDAR, "b-att-date-format", async (play) => {
  assertReport(await play.step(2), { issues: 3, created: 2 }, [
    ["0", "created", "Server", "1", "2", "A", "2", "29/02/2024"],
    refused(1, ["n/a", "B", "2", expected("2024-02-29")]),
    refused(2, ["n/a", "C", "2", expected("31/02/2024")]),
    ["3", "created", "Server", "2", "2", "D", "2", ""],
    refused(4, ["n/a", "E", "2", expected("1/2/2024")]),
  ]);
  assertEquals(play.objects("Server", "id,name,purchase_date"), [["1", "A", "2024-02-29"], ["2", "D", ""]]);
});

const ISO_ONLY = "without date_format only Y-m-d passes, everything else is refused as a wrong date";

/** A wrong date says so in the row and in the cell, and nothing of the program's inside. */
function assertWrongDate(run: ProgramRun, record: number, value: string): void {
  const row = rowOf(run, record);
  assertEquals(row.slice(0, 4), refused(record, []));
  assert(row.at(-1)?.startsWith(`'${value}' is an invalid value. Expected format: 2022-10-23`), row.at(-1));
}

decision(ISO_ONLY, "a-date-none-impossible", async (play) => {
  for (const step of [1, 2]) {
    const run = await play.changesNoObject(() => play.step(step));
    assertReport(run, { issues: 2 });
    assertWrongDate(run, 0, "2024-02-31");
    assertWrongDate(run, 1, "0000-00-00");
  }
});

decision(ISO_ONLY, "a-date-none-number", async (play) => {
  const run = await play.changesNoObject(() => play.step(1));
  assertReport(run, { issues: 2 });
  assertWrongDate(run, 0, "1706955072");
  assertWrongDate(run, 1, "20240203");
});

decision(ISO_ONLY, "a-date-none-wrong", async (play) => {
  const run = await play.changesNoObject(() => play.step(1));
  assertReport(run, { issues: 3 });
  assertWrongDate(run, 0, "03/02/2024");
  assertWrongDate(run, 1, "2024-02-03 10:11:12");
  assertWrongDate(run, 2, "soon");
});

decision(ISO_ONLY, "b-att-date", async (play) => {
  const run = await play.step(2);
  assertReport(run, { issues: 5, created: 2 });
  const wrong = { 1: "29/02/2024", 2: "2024-02-30", 4: "2024", 5: "abc", 6: "0000-00-00" };
  for (const [record, value] of Object.entries(wrong)) assertWrongDate(run, Number(record), value);
  assertEquals(play.objects("Server", "id,name,purchase_date"), [["1", "A", "2024-02-29"], ["2", "D", ""]]);
});

decision("one-digit months and days are the same date", "b-upd-same-date", async (play) => {
  assertReport(await play.step(3), { unchanged: 1 }, [["0", "unchanged", "Server", "1", "S1", "2024-01-05"]]);
  assertReport(await play.step(4), { unchanged: 1 }, [["0", "unchanged", "Server", "1", "S1", "2024-1-5"]]);
  // SPEC 16: a date-time at midnight is taken for a date.
  const withTime = await play.changesNoObject(() => play.step(5));
  assertReport(withTime, { unchanged: 1 }, [["0", "unchanged", "Server", "1", "S1", "2024-01-05 00:00:00"]]);
});

decision("the old style of date_format knows %M and %S too", "a-date-old-format", async (play) => {
  const first = await play.step(1);
  assertReport(first, { issues: 1, created: 1 }, [
    ["0", "created", "Server", "1", "1", "A", "1", "2024-02-03"],
    refused(1, ["n/a", "B", "1", expected("03/02/2024", "2022-10-23")]),
  ]);
  assertComment(first, "#Date and time format: 'Y-m-d'");
  const second = await play.step(2);
  assertReport(second, { created: 1 }, [["0", "created", "Server", "2", "1", "C", "1", "03/02/24"]]);
  assertComment(second, "#Date and time format: 'd/m/y H:i:s'");
  const third = await play.step(3);
  assertReport(third, { created: 1 }, [["0", "created", "Server", "3", "1", "D", "1", "03/02/2024"]]);
  assertComment(third, "#Date and time format: 'd/m/Y H:i:s'");
  assertComment(third, "#Date format: 'd/m/Y'");
  assertEquals(play.objects("Server", "move2production"), [["2024-02-03"], ["2024-02-03"], ["2024-02-03"]]);
});

decision(
  "a date_format without date letters, or with other letters, is a usage error (64)",
  "a-date-unusable-format",
  async (play) => {
    // SPEC 16: M is the English name of a month.
    const loaded = await play.step(1);
    assertReport(loaded, { created: 2 });
    assertComment(loaded, "#Date format: 'j M Y'");
    assertRefused(await play.writesNothing(() => play.step(2)), 64, "date_format", "H:i:s");
    assertRefused(await play.writesNothing(() => play.step(3)), 64, "date_format", "foo");
  },
);
