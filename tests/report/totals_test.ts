import { assertEquals } from "@std/assert";
import { exitCodeFor, rowCount, RowTotals } from "../../lib/report/totals.ts";
import { created, NO_ROWS, unchanged, updated } from "./facts.ts";

Deno.test("rows are counted by what became of them", () => {
  const totals = new RowTotals();
  for (const outcome of [created(1), updated(1, ["name", "code"]), unchanged(1), unchanged(1)]) totals.add(outcome);
  totals.add({
    kind: "rejected",
    reason: { kind: "ambiguous", count: 2, objects: [], more: false },
    object: null,
    cells: [],
  });
  assertEquals({ ...totals }, { ...NO_ROWS, created: 1, updated: 1, unchanged: 2, rejected: 1, gone: undefined });
  assertEquals(rowCount(totals), 5);
});

Deno.test("warnings are counted beside the rows", () => {
  const totals = new RowTotals();
  totals.add(created(1));
  totals.warnings = 1;
  assertEquals({ ...totals }, { ...NO_ROWS, created: 1, warnings: 1, gone: undefined });
  assertEquals(rowCount(totals), 1);
});

Deno.test("one row in error makes the exit code 1", () => {
  const totals = new RowTotals();
  totals.add(created(1));
  assertEquals(exitCodeFor(totals), 0);
  totals.add({ kind: "rejected", reason: { kind: "wrong_date" }, object: null, cells: [] });
  assertEquals(exitCodeFor(totals), 1);
});
