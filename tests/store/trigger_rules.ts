/** Triggers that do more, or less, than to refuse a write. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import { TransactionLost } from "../../lib/store/store.ts";
import { type Suite, told } from "./suite.ts";

const BY_TRIGGER = { rule: "trigger", constraint: null } as const;

export function triggerRules(suite: Suite): void {
  const { ownRules } = suite.database;

  for (const [way, statements] of Object.entries(ownRules.silent)) {
    suite.test(`what a trigger leaves out without a word (${way}) is refused, and not logged`, async (world) => {
      await world.run(async (run) => {
        const [first] = ["A", "B", "C"].map((name) => run.add("Brand", { name }));
        const left = run.create("Brand", { name: "refused" });
        run.add("Brand", { name: "D" });
        assertEquals(told(await run.objects.settled()), [{ write: left, ...BY_TRIGGER }]);
        if (first === undefined) throw new Error("three were created");
        const kept = run.update("Brand", first, { name: ["A", "refused"] });
        assertEquals(told(await run.objects.settled()), [{ write: kept, ...BY_TRIGGER }]);
        assertEquals(await run.all("Brand", "name"), ["A", "B", "C", "D"]);
        const refusal = await run.objects.together(() => {
          run.add("Brand", { name: "E" });
          run.add("Brand", { name: "refused" });
          return Promise.resolve();
        });
        assertEquals(refusal?.rule, "trigger");
        assertEquals(await run.all("Brand", "name"), ["A", "B", "C", "D"]);
      });
      assertEquals((await world.opened.log()).map(([, , operation]) => operation), Array(4).fill("create"));
    }, { ownRules: statements });
  }

  for (const [way, statements] of Object.entries(ownRules.ending)) {
    const parts = { ownRules: statements };

    suite.test(`a trigger that ends the transaction (${way}) ends all of the work, and says so`, async (world) => {
      for (const names of [["refused"], ["A", "refused", "B"]]) {
        const work = world.run(async (run) => {
          for (const name of names) run.add("Brand", { name });
          await run.objects.settled();
        });
        const lost = await assertRejects(() => work, TransactionLost);
        assertEquals(lost.message, "the transaction is over, and all of its work with it");
        assert(lost.cause instanceof RunStop);
        assertEquals([lost.cause.exitCode, lost.cause.message.includes("mine")], [73, true]);
      }
      await world.run(async (run) => assertEquals(await run.all("Brand", "name"), []));
      assertEquals(await world.opened.runs(), []);
    }, parts);

    suite.test(
      `a trigger that ends the transaction (${way}) does so within writes that stand together, and parts`,
      async (world) => {
        const together = world.run((run) =>
          run.objects.together(() => {
            run.add("Brand", { name: "refused" });
            return Promise.resolve();
          })
        );
        await assertRejects(() => together, TransactionLost);
        const part = world.run((run) =>
          run.transaction.part(async () => {
            run.add("Brand", { name: "refused" });
            await run.objects.settled();
          })
        );
        await assertRejects(() => part, TransactionLost);
        assertEquals(await world.opened.runs(), []);
      },
      parts,
    );
  }
}
