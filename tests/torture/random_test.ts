import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { Random } from "./random.ts";
import { runSubject, type Subject } from "./torture.ts";

Deno.test("the same seed gives the same choices, today and on every machine", () => {
  const random = new Random(5);
  const drawn = [random.int(0, 99), random.int(-5, 5), random.pick(["a", "b", "c"]), random.shuffled([1, 2, 3, 4])];
  assertEquals(drawn, [42, 4, "c", [1, 4, 3, 2]]);
});

Deno.test("a part has chance of its own, whatever was drawn before", () => {
  const [one, other] = [new Random(5), new Random(5)];
  other.bytes(100);
  assertEquals(one.part(17).bytes(8), other.part(17).bytes(8));
  assertNotEquals(one.part(17).bytes(8), one.part(18).bytes(8));
  assertNotEquals(one.part(17).bytes(8), new Random(6).part(17).bytes(8));
});

Deno.test("neighbouring parts draw differently from the first draw on", () => {
  for (const seed of [1601, 1701, 4711]) {
    const random = new Random(seed);
    const first = Array.from({ length: 100 }, (_, index) => Math.floor(random.part(index).fraction() * 10));
    for (let ten = 0; ten < 100; ten += 10) {
      const drawn = new Set(first.slice(ten, ten + 10));
      assert(drawn.size >= 4, `seed ${seed}, parts ${ten} to ${ten + 9} draw ${[...drawn]}`);
    }
  }
});

const SUBJECT: Subject = { name: "any", title: "anything", unit: "things", short: 1, long: 2, run: () => {} };

Deno.test("what a subject loses, throws, or does not even try counts as a loss", async () => {
  const losing = await runSubject({ ...SUBJECT, run: ({ tried, lost }) => (tried(), lost("a row")) }, 1, 1);
  assertEquals(losing.losses, ["a row"]);
  const throwing = await runSubject({ ...SUBJECT, run: () => Promise.reject(new Error("mine")) }, 1, 1);
  assert(throwing.losses[0]?.startsWith("Error: mine"));
  assertEquals((await runSubject(SUBJECT, 1, 1)).losses, ["nothing was tried"]);
  const elsewhere = await runSubject({ ...SUBJECT, run: ({ leftOut }) => leftOut("no Unix") }, 1, 1);
  assertEquals([elsewhere.losses, elsewhere.leftOut], [[], ["no Unix"]]);
});

Deno.test("chance stays within its limits, and reaches both of them", () => {
  const random = new Random(1);
  const drawn = new Set(Array.from({ length: 1000 }, () => random.int(1, 6)));
  assertEquals([...drawn].sort(), [1, 2, 3, 4, 5, 6]);
});
