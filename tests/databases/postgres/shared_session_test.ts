/** Whether a pooler gives our session to others, by what a second one tells: without a server. */
import { assertEquals, assertRejects } from "@std/assert";
import { isShared } from "../../../lib/databases/postgres/shared_session.ts";

const OURS = 7;

/** @param tells what the second session says of itself @returns whether it is shared, and how often the second one was closed */
async function shared(tells: () => Promise<unknown>, again = () => Promise.resolve<unknown>(OURS)) {
  let closed = 0;
  const other = { firstValue: tells, close: () => void closed++ };
  return [await isShared(OURS, again, () => Promise.resolve(other)), closed];
}

Deno.test("a session is shared when somebody else has it, or we have another one", async () => {
  assertEquals(await shared(() => Promise.resolve(OURS)), [true, 1]);
  assertEquals(await shared(() => Promise.resolve(8), () => Promise.resolve(9)), [true, 1]);
  assertEquals(await shared(() => Promise.resolve(8)), [false, 1]);
});

Deno.test("a pooler that has no second session, and says so when it is asked for something, keeps ours for us", async () => {
  assertEquals(await isShared(OURS, () => Promise.resolve(OURS), () => Promise.reject(new Error("full"))), false);
  assertEquals(await shared(() => Promise.reject(new Error("query_wait_timeout"))), [false, 1]);
});

Deno.test("what becomes of our own session is told", async () => {
  await assertRejects(() => shared(() => Promise.resolve(8), () => Promise.reject(new RangeError("lost"))), RangeError);
});
