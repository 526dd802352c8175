import { assertEquals } from "@std/assert";
import { Findings } from "../../lib/inspect/finding.ts";
import { KeyBudget } from "../../lib/inspect/key_table.ts";
import { TwinTally } from "../../lib/inspect/twin_tally.ts";

/** @param rows the first on line 2 @param most keys that are remembered */
function found(rows: readonly (readonly string[])[], most = 100): readonly unknown[] {
  const tally = new TwinTally([0, 1], new KeyBudget(most));
  rows.forEach((row, index) => tally.note(row, index + 2));
  const findings = new Findings();
  tally.tell(findings);
  return JSON.parse(JSON.stringify(findings.all.map(({ about }) => about)));
}

Deno.test("rows share their keys when all of these are the same texts", () => {
  assertEquals(found([["a", "b", "1"], ["a", "c", "2"], ["A", "b", "3"], ["ab", "", "4"]]), [
    { kind: "twins", count: 1, rows: [{ first: 2, line: 4 }] },
  ]);
});

Deno.test("rows without any key are nobody's twins", () => {
  const [empty] = found([["", "", "1"], ["", "", "2"]]);
  assertEquals(empty, { kind: "empty_keys", rows: { count: 2, lines: [2, 3] } });
});

Deno.test("from where keys are not remembered any more is said", () => {
  const rows = Array.from({ length: 5 }, (_, index) => [`key ${index}`, "", "x"]);
  assertEquals(found([...rows, ["key 0", "", "y"]], 3), [
    { kind: "twins", count: 1, rows: [{ first: 2, line: 7 }] },
    { kind: "keys_forgotten", line: 5 },
  ]);
});
