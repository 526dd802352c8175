/** What the log tells of runs, of what they did, and of objects; and what is left of it when it is pruned. */
import { assertEquals } from "@std/assert";
import type { LoggedEntry, LoggedRun, LoggedRuns } from "../../lib/store/logged_runs.ts";
import type { RunFacts } from "../../lib/store/store.ts";
import { objectId } from "../helpers/object_id.ts";
import { NO_ROWS, NOW, RUN, Run, type Suite, type World } from "./suite.ts";

/** A run with these facts, kept. @returns its id in the log */
async function logged(world: World, facts: Partial<RunFacts>, work: (run: Run) => void, inError = 0): Promise<number> {
  const id = await world.opened.store.transaction(async (transaction) => {
    const { objects, finish } = await transaction.run(world.model, { ...RUN, ...facts });
    work(new Run(objects, transaction, world.model));
    assertEquals(await objects.settled(), []);
    return await finish({ ...NO_ROWS, inError }, { size: 7, sha256: "ab" });
  }, { rollback: false });
  return id ?? -1;
}

const brand = (name: string) => (run: Run) => void run.add("Brand", { name });

async function undoneBy(log: LoggedRuns, id: number): Promise<LoggedRun["undoneBy"] | undefined> {
  return (await log.run(id))?.undoneBy;
}

function texts(entries: readonly LoggedEntry[]): string[] {
  return entries.map(({ operation, class: code, objectId, attribute, oldValue, newValue }) =>
    [operation, code, objectId, attribute, oldValue, newValue].join()
  );
}

/** All entries, asked for in pages of this size. */
async function inPages(most: number, order: "forwards" | "backwards", ask: LoggedRuns["entries"], run: number) {
  const all: LoggedEntry[] = [];
  for (let beyond: number | null = null;;) {
    const page: readonly LoggedEntry[] = await ask(run, { beyond, order, most });
    if (page.length === 0) return all;
    all.push(...page);
    beyond = page.at(-1)?.position ?? null;
  }
}

