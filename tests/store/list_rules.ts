/** All objects of a class, some at a time; and looking at everything as it was at one moment. */
import { assertEquals, assertRejects } from "@std/assert";
import type { StoredValue } from "../../lib/model/model.ts";
import type { Listing } from "../../lib/store/object_list.ts";
import type { ObjectSearches } from "../../lib/store/objects.ts";
import type { Run, Suite } from "./suite.ts";

type ListingParts = Partial<Listing> & Pick<Listing, "class">;

/** The values of all objects of a list, page by page. */
async function pagesOf(objects: ObjectSearches, parts: ListingParts): Promise<StoredValue[][][]> {
  const list = objects.list({ orderedBy: [], read: [], ...parts });
  const pages: StoredValue[][][] = [];
  for await (const page of list.pages()) {
    const rows: StoredValue[][] = [];
    for (const object of page) rows.push([...await list.valuesOf(object)]);
    pages.push(rows);
  }
  return pages;
}

async function listed(objects: ObjectSearches, parts: ListingParts): Promise<StoredValue[][]> {
  return (await pagesOf(objects, parts)).flat();
}

function people(run: Run): void {
  const top = run.add("Organization", { name: "Top" });
  for (const [name, first_name, org_id] of [["roe", "Al", top], ["Doe", "Jo", null], ["Roe", "Bo", top]] as const) {
    run.add("Person", { name, first_name, org_id });
  }
  run.add("Team", { name: "Coe", seats: 10, budget: 2.5 });
  run.add("Team", { name: "Coe", seats: 9 });
}

export function listRules(suite: Suite): void {
  suite.inRun(
    "a list has every object of a class and of those below it, by id where nothing else is said",
    async (run) => {
      people(run);
      assertEquals(await listed(run.objects, { class: "Contact", read: ["name", "finalclass", "org_name"] }), [
        ["roe", "Person", "Top"],
        ["Doe", "Person", null],
        ["Roe", "Person", "Top"],
        ["Coe", "Team", null],
        ["Coe", "Team", null],
      ]);
      assertEquals(await listed(run.objects, { class: "Team", read: ["seats", "budget"] }), [[10, 2.5], [9, null]]);
      assertEquals(await pagesOf(run.objects, { class: "Brand" }), []);
    },
  );

  suite.inRun(
    "a list is in the order of values: case decides last, numbers are numbers, and the id of the same",
    async (run) => {
      people(run);
      const read = ["first_name"];
      const byName = await listed(run.objects, { class: "Person", orderedBy: ["name"], read });
      assertEquals(byName.flat(), ["Jo", "Bo", "Al"]);
      const byBoth = await listed(run.objects, { class: "Team", orderedBy: ["name", "seats"], read: ["seats"] });
      assertEquals(byBoth.flat(), [9, 10]);
    },
  );

  suite.inRun("a list of texts leaves out what has none, page by page", async (run) => {
    people(run);
    const parts = { class: "Contact", textsOnly: true } as const;
    assertEquals((await listed(run.objects, { ...parts, read: ["name", "org_name"] })).length, 2);
    assertEquals(await listed(run.objects, { ...parts, class: "Team", read: ["seats"] }), []);
    const list = run.objects.list({ ...parts, orderedBy: [], read: ["org_name"] });
    const pages: number[] = [];
    for await (const page of list.pages(1)) pages.push(page.length);
    assertEquals(pages, [1, 1]);
  });

  suite.inRun("a list comes in pages, and its objects are found again", async (run) => {
    for (let index = 0; index < 1200; index++) run.add("Brand", { name: `Brand ${String(index).padStart(4, "0")}` });
    const list = run.objects.list({ class: "Typology", orderedBy: ["name"], read: ["name"] });
    for (const _ of [1, 2]) {
      const names: StoredValue[] = [];
      let pages = 0;
      for await (const page of list.pages()) {
        pages++;
        for (const object of page) names.push((await list.valuesOf(object))[0] ?? null);
      }
      assertEquals(names, Array.from({ length: 1200 }, (_, index) => `Brand ${String(index).padStart(4, "0")}`));
      assertEquals(pages > 1, true);
    }
  });

  suite.inRun("a list that nobody reads to its end is over, and others are read beside it", async (run) => {
    people(run);
    const outer = run.objects.list({ class: "Person", orderedBy: [], read: [] });
    let inner = 0;
    for await (const _ of outer.pages()) {
      inner += (await listed(run.objects, { class: "Team" })).length;
      break;
    }
    assertEquals([inner, (await listed(run.objects, { class: "Person" })).length], [2, 3]);
  });

  suite.inRun("long texts of a list are there when they are asked for", async (run) => {
    const long = "log ".repeat(5000);
    for (const login of ["b", "a"]) run.add("Account", { login, log: long + login });
    const rows = await listed(run.objects, { class: "Account", orderedBy: ["login"], read: ["log", "login"] });
    assertEquals(rows, [[long + "a", "a"], [long + "b", "b"]]);
  });

  suite.inRun("a list has what the user may see, and tells nothing of what they may not", async (run) => {
    const [own, other] = [run.add("Organization", { name: "Own" }), run.add("Organization", { name: "Other" })];
    const boss = run.add("Person", { name: "Boss", first_name: "X", org_id: other });
    run.add("Person", { name: "Doe", first_name: "Jo", org_id: own, manager_id: boss });
    await run.objects.limitTo([own]);
    const read = ["name", "manager_id_friendlyname"];
    assertEquals(await listed(run.objects, { class: "Person", read }), [["Doe", null]]);
  });

  suite.test("work at one moment sees nothing of what others write meanwhile, and they do not wait", async (world) => {
    await world.run((run) => Promise.resolve(void run.add("Brand", { name: "Dell" })));
    const { store, another } = world.opened;
    const names = async () => (await listed(store.objects(world.model), { class: "Brand", read: ["name"] })).flat();
    const other = another();
    const seen = await store.atOneMoment(async () => {
      const before = await names();
      await other.transaction(
        (transaction) => world.runIn(transaction, (run) => Promise.resolve(void run.add("Brand", { name: "HP" }))),
        { rollback: false },
      );
      return [before, await names()];
    });
    assertEquals(seen, [["Dell"], ["Dell"]]);
    assertEquals(await names(), ["Dell", "HP"]);
  });

  suite.test("work at one moment that fails leaves a store that can be used", async ({ opened: { store }, model }) => {
    const failing = () => Promise.reject(new Error("mine"));
    await assertRejects(() => store.atOneMoment(failing), Error, "mine");
    assertEquals(await listed(store.objects(model), { class: "Brand" }), []);
  });
}
