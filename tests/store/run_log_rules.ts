/** What the log keeps of a run as a whole. */
import { assertEquals } from "@std/assert";
import { NO_ROWS, NOW, RUN, Run, type Suite, type World } from "./suite.ts";
import type { ChangeCounts, InputFacts } from "../../lib/store/changes.ts";

/** A run that ends with these counts. @returns its id in the log */
function finish(
  world: World,
  counts: ChangeCounts,
  input: InputFacts | null,
  work: (run: Run) => void,
): Promise<number | null> {
  return world.opened.store.transaction(async (transaction) => {
    const { objects, finish } = await transaction.run(world.model, RUN);
    work(new Run(objects, transaction, world.model));
    assertEquals(await objects.settled(), []);
    return await finish(counts, input);
  }, { rollback: false });
}

export function runLogRules(suite: Suite): void {
  suite.test("a run that changed something is kept with all its facts", async (world) => {
    const counts = { created: 1, updated: 2, unchanged: 3, inError: 4 };
    const id = await finish(world, counts, { size: 120, sha256: "ab12" }, (run) => {
      run.add("Brand", { name: "A" });
    });
    assertEquals(typeof id, "number");
    assertEquals(await world.opened.runs(), [{
      date: NOW.toISOString(),
      userId: null,
      user: "Ada Byron",
      comment: "nightly",
      origin: "csvrecon import",
      inputName: "persons.csv",
      inputSize: 120,
      inputSha256: "ab12",
      parameters: '{"class":"Person"}',
      ...counts,
    }]);
  });

  suite.test("a run that changed nothing and had no row in error leaves no trace", async (world) => {
    const id = await finish(world, { ...NO_ROWS, unchanged: 9 }, { size: 1, sha256: "" }, () => {});
    assertEquals([id, await world.opened.runs()], [null, []]);
  });

  suite.test("a run that only had rows in error is kept without operations", async (world) => {
    const id = await finish(world, { ...NO_ROWS, inError: 2 }, null, () => {});
    const runs = (await world.opened.runs()).map(({ inError, inputSize }) => ({ inError, inputSize }));
    assertEquals([id === null, runs, await world.opened.log()], [false, [{ inError: 2, inputSize: null }], []]);
  });

  suite.test("several runs are told apart", async (world) => {
    const ids = new Set<number | null>();
    for (const name of ["A", "B", "C"]) {
      ids.add(await finish(world, NO_ROWS, null, (run) => void run.add("Brand", { name })));
    }
    assertEquals([ids.size, ids.has(null), (await world.opened.runs()).length], [3, false, 3]);
  });
}
