/** The memory of feeds: what a run has met, what it has missed, what other feeds have, and how a run is taken back. */
import { assertEquals } from "@std/assert";
import type { Feed, MissedObject } from "../../lib/store/feeds.ts";
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { ObjectNumbers, ObjectStore } from "../../lib/store/objects.ts";
import { NO_ROWS, RUN, type Suite, type World } from "./suite.ts";

const HR = { source: "hr", class: "Brand" };
const DAY = "2024-02-29";

/** A run that loads a file of a feed. @returns its id in the log; null: it left no trace */
function load(
  world: World,
  name: { readonly source: string; readonly class: string },
  work: (feed: Feed, objects: ObjectStore) => Promise<void>,
): Promise<number | null> {
  return world.opened.store.transaction(async (transaction) => {
    const { objects, feed, finish } = await transaction.run(world.model, RUN);
    await work(await feed(name), objects);
    return await finish(NO_ROWS, null);
  }, { rollback: false });
}

function numbersOf(objects: ObjectStore, ids: readonly ObjectId[]): ObjectNumbers {
  const numbers = objects.numbers();
  ids.forEach((id, index) => numbers.noteOnce(id, index));
  return numbers;
}

function newIds(objects: ObjectStore, count: number): readonly ObjectId[] {
  return Array.from({ length: count }, () => objects.newId("Brand"));
}

async function missedOf(feed: Feed, objects: ObjectStore, met: readonly ObjectId[]): Promise<readonly MissedObject[]> {
  const missed: MissedObject[] = [];
  for await (const page of feed.missed([numbersOf(objects, met), objects.numbers()])) missed.push(...page);
  return missed;
}

/** @returns ids that a feed has, and the run that brought them */
async function brought(
  world: World,
  count: number,
): Promise<{ readonly ids: readonly ObjectId[]; readonly run: number }> {
  let ids: readonly ObjectId[] = [];
  const run = await load(world, HR, async (feed, objects) => {
    ids = newIds(objects, count);
    await feed.noteMet(numbersOf(objects, ids));
  });
  return { ids, run: run ?? -1 };
}

export function feedRules(suite: Suite): void {
  suite.test("a feed has what it has met, once; a run that meets nothing new leaves no trace", async (world) => {
    const { ids, run } = await brought(world, 10_000);
    assertEquals((await (await world.opened.store.loggedRuns()).run(run))?.feed, HR);
    const second = await load(world, { ...HR, source: " HR " }, async (feed, objects) => {
      assertEquals(await feed.count(false), 10_000);
      await feed.noteMet(numbersOf(objects, ids.toReversed()));
      assertEquals(await missedOf(feed, objects, ids), []);
      const pages: ObjectId[] = [];
      for await (const page of feed.objects(false)) pages.push(...page);
      assertEquals(pages, ids);
    });
    assertEquals(second, null);
  });

  suite.test("what is missed is told with since when and what was done, until it is met or seen", async (world) => {
    const { ids } = await brought(world, 5);
    const [a, b, c, d, e] = ids as [ObjectId, ObjectId, ObjectId, ObjectId, ObjectId];
    await load(world, HR, async (feed, objects) => {
      assertEquals((await missedOf(feed, objects, [a])).map(({ id }) => id), [b, c, d, e]);
      await feed.noteMissed([b, c, d], DAY);
      await feed.noteMark([c], "update");
      await feed.noteMark([d], "report");
      await feed.forget([e]);
      assertEquals([await feed.count(false), await feed.count(true)], [3, 4]);
    });
    await load(world, HR, async (feed, objects) => {
      await feed.noteMissed([b], "2024-03-01");
      assertEquals(await missedOf(feed, objects, [a]), [
        { id: b, since: DAY, mark: null },
        { id: c, since: DAY, mark: "update" },
        { id: d, since: DAY, mark: "report" },
      ]);
      await feed.noteMet(numbersOf(objects, [c]));
      await feed.noteSeen(numbersOf(objects, [d, e]));
      assertEquals((await missedOf(feed, objects, [a, b])).map(({ since, mark }) => [since, mark]), [
        [null, null],
        [null, null],
      ]);
      assertEquals(await feed.count(false), 4);
    });
  });

  suite.test("others have what their last file had, of the same root class", async (world) => {
    const { ids } = await brought(world, 2);
    const [a, b] = ids as [ObjectId, ObjectId];
    await load(world, { source: "crm", class: "Brand" }, async (feed, objects) => {
      assertEquals(await feed.hadByOthers("Brand", ids), new Set(ids));
      assertEquals(await feed.hadByOthers("Organization", ids), new Set());
      await feed.noteMet(numbersOf(objects, ids));
    });
    await load(world, HR, async (feed) => {
      assertEquals(await feed.hadByOthers("Brand", [a]), new Set([a]));
      await feed.noteMissed([a], DAY);
    });
    await load(world, { source: "crm", class: "Brand" }, async (feed) => {
      assertEquals(await feed.hadByOthers("Brand", ids), new Set([b]));
    });
  });

  suite.test("a run is taken back, and that again; what a later one changed stays", async (world) => {
    const { ids, run } = await brought(world, 3);
    const [a, b, c] = ids as [ObjectId, ObjectId, ObjectId];
    const second = await load(world, HR, async (feed) => {
      await feed.noteMissed([a, b], DAY);
      await feed.noteMark([a], "update");
      await feed.forget([c]);
    }) ?? -1;
    const state = async () => {
      let missed: readonly MissedObject[] = [];
      await load(world, HR, async (feed, objects) => void (missed = await missedOf(feed, objects, [])));
      return missed.map(({ id, since, mark }) => [id, since, mark]);
    };
    const after = await state();
    const takeBack = (id: number) =>
      world.opened.store.transaction(async (transaction) => {
        const { takeBackFeeds, finish } = await transaction.run(world.model, { ...RUN, undoes: id });
        const count = await takeBackFeeds(id);
        return [count, await finish(NO_ROWS, null) ?? -1] as const;
      }, { rollback: false });
    const [count, undo] = await takeBack(second);
    assertEquals([count, await state()], [3, ids.map((id) => [id, null, null])]);
    const [again, redo] = await takeBack(undo);
    assertEquals([again, await state()], [3, after]);
    await load(world, HR, async (feed, objects) => await feed.noteMet(numbersOf(objects, [b])));
    assertEquals([(await takeBack(redo))[0], (await state())[1]], [2, [b, null, null]]);
    assertEquals([(await takeBack(run))[0], await state()], [3, []]);
  });

  suite.test("the last file is known until another one comes, or its run is taken back", async (world) => {
    const file = { sha256: "ab", settings: "[1]" };
    const { run } = await brought(world, 1);
    const last = async () => {
      let told: unknown = null;
      await load(world, HR, (feed) => Promise.resolve(void (told = feed.last)));
      return told;
    };
    assertEquals(await last(), null);
    await load(world, HR, (feed) => feed.noteFile(file));
    assertEquals(await last(), { ...file, date: RUN.date });
    await load(world, HR, (feed) => feed.noteFile(null));
    assertEquals(await last(), null);
    await load(world, HR, (feed) => feed.noteFile(file));
    await world.opened.store.transaction(async (transaction) => {
      const { takeBackFeeds, finish } = await transaction.run(world.model, { ...RUN, undoes: run });
      await takeBackFeeds(run);
      await finish(NO_ROWS, null);
    }, { rollback: false });
    assertEquals(await last(), null);
  });
}
