import { assertEquals } from "@std/assert";
import { idOf } from "../../lib/reconcile/object_id.ts";

Deno.test("an id is digits without a leading zero", () => {
  assertEquals(idOf("1"), 1);
  assertEquals(idOf("1024"), 1024);
  assertEquals(idOf("9007199254740991"), 9007199254740991);
});

Deno.test("everything else is none", () => {
  const cells = [
    null,
    "",
    "0",
    "01",
    "-1",
    "+1",
    "1.0",
    "1e3",
    "2x",
    "x",
    " 1",
    "1 ",
    "１",
    "9007199254740993",
    "9".repeat(40),
  ];
  for (const cell of cells) assertEquals(idOf(cell), null, String(cell));
});
