/** The end of what is open. */
import { assertEquals, assertRejects } from "@std/assert";
import { Closers } from "../../lib/server/closers.ts";

Deno.test("closers: one that fails leaves none of the others open, and is told", async () => {
  const closed: string[] = [];
  const closers = new Closers();
  closers.add(() => void closed.push("first"));
  closers.add(() => Promise.reject(new Error("second")));
  closers.add(() => void closed.push("third"));
  await assertRejects(() => closers.closeAll(), Error, "second");
  assertEquals(closed, ["third", "first"]);
});
