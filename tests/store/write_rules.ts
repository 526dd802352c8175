/** What is written, and what the change log keeps of it. */
import { assertEquals } from "@std/assert";
import type { Suite } from "./suite.ts";
import type { LogEntry } from "./tested_database.ts";

export function writeRules(suite: Suite): void {
  suite.test("objects that lie in a loop of a key are told, and not those that only lead to one", async (world) => {
    await world.run(async (run) => {
      const add = (name: string) => run.add("Organization", { name });
      const [a, b, c, d, e, f] = ["A", "B", "C", "D", "E", "F"].map(add);
      const put = (id: typeof a, parent: typeof a) => {
        if (id === undefined || parent === undefined) throw new Error("there are six");
        const changes = [{ attribute: "parent_id", oldValue: null, newValue: parent }];
        run.objects.update({ class: "Organization", id, changes, isUnlogged: true });
      };
      put(b, a);
      assertEquals(await run.objects.inLoops("Organization", "parent_id"), []);
      for (const [id, parent] of [[c, d], [d, c], [e, c], [f, f]] as const) put(id, parent);
      assertEquals(new Set(await run.objects.inLoops("Organization", "parent_id")), new Set([c, d, f]));
    });
    assertEquals((await world.opened.log()).map(([, , operation]) => operation), new Array(6).fill("create"));
  });

  suite.test("a creation is one entry of the log, whatever its values", async (world) => {
    const [top, ada] = await world.run((run) =>
      Promise.resolve([run.add("Organization", { name: "Top" }), run.add("Account", { login: "ada" })] as const)
    );
    assertEquals(await world.opened.log(), [
      ["Organization", top, "create", null, null, null],
      ["Account", ada, "create", null, null, null],
    ]);
  });

  for (const count of [1, 15, 16, 17, 63, 64, 65, 511, 512, 513, 1500]) {
    suite.test(`${count} new objects are all written, in order, and so is their log`, async (world) => {
      const ids = await world.run(async (run) => {
        const all = Array.from(
          { length: count },
          (_, index) => run.add("Brand", { name: `Brand ${index}`, level: index }),
        );
        assertEquals(
          await run.values("Brand", "id", "name", "level"),
          all.map((id, index) => [id, `Brand ${index}`, index]),
        );
        return all;
      });
      assertEquals(await world.opened.log(), ids.map((id): LogEntry => ["Brand", id, "create", null, null, null]));
    });

    suite.test(`${count} updates are all written, and logged in order`, async (world) => {
      const ids = await world.run((run) =>
        Promise.resolve(Array.from({ length: count }, (_, index) => run.add("Brand", { name: `Brand ${index}` })))
      );
      await world.run(async (run) => {
        ids.forEach((id, index) => run.update("Brand", id, { level: [null, index] }));
        assertEquals(await run.all("Brand", "level"), ids.map((_, index) => index));
      });
      const updates = (await world.opened.log()).slice(count);
      assertEquals(updates, ids.map((id, index): LogEntry => ["Brand", id, "update", "level", null, `${index}`]));
    });
  }

  suite.test("an update writes the changed attributes and logs each with its old and new value", async (world) => {
    const red = await world.run(async (run) => {
      const id = run.add("Team", { name: "Red", budget: 1.5, email: "" });
      run.update("Team", id, { budget: [1.5, 20], email: ["", "red@x"], org_id: [null, null] });
      assertEquals(await run.values("Team", "budget", "email", "org_id"), [[20, "red@x", null]]);
      return id;
    });
    assertEquals((await world.opened.log()).slice(1), [
      ["Team", red, "update", "budget", "1.50", "20.00"],
      ["Team", red, "update", "email", "", "red@x"],
      ["Team", red, "update", "org_id", null, null],
    ]);
  });

  suite.test("an update without changes writes and logs nothing", async (world) => {
    const red = await world.run((run) => Promise.resolve(run.add("Team", { name: "Red" })));
    await world.run((run) => Promise.resolve(run.update("Team", red, {})));
    assertEquals((await world.opened.log()).length, 1);
    assertEquals((await world.opened.runs()).length, 1);
  });

  suite.test("a password is logged as changed, without value", async (world) => {
    const ada = await world.run((run) => {
      const id = run.add("Account", { login: "ada" });
      run.update("Account", id, { password: ["hash", "other hash"] });
      run.objects.delete("Account", [id]);
      return Promise.resolve(id);
    });
    assertEquals((await world.opened.log()).slice(1), [
      ["Account", ada, "update", "password", null, null],
      ["Account", ada, "delete", "login", "ada", null],
      ["Account", ada, "delete", "password", null, null],
      ["Account", ada, "delete", "language", "EN US", null],
    ]);
  });

  suite.test("a change of a link set is logged although it has no column", async (world) => {
    const jo = await world.run((run) => {
      const id = run.add("Person", { name: "Doe", first_name: "Jo" });
      run.objects.log([{ class: "Person", id, attribute: "team_list", oldValue: "", newValue: "'team_id:2'" }]);
      return Promise.resolve(id);
    });
    assertEquals((await world.opened.log()).slice(1), [["Person", jo, "update", "team_list", "", "'team_id:2'"]]);
  });

  suite.test("what fills a new store is there when it is opened, and nobody logged it", async (world) => {
    await world.run(async (run) => assertEquals(await run.all("Brand", "name"), ["Dell"]));
    assertEquals([await world.opened.log(), await world.opened.runs()], [[], []]);
  }, {
    fill: (objects) => {
      const id = objects.newId("Brand");
      objects.create({ class: "Brand", attributes: ["name"], id, values: ["Delll"] });
      objects.update({ class: "Brand", id, changes: [{ attribute: "name", oldValue: "Delll", newValue: "Dell" }] });
    },
  });

  suite.test("the date since when an object is obsolete follows its status, and is logged where it is lost", async (world) => {
    await world.run(async (run) => {
      const red = run.add("Team", { name: "Red", status: "inactive" });
      const blue = run.add("Team", { name: "Blue", status: "active" });
      assertEquals(await run.all("Team", "obsolescence_date"), ["2024-02-29", null]);
      run.update("Team", red, { email: ["", "red@x"] });
      assertEquals(await run.all("Team", "obsolescence_date"), ["2024-02-29", null]);
      run.update("Team", red, { status: ["inactive", "active"] });
      run.update("Team", blue, { status: ["active", "inactive"] });
      assertEquals(await run.all("Team", "obsolescence_date"), [null, "2024-02-29"]);
    });
    assertEquals((await world.opened.log()).slice(2).map((entry) => entry[3]), [
      "email",
      "status",
      "obsolescence_date",
      "status",
    ]);
  });
}
