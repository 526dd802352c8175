import { assert, assertStringIncludes } from "@std/assert";
import { assertReport, decision } from "../helpers/decision.ts";
import { describeRun } from "../helpers/scratch.ts";

const VALID_CSV = "the details table is valid CSV: text cells are quoted, and no mark is glued to a value";

decision(VALID_CSV, "a-rep-quoting", async (play) => {
  const run = await play.step(1);
  const message = "'ba;d' is an invalid value. Unexpected value for attribute 'status': Value not allowed [ba;d], " +
    "expected active, inactive";
  // The operator's list: refuse line breaks in attributes of one line.
  const lineBreak = "'x\ny' is an invalid value. Unexpected value for attribute 'name': Line break in it, " +
    "expected a text of one line";
  assertReport(run, { issues: 1, created: 1, unchanged: 1 }, [
    ["0", "created", "Organization", "2", "a;b", "c;d", "active"],
    ["1", "unchanged", "Organization", "2", "a;b", "c;d", "active"],
    ["2", "Issue: Unexpected attribute value(s)", "n/a", "n/a", lineBreak, 'say "hi"', message],
  ]);
  assertStringIncludes(run.stdout, '\n1;unchanged;Organization;2;"a;b";"c;d";"active"\n', describeRun(run));
});

decision(VALID_CSV, "b-att-text", async (play) => {
  await play.step(2);
  const run = await play.step(3);
  assertReport(run, { unchanged: 2, updated: 1 }, [
    ["0", "unchanged", "Server", "1", "A", "line 1\nline 2"],
    ["1", "unchanged", "Server", "2", "B", 'say "hi" <b>bold</b> & more'],
    ["2", "updated 1 cols", "Server", "3", "C", "spaces"],
  ]);
  assert(!run.stdout.includes("Modified"), describeRun(run));
});
