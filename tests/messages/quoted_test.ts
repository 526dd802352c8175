import { assertEquals } from "@std/assert";
import { quoted, visible } from "../../lib/messages/quoted.ts";

Deno.test("what a terminal would obey is spelt out", () => {
  assertEquals(quoted("a\n\t\u001b[31mb"), "'a\\n\\t\\u001b[31mb'");
  assertEquals(visible("\u007f"), "\\u007f");
  assertEquals(visible("\u009b31m\u0085"), "\\u009b31m\\u0085");
  assertEquals(visible("\u2028\u2029\u202e\u2066"), "\\u2028\\u2029\\u202e\\u2066");
});

Deno.test("what it shows stays as it is", () => {
  assertEquals(visible("Café \u00a0→ 漢字 🙂 \\ '"), "Café \u00a0→ 漢字 🙂 \\ '");
});
