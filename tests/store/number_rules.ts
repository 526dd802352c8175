/** Numbers that a run gives to objects, so as to know again which of its rows has reached them. */
import { assertEquals } from "@std/assert";
import type { ObjectId } from "../../lib/store/object_id.ts";
import { Random } from "../torture/random.ts";
import type { Run, Suite } from "./suite.ts";

function newIds(run: Run, count: number): ObjectId[] {
  return Array.from({ length: count }, () => run.objects.newId("Brand"));
}

export function numberRules(suite: Suite): void {
  suite.inRun("an object keeps the first number that it is given, until it is forgotten", (run) => {
    const numbers = run.objects.numbers();
    const [a, b, c] = newIds(run, 3) as [ObjectId, ObjectId, ObjectId];
    assertEquals([numbers.of(a), numbers.noteOnce(a, 0), numbers.noteOnce(a, 7), numbers.of(a)], [null, 0, 0, 0]);
    assertEquals([numbers.noteOnce(b, 1), numbers.noteOnce(c, 2), numbers.of(b)], [1, 2, 1]);
    numbers.forget(b);
    assertEquals([numbers.of(a), numbers.of(b), numbers.of(c)], [0, null, 2]);
    assertEquals([numbers.noteOnce(b, 9), numbers.of(b)], [9, 9]);
    return Promise.resolve();
  });

  suite.inRun("numbers of two roots have nothing to do with each other", (run) => {
    const [brands, teams] = [run.objects.numbers(), run.objects.numbers()];
    const id = run.objects.newId("Brand");
    brands.noteOnce(id, 3);
    assertEquals([brands.of(id), teams.of(id)], [3, null]);
    return Promise.resolve();
  });

  for (
    const [order, spread] of [["in order", 1], ["backwards", 1], ["in any order", 1], ["in any order", 50]] as const
  ) {
    suite.inRun(`thousands of numbers, ${order}, every ${spread}. id`, (run) => {
      const random = new Random(spread);
      const all = newIds(run, 20_000).filter((_, index) => index % spread === 0);
      const ids = order === "in order" ? all : order === "backwards" ? all.reverse() : random.shuffled(all);
      assertMany(run, ids, random);
      return Promise.resolve();
    });
  }
}

/** Against a map. */
function assertMany(run: Run, ids: readonly ObjectId[], random: Random): void {
  const numbers = run.objects.numbers();
  const expected = new Map<ObjectId, number>();
  const places = ids.map((_, index) => random.chance(0.1) ? random.int(0, index) : index);
  for (const [number, place] of places.entries()) {
    const id = ids[place] as ObjectId;
    if (!expected.has(id)) expected.set(id, number);
    assertEquals(numbers.noteOnce(id, number), expected.get(id));
    if (number % 1000 !== 999) continue;
    numbers.forget(id);
    expected.delete(id);
  }
  assertEquals([...numbers.pages()].flat(), [...expected.keys()].sort((one, other) => Number(one) - Number(other)));
  for (const id of ids) {
    if (numbers.of(id) !== (expected.get(id) ?? null)) assertEquals(numbers.of(id), expected.get(id));
  }
}