export function loggedRunRules(suite: Suite): void {
  suite.test("the log tells of a run whatever is known of it", async (world) => {
    const id = await logged(world, { userId: objectId(3), inputName: null }, (run) => {
      const id = run.add("Brand", { name: "A" });
      run.objects.delete("Brand", [id]);
    }, 2);
    assertEquals(await (await world.opened.store.loggedRuns()).run(id), {
      id,
      date: NOW,
      userId: objectId(3),
      user: "Ada Byron",
      comment: "nightly",
      origin: "csvrecon import",
      inputName: null,
      input: { size: 7, sha256: "ab" },
      parameters: { class: "Person" },
      counts: { ...NO_ROWS, inError: 2 },
      deleted: 1,
      feed: null,
      undoes: null,
      undoneBy: null,
      isPruned: false,
    });
    assertEquals(await (await world.opened.store.loggedRuns()).run(id + 1), null);
  });

  suite.test("runs are told newest first, page by page", async (world) => {
    const log = await world.opened.store.loggedRuns();
    assertEquals(await log.runs(null, 10), []);
    const ids: number[] = [];
    for (const name of ["A", "B", "C"]) ids.unshift(await logged(world, {}, brand(name)));
    assertEquals((await log.runs(null, 10)).map(({ id }) => id), ids);
    assertEquals((await log.runs(null, 2)).map(({ id }) => id), ids.slice(0, 2));
    assertEquals((await log.runs(ids[1] ?? 0, 2)).map(({ id }) => id), ids.slice(2));
  });

  suite.test("a run knows the undo of it that stands, and how much that has left", async (world) => {
    const log = await world.opened.store.loggedRuns();
    const first = await logged(world, {}, brand("A"));
    const undo = await logged(world, { undoes: first }, brand("B"), 3);
    assertEquals((await log.run(undo))?.undoes, first);
    assertEquals(await undoneBy(log, first), { id: undo, left: 3 });
    const again = await logged(world, { undoes: undo }, brand("C"));
    assertEquals([await undoneBy(log, undo), await undoneBy(log, first)], [{ id: again, left: 0 }, null]);
    const once = await logged(world, { undoes: again }, brand("D"));
    assertEquals([await undoneBy(log, again), await undoneBy(log, first)], [{ id: once, left: 0 }, {
      id: undo,
      left: 3,
    }]);
  });

  suite.test("the entries of a run are told in both directions, in pages of any size", async (world) => {
    await logged(world, {}, brand("other"));
    const id = await logged(world, {}, (run) => {
      const [a, b] = [run.add("Brand", { name: "a" }), run.add("Product", { name: "b", origin: "own" })];
      run.update("Brand", a, { level: [null, 3], name: ["a", "c"] });
      run.objects.delete("Product", [b]);
    });
    const log = await world.opened.store.loggedRuns();
    const all = [
      "create,Brand,2,,,",
      "create,Product,3,,,",
      "update,Brand,2,level,,3",
      "update,Brand,2,name,a,c",
      "delete,Product,3,name,b,",
      "delete,Product,3,origin,own,",
    ];
    for (const most of [1, 2, 3, 6, 100]) {
      const ask: LoggedRuns["entries"] = (run, page) => log.entries(run, page);
      assertEquals(texts(await inPages(most, "forwards", ask, id)), all);
      assertEquals(texts(await inPages(most, "backwards", ask, id)), all.toReversed());
    }
  });

  suite.test("a page ends early where values are long", async (world) => {
    const long = "x".repeat(600 * 1024);
    const id = await logged(world, {}, (run) => {
      const team = run.add("Team", { name: "a" });
      for (const before of ["a", "b", "c"]) run.update("Team", team, { name: [before, long] });
    });
    const log = await world.opened.store.loggedRuns();
    const sizes: number[] = [];
    const ask: LoggedRuns["entries"] = async (run, page) => {
      const entries = await log.entries(run, page);
      sizes.push(entries.length);
      return entries;
    };
    assertEquals((await inPages(100, "forwards", ask, id)).length, 4);
    assertEquals(sizes, [2, 1, 1, 0]);
  });

  suite.test("the entries of an object are told over all runs, by any class of its root class", async (world) => {
    const { store } = world.opened;
    const first = await logged(world, {}, (run) => {
      run.add("Brand", { name: "a" });
      run.add("Brand", { name: "b" });
      run.add("Team", { name: "a" });
    });
    const second = await logged(world, {}, (run) => void run.update("Brand", objectId(1), { name: ["a", "c"] }));
    const log = await store.loggedRuns();
    for (const code of ["Typology", "Brand", "Product"]) {
      const page = { beyond: null, order: "backwards", most: 10 } as const;
      const entries = await log.entriesOf(world.model, code, objectId(1), page);
      assertEquals(entries.map(({ run }) => run), [second, first]);
      assertEquals(texts(entries), ["update,Brand,1,name,a,c", "create,Brand,1,,,"]);
      const [last] = entries;
      const before = await log.entriesOf(world.model, code, objectId(1), { ...page, beyond: last?.position ?? 0 });
      assertEquals(texts(before), ["create,Brand,1,,,"]);
    }
  });

  suite.test("of objects the first change of each attribute behind a position is told, be it a deletion", async (world) => {
    const created = await logged(world, {}, (run) => {
      for (const name of ["a", "b", "c", "d"]) run.add("Brand", { name });
      run.update("Brand", objectId(1), { name: ["a", "a2"], level: [null, 1] });
    });
    await logged(world, {}, (run) => {
      run.update("Brand", objectId(1), { name: ["a2", "a3"] });
      run.update("Brand", objectId(3), { name: ["c", "c2"] });
      run.objects.delete("Brand", [objectId(2), objectId(3)]);
    });
    const log = await world.opened.store.loggedRuns();
    const entries = await log.entries(created, { beyond: null, order: "forwards", most: 10 });
    const oldValues = async (behind: number) => {
      const changes = await log.firstChanges("Brand", [1, 2, 3, 4].map(objectId), behind);
      return ["name", "level"].map((code) =>
        [1, 2, 3, 4].map((id) => {
          const found = changes.filter(({ attribute, objectId: of }) => attribute === code && of === objectId(id));
          return found.toSorted((one, other) => one.position - other.position)[0]?.oldValue;
        })
      );
    };
    const none = undefined;
    assertEquals(await oldValues(0), [["a", "b", "c", none], [null, none, none, none]]);
    assertEquals(await oldValues(entries.at(-1)?.position ?? 0), [["a2", "b", "c", none], [none, none, none, none]]);
    assertEquals(await log.firstChanges("Brand", [], 0), []);
  });

  suite.test("objects that were deleted with many others are told by their attributes, as others are", async (world) => {
    await logged(world, {}, (run) => {
      for (const budget of [1.5, 0, null]) {
        run.add("Team", { name: `t${budget}`, budget, seats: 7, status: "inactive" });
      }
      run.add("Account", { login: "ada", password: "hash" });
    });
    const [few, many] = [await deleted(false), await deleted(true)];
    assertEquals(many, few);
    assertEquals(few.filter((text) => text.includes("budget")), [
      "delete,Team,1,budget,1.50,",
      "delete,Team,2,budget,0.00,",
    ]);
    assertEquals(few.filter((text) => text.includes("password")), ["delete,Account,1,password,,"]);

    /** Taken back again. @returns the entries in both directions */
    function deleted(isMany: boolean): Promise<readonly string[]> {
      return world.opened.store.transaction(async (transaction) => {
        const { objects, finish } = await transaction.run(world.model, RUN);
        const deletions = [["Team", [1, 2, 3]], ["Account", [1]]] as const;
        for (const [code, numbers] of deletions) {
          const ids = numbers.map((id) => objectId(id));
          if (isMany) assertEquals(await objects.deleteMany(code, ids), null);
          else objects.delete(code, ids);
        }
        await objects.settled();
        const id = await finish(NO_ROWS, null) ?? -1;
        const log = await world.opened.store.loggedRuns();
        const ask: LoggedRuns["entries"] = (run, page) => log.entries(run, page);
        const forwards = await inPages(2, "forwards", ask, id);
        assertEquals(texts(await inPages(2, "backwards", ask, id)), texts(forwards).toReversed());
        return texts(forwards);
      }, { rollback: true });
    }
  });

  suite.test("who wrote an object within a part of the log is told once for the same", async (world) => {
    const log = await world.opened.store.loggedRuns();
    const first = await logged(world, {}, (run) => {
      const id = run.add("Brand", { name: "a" });
      run.update("Brand", id, { name: ["a", "b"] });
      run.update("Brand", id, { name: ["b", "c"], level: [null, 1] });
    });
    const second = await logged(world, { undoes: first }, (run) => run.objects.delete("Brand", [objectId(1)]));
    const span = await log.spanOf(first);
    const end = await log.end();
    const ask = async (after: number, upto: number) =>
      (await log.touches("Brand", [objectId(1), objectId(2)], { after, upto })).map((touch) =>
        [touch.run, touch.objectId, touch.operation, touch.attribute].join()
      );
    assertEquals(span, { after: 0, upto: 4 });
    assertEquals(await ask(0, end), [
      `${first},1,create,`,
      `${first},1,update,name`,
      `${first},1,update,level`,
      `${second},1,delete,`,
    ]);
    assertEquals(await ask(4, end), [`${second},1,delete,`]);
    assertEquals([await log.classes(first), await log.spanOf(second + 1)], [["Brand"], null]);
    assertEquals([...await log.undosSince(first)], [[second, first]]);
  });

  suite.test("an object knows who refers to it, by whichever key, itself and those beside it left out", (world) =>
    world.run(async (run) => {
      const org = run.add("Organization", { name: "o" });
      const below = run.add("Organization", { name: "p", parent_id: org });
      const ada = run.add("Person", { first_name: "Ada", name: "B", org_id: org });
      run.update("Person", ada, { manager_id: [null, ada] });
      await run.objects.expectDeletions(["Organization", "Person"]);
      const told = async (code: string, ids: readonly ReturnType<typeof objectId>[]) =>
        (await run.objects.referrersTo(code, ids)).map((one) => [one.class, one.id, one.attribute, one.target].join());
      assertEquals(await told("Organization", [org]), ["Organization,2,parent_id,1", "Person,1,org_id,1"]);
      assertEquals(await told("Organization", [org, below]), ["Person,1,org_id,1"]);
      assertEquals(await told("Person", [ada]), []);
    }));

  suite.test("what is pruned has no entries, stays known, and is marked", async (world) => {
    const log = await world.opened.store.loggedRuns();
    assertEquals(await log.lastPruned(), null);
    const old = await logged(world, { date: new Date("2024-01-31T23:59:59.999Z") }, brand("A"));
    const kept = await logged(world, { date: new Date("2024-02-01T00:00:00Z") }, brand("B"));
    const late = await logged(world, { date: new Date("2024-01-01T00:00:00Z") }, brand("C"));
    const prune = (rollback: boolean) =>
      world.opened.store.transaction((transaction) => transaction.prune(new Date("2024-02-01T00:00:00Z"), RUN), {
        rollback,
      });
    assertEquals(await prune(true), { id: late + 1, runs: 2, entries: 2 });
    assertEquals(await log.lastPruned(), null);
    const removal = (await prune(false)).id ?? 0;
    assertEquals(await prune(false), { id: null, runs: 0, entries: 0 });
    const { date, user, counts, isPruned } = await log.run(removal) ?? {};
    assertEquals({ date, user, counts, isPruned }, { date: NOW, user: RUN.user, counts: NO_ROWS, isPruned: false });
    const page = { beyond: null, order: "forwards", most: 10 } as const;
    const left = await Promise.all([old, kept, late].map((id) => log.entries(id, page)));
    assertEquals(left.map((entries) => entries.length), [0, 1, 0]);
    assertEquals((await log.runs(null, 10)).map(({ isPruned }) => isPruned), [false, true, false, true]);
    assertEquals(await log.lastPruned(), late);
  });
}
