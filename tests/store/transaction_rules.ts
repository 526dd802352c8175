/** All or nothing. */
import { assertEquals, assertRejects } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import type { Store } from "../../lib/store/store.ts";
import { SMALL_MODEL } from "./small_model.ts";
import { type Suite, World } from "./suite.ts";

const KEPT = { rollback: false };

/** The names of all organisations, as whoever is in no transaction sees them. */
async function names(store: Store): Promise<unknown[]> {
  const plan = { class: "Organization", conditions: [], read: ["name"], includeHidden: true };
  return (await store.objects(SMALL_MODEL).search(plan).all([])).map(({ values }) => values?.[0]);
}

function addOrganization(world: World, name: string): Promise<void> {
  return world.run((run) => {
    run.add("Organization", { name });
    return Promise.resolve();
  });
}

export function transactionRules(suite: Suite): void {
  suite.test("a transaction keeps all that was written, gives the result of the work, and shows nothing before", async (world) => {
    const { store } = world.opened;
    const other = world.opened.another();
    const result = await world.run(async (run) => {
      run.add("Organization", { name: "A" });
      assertEquals(await run.all("Organization", "name"), ["A"]);
      assertEquals(await names(other), []);
      run.add("Organization", { name: "B" });
      return 7;
    });
    assertEquals([result, await names(store), await names(other)], [7, ["A", "B"], ["A", "B"]]);
  });

  suite.test("a transaction that is to be rolled back gives its result and keeps nothing", async (world) => {
    const seen = await world.opened.store.transaction(
      (transaction) =>
        world.runIn(transaction, (run) => {
          run.add("Organization", { name: "A" });
          return run.all("Organization", "name");
        }),
      { rollback: true },
    );
    assertEquals([seen, await names(world.opened.store)], [["A"], []]);
    assertEquals([await world.opened.log(), await world.opened.runs()], [[], []]);
  });

  suite.test("an error takes everything back and reaches the caller as it was", async (world) => {
    for (const rollback of [false, true]) {
      const failing = world.opened.store.transaction(async (transaction) => {
        await world.runIn(transaction, async (run) => {
          run.add("Organization", { name: "A" });
          await run.all("Organization", "name");
        });
        throw new RangeError("mine");
      }, { rollback });
      await assertRejects(() => failing, RangeError, "mine");
    }
    assertEquals([await names(world.opened.store), await world.opened.runs()], [[], []]);
    await addOrganization(world, "B");
    assertEquals(await names(world.opened.store), ["B"]);
  });

  suite.test("while another writer holds the database a transaction ends with 75, and readers see what was before", async (world) => {
    const other = world.opened.another();
    await addOrganization(world, "A");
    await world.run(async (run) => {
      run.add("Organization", { name: "B" });
      await run.objects.settled();
      const stop = await assertRejects(() => other.transaction(() => Promise.resolve(), KEPT), RunStop);
      assertEquals(stop.exitCode, 75);
      assertEquals(await names(other), ["A"]);
    });
    await addOrganization(new World({ ...world.opened, store: other }, world.model), "C");
    assertEquals(await names(world.opened.store), ["A", "B", "C"]);
  });

  suite.test("a part of a transaction is taken back alone, with the log of its run, and what follows does not see it", async (world) => {
    const { store } = world.opened;
    await store.transaction(async (transaction) => {
      for (const name of ["A", "B", "C"]) {
        const part = transaction.part(() =>
          world.runIn(transaction, async (run) => {
            run.add("Organization", { name });
            const seen = await run.all("Organization", "name");
            if (name === "B") throw new RangeError("mine");
            return seen;
          })
        );
        if (name === "B") await assertRejects(() => part, RangeError, "mine");
        else assertEquals(await part, name === "A" ? ["A"] : ["A", "C"]);
      }
    }, KEPT);
    assertEquals(await names(store), ["A", "C"]);
    assertEquals([(await world.opened.runs()).length, (await world.opened.log()).length], [2, 2]);
  });

  suite.test("a part that failed after refusals and groups leaves nothing of them", async (world) => {
    await world.opened.store.transaction(async (transaction) => {
      const part = transaction.part(() =>
        world.runIn(transaction, async (run) => {
          run.add("Brand", { name: "A" });
          run.add("Brand", { name: "a" });
          assertEquals((await run.objects.settled()).length, 1);
          await run.objects.together(() => {
            run.add("Brand", { name: "B" });
            throw new RangeError("mine");
          });
        })
      );
      await assertRejects(() => part, RangeError, "mine");
      await world.runIn(transaction, async (run) => {
        run.add("Brand", { name: "A" });
        assertEquals(await run.all("Brand", "name"), ["A"]);
      });
    }, KEPT);
    assertEquals((await world.opened.log()).length, 1);
  });

  suite.test("the limits of one run do not hold for the next of the same transaction", async (world) => {
    await world.opened.store.transaction(async (transaction) => {
      for (const seen of [2, 3]) {
        await world.runIn(transaction, async (run) => {
          const mine = run.add("Organization", { name: `Mine ${seen}` });
          if (seen === 2) run.add("Organization", { name: "Other" });
          assertEquals((await run.ids({ class: "Organization" })).length, seen);
          await run.objects.limitTo([mine]);
          assertEquals(await run.ids({ class: "Organization" }), [mine]);
        });
      }
    }, KEPT);
  });

  suite.test("objects outside of a run are seen as they are when they are asked for", async (world) => {
    const { store } = world.opened;
    const plan = { class: "Organization", conditions: ["code"], read: ["name"], includeHidden: true };
    for (const searches of [store.objects(SMALL_MODEL), store.accounts(SMALL_MODEL)]) {
      const search = searches.search(plan);
      const before = (await search.all([""])).length;
      await addOrganization(world, "A");
      assertEquals((await search.all([""])).length, before + 1);
      assertEquals((await searches.examples("Organization", ["name"], 1)).rows, [["A"]]);
    }
  });

  suite.test("an abandoned store has taken its work back, and holds nobody up", async (world) => {
    const dying = world.opened.another();
    const work = dying.transaction(async (transaction) => {
      await new World({ ...world.opened, store: dying }, world.model).runIn(transaction, async (run) => {
        run.add("Organization", { name: "A" });
        await run.objects.settled();
        dying.abandon();
      });
    }, KEPT);
    await assertRejects(() => work, Error);
    await addOrganization(world, "B");
    assertEquals(await names(world.opened.store), ["B"]);
  });
}
