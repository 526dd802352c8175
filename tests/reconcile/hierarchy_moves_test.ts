/** What stands above what is known without asking for each step, and right whatever is moved, refused or taken apart meanwhile. */
import { assert, assertEquals } from "@std/assert";
import { Hierarchy } from "../../lib/reconcile/hierarchy.ts";
import type { ExternalKeyAttribute } from "../../lib/model/model.ts";
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { Match, ObjectSearch, ObjectStore } from "../../lib/store/objects.ts";
import { objectId } from "../helpers/object_id.ts";
import { Random } from "../torture/random.ts";

/** Objects and the one above each, as a store tells them; how often it was asked. */
class Forest {
  readonly above = new Map<ObjectId, ObjectId | null>();
  asked = 0;

  constructor(readonly isAltered = false) {}

  hierarchy(): Hierarchy {
    const search: Pick<ObjectSearch, "find" | "valuesOf"> = {
      find: (keys) => {
        this.asked++;
        return Promise.resolve(keys.map(([id]) => this.#match(id as ObjectId)));
      },
      valuesOf: ({ id }) => Promise.resolve([this.above.get(id) ?? null]),
    };
    const store = { search: () => search } as unknown as ObjectStore;
    return new Hierarchy(store, { code: "parent_id", target: "Organization" } as ExternalKeyAttribute, this.isAltered);
  }

  /** Step by step. */
  isAbove(upper: ObjectId, lower: ObjectId): boolean {
    const seen = new Set<ObjectId>();
    for (let at: ObjectId | null = lower; at !== null && !seen.has(at); at = this.above.get(at) ?? null) {
      if (at === upper) return true;
      seen.add(at);
    }
    return false;
  }

  #match(id: ObjectId): Match {
    return this.above.has(id) ? { kind: "one", object: { id, class: "Organization", values: null } } : { kind: "none" };
  }
}

for (let seed = 1; seed <= 40; seed++) {
  Deno.test(`what stands above what, moves of seed ${seed}`, async () => {
    const random = new Random(seed);
    const forest = new Forest(seed % 8 === 0);
    const count = random.int(2, 30);
    const ids = Array.from({ length: count }, (_, place) => objectId(place + 1));
    for (const id of ids) forest.above.set(id, null);
    // Another program may have made a loop.
    if (seed % 5 === 0) {
      forest.above.set(ids[0] as ObjectId, ids[count - 1] as ObjectId).set(
        ids[count - 1] as ObjectId,
        ids[0] as ObjectId,
      );
    }
    const hierarchy = forest.hierarchy();
    const some = () => Array.from({ length: random.int(0, 6) }, () => random.pick(ids));
    for (let move = 0; move < 400; move++) {
      if (random.chance(0.1)) await hierarchy.learn(some());
      const [moved, under] = [random.pick(ids), random.pick(ids)];
      if (random.chance(0.1)) forest.above.set(moved, null);
      else {
        const isAbove = await hierarchy.isAbove(moved, under);
        assertEquals(isAbove, forest.isAbove(moved, under), `move ${move}: ${moved} under ${under}`);
        // What the check lets through may be refused for other reasons.
        if (!isAbove && random.chance(0.8)) forest.above.set(moved, under);
      }
      // Where triggers are, anything may move.
      if (forest.isAltered && random.chance(0.2)) forest.above.set(random.pick(ids), null);
    }
  });
}

Deno.test("a chain that moves one up is asked about a few times, whatever its length", async () => {
  const forest = new Forest();
  const ids = Array.from({ length: 4000 }, (_, place) => objectId(place + 1));
  ids.forEach((id, place) => forest.above.set(id, ids[place - 1] ?? null));
  const hierarchy = forest.hierarchy();
  for (let start = 2; start < ids.length; start += 500) {
    const group = ids.slice(start, start + 500);
    await hierarchy.learn(group.map((_, place) => ids[start + place - 2] as ObjectId));
    for (const [place, id] of group.entries()) {
      const parent = ids[start + place - 2] as ObjectId;
      assert(!await hierarchy.isAbove(id, parent));
      forest.above.set(id, parent);
    }
  }
  assert(forest.asked <= 16, `asked ${forest.asked} times`);
});
