import { assert, assertEquals } from "@std/assert";
import { WrittenKeys } from "../../lib/reconcile/written_keys.ts";

function written(...keys: (string | number | null)[][]): WrittenKeys {
  const set = new WrittenKeys();
  for (const key of keys) set.add(key);
  return set;
}

Deno.test("a key that was written is found, as the database finds it", () => {
  const set = written(["Müller@Example.com", 3], ["x  ", null]);
  for (const key of [["Müller@Example.com", 3], ["mÜLLER".replace("Ü", "ü") + "@example.COM ", 3], ["X", null]]) {
    assert(set.mayHave(key), JSON.stringify(key));
  }
});

Deno.test("most keys that were not written are not found", () => {
  const set = written(...Array.from({ length: 1024 }, (_, index) => [`user${index}@example.com`]));
  const found = Array.from({ length: 10_000 }, (_, index) => [`user${index + 1024}@example.com`])
    .filter((key) => set.mayHave(key));
  assert(found.length < 5, `${found.length} of 10000`);
});

Deno.test("nothing is found in an empty set, nor in one that was cleared", () => {
  const set = new WrittenKeys();
  assertEquals(set.mayHave(["a"]), false);
  set.add(["a"]);
  assertEquals(set.mayHave(["a"]), true);
  set.clear();
  assertEquals(set.mayHave(["a"]), false);
});

Deno.test("every key that was written is found, be they few or many, and none once the set was cleared", () => {
  const set = new WrittenKeys();
  for (let round = 0; round < 2; round++) {
    const keys = Array.from({ length: 100 }, (_, index) => [`user${index}`, round]);
    for (const [index, key] of keys.entries()) {
      assertEquals(set.addOnce(key), false, String(key));
      assertEquals(keys.slice(0, index + 1).filter((one) => !set.mayHave(one)), []);
      assertEquals(set.addOnce(key), true);
    }
    set.clear();
    assertEquals(keys.filter((one) => set.mayHave(one)), []);
  }
});
