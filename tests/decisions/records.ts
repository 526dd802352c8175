import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { assertComment, assertRefused, assertReport, decision, rowOf, UNTOUCHED } from "../helpers/decision.ts";
import { describeRun } from "../helpers/scratch.ts";

decision(
  "the header is the first line that is not blank, and it alone is skipped",
  "a-csv-blank-line-first",
  async (play) => {
    const run = await play.step(1);
    assertReport(run, { created: 1 }, [["0", "created", "Organization", "2", "A", "B"]]);
    assertComment(run, "#Data Lines: 1");
    assertEquals(play.objects("Organization", "id,name,code"), [...UNTOUCHED, ["2", "A", "B"]]);
  },
);

const LINE_ENDS = "outside qualified cells LF, CRLF and a lone CR each end a record";

decision(LINE_ENDS, "a-csv-cr-in-cell", async (play) => {
  // The code of the last row is "Q\\rR": a line break in an attribute of one line is refused.
  assertReport(await play.step(1), { created: 2, issues: 3 }, [
    ["0", "Issue: 1 cells where the header has 2"],
    ["1", "created", "Organization", "2", "B", "X"],
    ["2", "created", "Organization", "3", "C", ""],
    ["3", "Issue: 1 cells where the header has 2"],
    ["4", "Issue: Unexpected attribute value(s)", "n/a", "n/a", "D"],
  ]);
  assertEquals(play.objects("Organization", "id,name,code").slice(1), [["2", "B", "X"], ["3", "C", ""]]);
});

decision(LINE_ENDS, "a-csv-cr-only", async (play) => {
  assertReport(await play.step(1), { created: 1, unchanged: 1 }, [
    ["0", "unchanged", "Brand", "5", "Dell"],
    ["1", "created", "Brand", "37", "HP"],
  ]);
});

decision("two columns that resolve to one attribute are a usage error (64)", "a-csv-duplicate-column", async (play) => {
  assertRefused(await play.writesNothing(() => play.step(1)), 64, "code");
  assertRefused(await play.writesNothing(() => play.step(2)), 64, "name");
});

const CELL_COUNT = "a row with more or fewer cells than the header is in error and nothing of it is written";

decision(CELL_COUNT, "a-csv-long-row", async (play) => {
  const run = await play.changesNoObject(() => play.step(1));
  assertReport(run, { issues: 2 }, [
    ["0", "Issue: 3 cells where the header has 2", "n/a", "n/a"],
    ["1", "Issue: 4 cells where the header has 2", "n/a", "n/a"],
  ]);
});

decision(CELL_COUNT, "a-csv-short-row", async (play) => {
  assertReport(await play.step(1), { issues: 2, created: 1 }, [
    ["0", "Issue: 1 cells where the header has 3", "n/a", "n/a"],
    ["1", "Issue: 2 cells where the header has 3", "n/a", "n/a"],
    ["2", "created", "Organization", "2", "C", "c", "active"],
  ]);
  assertEquals(play.objects("Organization", "id,name,code"), [...UNTOUCHED, ["2", "C", "c"]]);
});

decision(CELL_COUNT, "a-csv-short-row-crash", async (play) => {
  const tooShort = "Issue: 2 cells where the header has 3";
  assertReport(await play.step(1), { issues: 1, created: 1 }, [
    ["0", "created", "Team", "2", "1", "T", "1", ""],
    ["1", tooShort, "n/a", "n/a"],
  ]);
  assertReport(await play.step(2), { issues: 1, created: 1 }, [
    ["0", "created", "Team", "3", "1", "V", "1", "v@example.org"],
    ["1", tooShort, "n/a", "n/a"],
  ]);
  assertReport(await play.step(3), { issues: 1, created: 1 });
  assertEquals(play.objects("Team", "id,name,email"), [["2", "T", ""], ["3", "V", "v@example.org"], ["4", "W", ""]]);
});

decision(CELL_COUNT, "a-csv-short-row-erases", async (play) => {
  const run = await play.changesNoObject(() => play.step(1));
  assertReport(run, { issues: 1 }, [["0", "Issue: 1 cells where the header has 3", "n/a", "n/a"]]);
});

const NULL_CELL = "a null cell never crashes the report and prints as an empty cell";

decision(NULL_CELL, "a-csv-null-external-key-crash", async (play) => {
  assertReport(await play.step(1), { created: 1 }, [["0", "created", "Organization", "2", "0", "A"]]);
});

decision(NULL_CELL, "a-csv-null-unchanged-crash", async (play) => {
  assertReport(await play.step(2), { created: 1, unchanged: 1 }, [
    ["0", "created", "Organization", "4", "C", "c"],
    ["1", "unchanged", "Organization", "3", "B", ""],
  ]);
  assertReport(await play.step(3), { unchanged: 1 });
});

decision(
  'only blank lines are skipped: "" and <NULL> are rows of a one-column file',
  "a-csv-single-column",
  async (play) => {
    const status = "Issue: Unexpected attribute value(s)";
    const reason = "Unexpected value for attribute 'name': Null not allowed";
    assertReport(await play.step(1), { issues: 2, created: 2 }, [
      ["0", "created", "Organization", "2", "A"],
      ["1", status, "n/a", "n/a", `'' is an invalid value. ${reason}`],
      ["2", status, "n/a", "n/a", `Invalid value for attribute. ${reason}`],
      ["3", "created", "Organization", "3", "B"],
    ]);
  },
);

decision(
  "text after a closing qualifier makes a row in error that says where",
  "a-csv-text-after-quote",
  async (play) => {
    const run = await play.changesNoObject(() => play.step(1));
    assertReport(run, { issues: 4 });
    for (const record of [0, 1, 2, 3]) {
      const [, status = "", modelClass, id] = rowOf(run, record);
      assertMatch(status, new RegExp(`^Issue: .*\\b${record + 2}\\b`), describeRun(run));
      assertStringIncludes(status, "'name'");
      assertEquals([modelClass, id], ["n/a", "n/a"]);
    }
  },
);

decision("a qualified cell that is never closed ends the run (65)", "a-csv-unterminated-quote", async (play) => {
  const run = await play.writesNothing(() => play.step(1));
  assertRefused(run, 65);
  assertMatch(run.stderr, /line 3\b/i, describeRun(run));
});
