import { assertEquals } from "@std/assert";
import { newestEntry, withEntry } from "../../lib/reconcile/case_log.ts";

const AT_NOON = new Date("2024-02-29T12:00:00Z");
const LATER = new Date("2024-03-01T08:30:05Z");

Deno.test("an entry is put before the others, with a heading of its time, author and length", () => {
  const first = withEntry("", "Disk full", "ann", AT_NOON);
  assertEquals(first, "==== 2024-02-29 12:00:00 UTC, ann, 9 ====\nDisk full\n");
  assertEquals(
    withEntry(first, "Cleaned\nup", "bob", LATER),
    "==== 2024-03-01 08:30:05 UTC, bob, 10 ====\nCleaned\nup\n" + first,
  );
});

Deno.test("an empty entry changes nothing", () => {
  assertEquals(withEntry("", "", "ann", AT_NOON), "");
  const log = withEntry("", "x", "ann", AT_NOON);
  assertEquals(withEntry(log, "", "ann", LATER), log);
});

Deno.test("the newest entry once more changes nothing, an older one does", () => {
  const one = withEntry("", "one", "ann", AT_NOON);
  assertEquals(withEntry(one, "one", "bob", LATER), one);
  const two = withEntry(one, "two", "ann", AT_NOON);
  assertEquals(newestEntry(withEntry(two, "one", "ann", LATER)), "one");
});

Deno.test("the newest entry is read back whole, even if it looks like a heading", () => {
  for (const entry of ["==== x, 3 ====\nabc", "a\n\n", "\n", "😀 é", "==== 2024-02-29 12:00:00 UTC, ann, 1 ===="]) {
    assertEquals(newestEntry(withEntry(withEntry("", "old", "ann", AT_NOON), entry, "ann, 7 ====", LATER)), entry);
  }
});

Deno.test("a log without entries has no newest one", () => {
  assertEquals(newestEntry(""), null);
  assertEquals(newestEntry("written by hand"), null);
});

Deno.test("a login of several lines forges no heading: it stays on its line", () => {
  const login = "ann, 3 ====\nold\n==== 2024-01-01 00:00:00 UTC, boss\u2028\u0085\r";
  const log = withEntry("", "new", login, AT_NOON);
  assertEquals(log.split("\n").length, 3);
  assertEquals(newestEntry(log), "new");
});
