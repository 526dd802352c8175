/** Writes that stand and fall together. */
import { assertEquals, assertRejects } from "@std/assert";
import type { ObjectId } from "../../lib/store/object_id.ts";
import { type Run, type Suite, told, type Values } from "./suite.ts";

const NOTHING = Promise.resolve();

function lacking(): never {
  throw new Error("there are three");
}

/** Does work that is not refused. */
async function accepted(run: Run, work: () => Promise<void>): Promise<void> {
  assertEquals(await run.objects.together(work), null);
}

export function togetherRules(suite: Suite): void {
  const { told: rules, ownRules } = suite.database;

  suite.test("writes that stand together are all done, with searches in between, and logged in order", async (world) => {
    const ids = await world.run(async (run) => {
      const all = [run.add("Brand", { name: "A" })];
      await accepted(run, async () => {
        all.push(run.add("Brand", { name: "B" }));
        assertEquals(await run.all("Brand", "name"), ["A", "B"]);
        run.update("Brand", all[0] ?? lacking(), { name: ["A", "C"] });
        assertEquals(await run.all("Brand", "name"), ["C", "B"]);
        all.push(run.add("Brand", { name: "A" }));
      });
      assertEquals(await run.all("Brand", "name"), ["C", "B", "A"]);
      return all;
    });
    const [a = lacking(), b = lacking(), c = lacking()] = ids;
    assertEquals(await world.opened.log(), [
      ["Brand", a, "create", null, null, null],
      ["Brand", b, "create", null, null, null],
      ["Brand", a, "update", "name", "A", "C"],
      ["Brand", c, "create", null, null, null],
    ]);
  });

  const refusals: readonly (readonly [string, Values, string, readonly string[]])[] = [
    ["a name that another has", { name: "a" }, "unique", []],
    ["an empty name", { name: "" }, "check", []],
    ["no name", { name: null }, "not_null", []],
    ...Object.entries(ownRules.refusing).map(([way, statements]) =>
      [`a trigger (${way})`, { name: "refused" }, "trigger", statements] as const
    ),
  ];

  for (const [what, values, rule, statements] of refusals) {
    suite.test(
      `${what} takes back all that stands together, the log included, and nothing from before or after`,
      async (world) => {
        const [a, d] = await world.run(async (run) => {
          const first = run.add("Brand", { name: "A" });
          const refusal = await run.objects.together(async () => {
            run.add("Brand", { name: "B" });
            run.update("Brand", first, { origin: [null, "near"] });
            assertEquals(await run.values("Brand", "name", "origin"), [["A", "near"], ["B", null]]);
            run.objects.log([{ class: "Brand", id: first, attribute: "origin", oldValue: "", newValue: "x" }]);
            run.add("Brand", values);
            run.add("Brand", { name: "C" });
          });
          assertEquals(refusal?.rule, rule);
          assertEquals(await run.objects.settled(), [], "it is told already");
          assertEquals(await run.values("Brand", "name", "origin"), [["A", null]]);
          return [first, run.add("Brand", { name: "D" })] as const;
        });
        assertEquals(await world.opened.log(), [
          ["Brand", a, "create", null, null, null],
          ["Brand", d, "create", null, null, null],
        ]);
      },
      { ownRules: statements },
    );
  }

  suite.test("what is handed over to stand together is done beside others, or is refused alone", async (world) => {
    const ids = await world.run(async (run) => {
      const brand = (name: string) => {
        const id = run.objects.newId("Brand");
        return { class: "Brand", attributes: ["name"], id, values: [name] };
      };
      const [a, b] = [run.add("Brand", { name: "A" }), run.add("Brand", { name: "B" })];
      assertEquals(await run.objects.settled(), []);
      const near = { class: "Brand", id: b, changes: [{ attribute: "origin", oldValue: null, newValue: "near" }] };
      const deleted = (id: ObjectId) => [{ class: "Brand", deleted: [id] }];
      const good = { object: brand("C"), deleted: deleted(a), others: [brand("D"), near], logged: [] };
      const bad = {
        object: { ...near, changes: [] },
        deleted: deleted(b),
        others: [brand("E"), brand("")],
        logged: [],
      };
      const again = { object: brand("A"), deleted: [], others: [], logged: [] };
      for (const isRefused of [false, true]) {
        if (!isRefused) run.objects.writeTogether(good);
        else run.objects.writeTogether(bad);
        run.objects.writeTogether({ ...again, object: brand(isRefused ? "G" : "A") });
        const f = run.add("Brand", { name: isRefused ? "H" : "F" });
        const refused = await run.objects.settled();
        assertEquals(
          refused.map(({ write, refusal }) => [write === bad.object, refusal.rule]),
          isRefused ? [[true, "check"]] : [],
        );
        assertEquals(run.objects.deletedObjects, 1);
        if (isRefused) return [a, b, good.object.id, good.others[0]?.id, f];
      }
      return [];
    });
    const names = await world.run((run) => run.values("Brand", "name", "origin"));
    assertEquals(names, [["B", "near"], ["C", null], ["D", null], ["A", null], ["F", null], ["G", null], ["H", null]]);
    const [a = lacking(), b = lacking(), c = lacking()] = ids;
    const entries = await world.opened.log();
    const begin = [["Brand", a, "create", null], ["Brand", b, "create", null], ["Brand", a, "delete", "name"]];
    assertEquals(entries.slice(0, 4).map((entry) => entry.slice(0, 4)), [...begin, ["Brand", c, "create", null]]);
    assertEquals(entries.filter(([, id]) => id === b).map((entry) => entry[2]), ["create", "update"]);
    assertEquals(entries.length, 10);
  });

  suite.test("what goes with many writes is told with each of them, as if they were done one by one", async (world) => {
    const logged: (readonly unknown[])[][] = [];
    for (const areApart of [true, false]) {
      const before = (await world.opened.log()).length;
      const ids = await world.run(async (run) => {
        const brand = (name: string) => ({
          object: { class: "Brand", attributes: ["name"], id: run.objects.newId("Brand"), values: [name] },
          others: [],
          logged: [],
        });
        const first = ["A", "B", "C", "D"].map((name) => run.add("Brand", { name: `${areApart} ${name}` }));
        assertEquals(await run.objects.settled(), []);
        const [a = lacking(), b = lacking(), c = lacking(), d = lacking()] = first;
        const goes = (...deleted: readonly ObjectId[]) => ({ class: "Brand", deleted });
        const writes = [
          { ...brand(`${areApart} E`), deleted: [goes(c, a)] },
          { ...brand(`${areApart} F`), deleted: [] },
          { ...brand(`${areApart} G`), deleted: [goes(b), goes(a, d)] },
        ];
        for (const write of writes) {
          run.objects.writeTogether(write);
          if (areApart) assertEquals(await run.objects.settled(), []);
        }
        assertEquals(await run.objects.settled(), []);
        assertEquals(run.objects.deletedObjects, 4);
        return [...first, ...writes.map(({ object }) => object.id)];
      });
      logged.push(
        (await world.opened.log()).slice(before).map(([code, id, operation, attribute]) => [
          ...[code, ids.indexOf(id as ObjectId), operation, attribute],
        ]),
      );
    }
    const gone = (index: number) => ["Brand", index, "delete", "name"];
    const created = (index: number) => ["Brand", index, "create", null];
    assertEquals(logged[0], [
      ...[0, 1, 2, 3].map(created),
      ...[gone(2), gone(0), created(4), created(5), gone(1), gone(3), created(6)],
    ]);
    assertEquals(logged[1], logged[0]);
  });

  suite.inRun("a search that meets the refusal ends the work", async (run) => {
    let wentOn = false;
    const refusal = await run.objects.together(async () => {
      run.add("Brand", { name: "" });
      await run.all("Brand", "name");
      wentOn = true;
    });
    assertEquals([refusal?.rule, refusal?.constraint, wentOn], [
      rules.emptyName.rule,
      rules.emptyName.constraint,
      false,
    ]);
  });

  suite.inRun("very many writes fall together", async (run) => {
    const refusal = await run.objects.together(() => {
      for (let index = 0; index < 2000; index++) run.add("Brand", { name: `${index}` });
      run.add("Brand", { name: "1999" });
      return NOTHING;
    });
    assertEquals(refusal?.rule, "unique");
    assertEquals(await run.all("Brand", "name"), []);
  });

  suite.inRun("long texts that fall together leave nothing", async (run) => {
    const account = run.add("Account", { login: "a" });
    const long = "x".repeat(3 * 1024 * 1024);
    const refusal = await run.objects.together(() => {
      run.update("Account", account, { log: [null, long] });
      run.update("Account", account, { password: ["hash", null], log: [long, `${long}y`] });
      return NOTHING;
    });
    assertEquals(refusal?.rule, "not_null");
    assertEquals(await run.all("Account", "log"), [null]);
  });

  suite.inRun("what was handed over before is written, or refused, for itself", async (run) => {
    run.add("Brand", { name: "A" });
    const alone = run.create("Brand", { name: "a" });
    await accepted(run, () => {
      run.add("Brand", { name: "B" });
      return NOTHING;
    });
    assertEquals(told(await run.objects.settled()), [{ write: alone, ...rules.uniqueName }]);
    const empty = run.create("Brand", { name: "" });
    const refusal = await run.objects.together(() => {
      run.add("Brand", { name: "b" });
      return NOTHING;
    });
    assertEquals(refusal?.rule, "unique");
    assertEquals(told(await run.objects.settled()), [{ write: empty, ...rules.emptyName }]);
    assertEquals(await run.all("Brand", "name"), ["A", "B"]);
  });

  suite.inRun("work that fails by itself leaves nothing, and its error arrives as it was", async (run) => {
    run.add("Brand", { name: "A" });
    const failing = run.objects.together(async () => {
      run.add("Brand", { name: "B" });
      assertEquals(await run.all("Brand", "name"), ["A", "B"]);
      run.add("Brand", { name: "C" });
      throw new RangeError("mine");
    });
    await assertRejects(() => failing, RangeError, "mine");
    run.add("Brand", { name: "D" });
    assertEquals(await run.objects.settled(), []);
    assertEquals(await run.all("Brand", "name"), ["A", "D"]);
    await accepted(run, () => {
      run.add("Brand", { name: "E" });
      return NOTHING;
    });
    assertEquals(await run.all("Brand", "name"), ["A", "D", "E"]);
  });

  suite.inRun("limits of a user are as if what was taken back had never been", async (run) => {
    const top = run.add("Organization", { name: "Top" });
    const other = run.add("Organization", { name: "Other" });
    const seen = async () =>
      (await run.search({ class: "Organization", read: ["name"] }).all([])).map(({ values }) => values?.[0]);
    await run.objects.limitTo([top]);
    const refusal = await run.objects.together(async () => {
      run.add("Organization", { name: "New", parent_id: top });
      run.update("Organization", other, { parent_id: [null, top] });
      assertEquals(await seen(), ["Top", "Other", "New"]);
      run.add("Organization", { name: "" });
    });
    assertEquals(refusal?.rule, "check");
    assertEquals(await seen(), ["Top"]);
    await accepted(run, () => {
      run.update("Organization", other, { parent_id: [null, top] });
      return NOTHING;
    });
    assertEquals(await seen(), ["Top", "Other"]);
  });

  suite.inRun("searches that were first asked by work that was taken back still find", async (run) => {
    const search = run.search({ class: "Person", conditions: ["email"], read: ["name"] });
    const refusal = await run.objects.together(async () => {
      run.add("Person", { name: "Doe", first_name: "Jo", email: "jo@x" });
      assertEquals((await search.find([["jo@x"]]))[0]?.kind, "one");
      run.add("Person", { name: "", first_name: "" });
    });
    assertEquals(refusal?.rule, "check");
    assertEquals((await search.find([["jo@x"]]))[0]?.kind, "none");
    run.add("Person", { name: "Roe", first_name: "Jo", email: "JO@x" });
    assertEquals((await search.find([["jo@x"]]))[0]?.kind, "one");
  });

  suite.test("the log of much that stood together stays whole when what comes after it is taken back", async (world) => {
    const MANY = 600;
    await world.run(async (run) => {
      await accepted(run, () => {
        for (let index = 0; index < MANY; index++) run.add("Organization", { name: `O${index}` });
        return NOTHING;
      });
      const refusal = await run.objects.together(async () => {
        run.add("Organization", { name: "Next" });
        assertEquals((await run.ids({ class: "Organization" })).length, MANY + 1);
        run.add("Organization", { name: "" });
      });
      assertEquals(refusal?.rule, "check");
    });
    assertEquals((await world.opened.log()).length, MANY);
  });

  suite.test("nothing together is nothing", async (world) => {
    await world.run((run) => accepted(run, () => NOTHING));
    assertEquals(await world.opened.runs(), []);
  });
}
