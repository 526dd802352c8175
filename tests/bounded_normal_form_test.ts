import { assert, assertEquals } from "@std/assert";
import { boundedNormalForm } from "../lib/bounded_normal_form.ts";
import { foldCase } from "../lib/model/look_up.ts";

const MARKS = 16_000;
const HEAVY = "a" + "\u0301".repeat(MARKS) + "\u0316".repeat(MARKS);

/** Far above what a linear pass needs, far below the seconds that sorting the marks takes. */
const MILLISECONDS = 300;

function millisecondsOf(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

Deno.test("text with thousands of combining marks is folded at once", () => {
  assert(millisecondsOf(() => foldCase(HEAVY)) < MILLISECONDS);
  assert(millisecondsOf(() => boundedNormalForm("\uFF9E\u0316".repeat(MARKS), "NFKC")) < MILLISECONDS);
});

Deno.test("text with up to 30 combining marks in a row is normalised, with more it stays", () => {
  assertEquals(boundedNormalForm("e\u0301" + "\u0316".repeat(29), "NFC"), "\u00E9" + "\u0316".repeat(29));
  assertEquals(boundedNormalForm("e\u0301" + "\u0316".repeat(30), "NFC"), "e\u0301" + "\u0316".repeat(30));
  assertEquals(boundedNormalForm("\uFB01", "NFKC"), "fi");
});
