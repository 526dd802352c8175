/** Very many objects that are deleted at once go as those that are deleted in the common way, and the log tells the same. */
import { assert, assertEquals } from "@std/assert";
import type { ObjectId } from "../../lib/store/object_id.ts";
import { Random } from "../torture/random.ts";
import { DELETION_MODEL } from "./deletion_model.ts";
import { CLASSES, fill, snapshot } from "./random_deletion_rules.ts";
import { NO_ROWS, RUN, Run, type Suite, type World } from "./suite.ts";

const PARTS = { model: DELETION_MODEL };

type Ids = readonly ObjectId[];

/** Ways in which ids may lie: a database may ask otherwise for each. */
const WAYS: Readonly<Record<string, (ids: Ids, random: Random) => Ids>> = {
  "one after the other": (ids) => ids.slice(-9),
  "one before the other": (ids) => ids.slice(-9).toReversed(),
  "with gaps": (ids, random) => ids.slice(-12).toReversed().filter((_, index) => index !== random.int(1, 10)),
  "scattered": (ids, random) => random.shuffled(ids.filter(() => random.chance(0.2))),
  "far between": (ids) => ids.filter((_, index) => index % 5 === 0),
  "alone": (ids) => ids.slice(3, 4),
  "all, in no order": (ids, random) => random.shuffled(ids),
};

export function manyDeletionRules(suite: Suite): void {
  for (const [way, chosen] of Object.entries(WAYS)) {
    suite.test(`many objects go at once as they go otherwise, and are logged alike: ids ${way}`, async (world) => {
      const random = new Random(way.length);
      for (let round = 0; round < 3; round++) {
        await world.run((run) => fill(run, random));
        for (const code of CLASSES) {
          const ids = chosen(await idsOf(world, code), random);
          const few = await deleted(world, code, ids, false);
          assert(few.entries.length > 0);
          assertEquals(await deleted(world, code, ids, true), few);
        }
      }
    }, PARTS);

    suite.inRun(`who refers to objects is found wherever ids lie: ${way}`, async (run) => {
      const random = new Random(way.length);
      await fill(run, random);
      await fill(run, random);
      for (const code of CLASSES) {
        const ids = chosen(await run.ids({ class: code }), random);
        const [wanted, mixed] = [new Set(ids), random.shuffled(ids)];
        const all = await Promise.all(ids.map((id) => run.objects.referrersTo(code, [id])));
        const told = (await run.objects.referrersTo(code, ids)).map(({ target }) => target);
        assert(told.every((target) => wanted.has(target)));
        assert(new Set(told).size <= all.filter((one) => one.length > 0).length);
        const found = await run.objects.referrersTo(code, mixed);
        assertEquals(found.map(({ target }) => target).sort(), told.toSorted());
        assertEquals(
          (await run.objects.consequencesOf(code, mixed)).map(({ id }) => id).sort(),
          (await run.objects.consequencesOf(code, ids)).map(({ id }) => id).sort(),
        );
      }
    }, PARTS);
  }

  suite.test("of many objects one of which may not go all stay, and what was written before, too", async (world) => {
    const refusal = await world.run(async (run) => {
      const boxes = Array.from({ length: 100 }, (_, index) => run.add("Box", { name: `${index}` }));
      run.add("Sealed", { name: "Seal", seal_id: boxes[50] ?? null });
      const refusal = await run.objects.deleteMany("Box", boxes);
      assertEquals([await run.objects.settled(), run.objects.deletedObjects], [[], 0]);
      assertEquals((await run.ids({ class: "Box" })).length, 100);
      assertEquals(await run.objects.deleteMany("Box", boxes.slice(0, 50)), null);
      assertEquals([(await run.ids({ class: "Box" })).length, run.objects.deletedObjects], [50, 50]);
      return refusal;
    });
    assertEquals(refusal?.rule, "foreign_key");
    const operations = (await world.opened.log()).map(([, , operation]) => operation);
    assertEquals(operations, [...Array(101).fill("create"), ...Array(50).fill("delete")]);
  }, PARTS);

  suite.test("a run all of whose deletions were refused leaves no trace", async (world) => {
    const box = await world.run((run) => {
      const box = run.add("Box", { name: "A" });
      run.add("Sealed", { name: "Seal", seal_id: box });
      return Promise.resolve(box);
    });
    const before = await world.opened.runs();
    await world.run(async (run) => {
      assertEquals((await run.objects.deleteMany("Box", [box]))?.rule, "foreign_key");
      assertEquals(await run.objects.deleteMany("Toy", []), null);
    });
    assertEquals(await world.opened.runs(), before);
  }, PARTS);
}

async function idsOf(world: World, code: string): Promise<Ids> {
  return await world.run((run) => run.ids({ class: code }));
}

/** Taken back again. */
async function deleted(world: World, code: string, ids: Ids, isMany: boolean) {
  return await world.opened.store.transaction(async (transaction) => {
    const { objects, finish } = await transaction.run(world.model, RUN);
    const run = new Run(objects, transaction, world.model);
    if (isMany) assertEquals(await objects.deleteMany(code, ids), null);
    else objects.delete(code, ids);
    assertEquals(await objects.settled(), []);
    const id = await finish(NO_ROWS, null);
    const log = await world.opened.store.loggedRuns();
    const page = { beyond: null, order: "forwards", most: 1_000_000 } as const;
    const entries = (await log.entries(id ?? -1, page)).map((
      { operation, class: real, objectId, attribute, oldValue },
    ) => [operation, real, objectId, attribute, oldValue].join());
    return { entries, left: [...await snapshot(run)], deletedObjects: objects.deletedObjects };
  }, { rollback: true });
}
