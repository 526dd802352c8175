/** Writes happen in the order in which they were handed over, and searches see what was handed over before them. */
import { assert, assertEquals } from "@std/assert";
import { type Suite, told } from "./suite.ts";

const MIB = 1024 * 1024;

export function orderRules(suite: Suite): void {
  suite.inRun("a search sees what was written since it was made", async (run) => {
    const search = run.search({ class: "Organization", conditions: ["name"] });
    assertEquals(await search.find([["New"]]), [{ kind: "none" }]);
    const id = run.add("Organization", { name: "New" });
    assertEquals((await search.find([["new"]]))[0]?.kind, "one");
    run.update("Organization", id, { name: ["New", "Other"] });
    assertEquals((await search.find([["New"], ["Other"]])).map(({ kind }) => kind), ["none", "one"]);
    run.objects.delete("Organization", [id]);
    assertEquals((await search.find([["Other"]]))[0]?.kind, "none");
  });

  suite.inRun("whatever is asked sees what was handed over before it", async (run) => {
    const search = run.search({ class: "Brand", conditions: ["level"], read: ["name"] });
    run.add("Brand", { name: "A", level: 1 });
    run.add("Brand", { name: "B", level: 1 });
    assertEquals((await search.all([1])).map(({ values }) => values), [["A"], ["B"]]);
    const [several] = await search.find([[1]]);
    run.add("Brand", { name: "C", level: 1 });
    assert(several?.kind === "several");
    assertEquals(await several.count(), 3);
    run.add("Brand", { name: "0", level: 2 });
    assertEquals((await run.objects.examples("Brand", ["name"], 1)).rows, [["0"]]);
    const [found] = await search.find([[2]]);
    assert(found?.kind === "one");
    assertEquals(await search.valuesOf(found.object), ["0"]);
  });

  suite.inRun("the values of a long object are those that were handed over last", async (run) => {
    const id = run.add("Account", { login: "a", log: "x".repeat(MIB) });
    const search = run.search({ class: "Account", conditions: ["login"], read: ["log"] });
    const [found] = await search.find([["a"]]);
    run.update("Account", id, { log: ["x".repeat(MIB), "y".repeat(MIB)] });
    assert(found?.kind === "one");
    const [log] = await search.valuesOf(found.object);
    assertEquals(log === (found.object.values === null ? "y" : "x").repeat(MIB), true);
  });

  suite.inRun("of several updates of an attribute the last one counts", async (run) => {
    const id = run.add("Brand", { name: "A", level: 0 });
    for (let level = 0; level < 1000; level++) run.update("Brand", id, { level: [level, level + 1] });
    assertEquals(await run.all("Brand", "level"), [1000]);
  });

  suite.test("an object may be created, changed and deleted in one breath", async (world) => {
    const id = await world.run(async (run) => {
      const id = run.add("Brand", { name: "A", level: 1 });
      run.update("Brand", id, { level: [1, 2] });
      run.objects.delete("Brand", [id]);
      const again = run.add("Brand", { name: "A", level: 3 });
      assertEquals(await run.values("Brand", "id", "level"), [[again, 3]]);
      run.objects.delete("Brand", [again]);
      return id;
    });
    assertEquals((await world.opened.log()).filter((entry) => entry[1] === id), [
      ["Brand", id, "create", null, null, null],
      ["Brand", id, "update", "level", "1", "2"],
      ["Brand", id, "delete", "name", "A", null],
      ["Brand", id, "delete", "level", "2", null],
    ]);
  });

  suite.inRun("an update frees a value that a later creation takes", async (run) => {
    const id = run.add("Brand", { name: "A" });
    assertEquals(await run.objects.settled(), []);
    run.update("Brand", id, { name: ["A", "B"] });
    run.add("Brand", { name: "A" });
    assertEquals(await run.objects.settled(), []);
    assertEquals(await run.all("Brand", "name"), ["B", "A"], "by id");
  });

  suite.inRun("a creation does not take a value that only a later update frees", async (run) => {
    const id = run.add("Brand", { name: "A" });
    assertEquals(await run.objects.settled(), []);
    const early = run.create("Brand", { name: "A" });
    run.update("Brand", id, { name: ["A", "B"] });
    assertEquals(told(await run.objects.settled()), [{ write: early, ...suite.database.told.uniqueName }]);
    assertEquals(await run.all("Brand", "name"), ["B"]);
  });

  suite.inRun("a creation takes a value before a later update does", async (run) => {
    const id = run.add("Brand", { name: "A" });
    run.add("Brand", { name: "B" });
    const late = run.update("Brand", id, { name: ["A", "B"] });
    run.add("Brand", { name: "C" });
    assertEquals(told(await run.objects.settled()), [{ write: late, ...suite.database.told.uniqueName }]);
    assertEquals(await run.all("Brand", "name"), ["A", "B", "C"]);
  });

  suite.inRun("an update takes a value before a later creation does", async (run) => {
    const id = run.add("Brand", { name: "A" });
    assertEquals(await run.objects.settled(), []);
    run.update("Brand", id, { name: ["A", "B"] });
    const late = run.create("Brand", { name: "B" });
    assertEquals(told(await run.objects.settled()), [{ write: late, ...suite.database.told.uniqueName }]);
    assertEquals(await run.all("Brand", "name"), ["B"]);
  });

  suite.inRun("a deletion frees a value that a later creation takes", async (run) => {
    const id = run.add("Brand", { name: "A" });
    run.objects.delete("Brand", [id]);
    const next = run.add("Brand", { name: "A" });
    assertEquals(await run.objects.settled(), []);
    assertEquals(await run.values("Brand", "id", "name"), [[next, "A"]]);
  });

  suite.inRun("a reference to what is only created later is refused", async (run) => {
    const product = run.add("Product", { name: "P" });
    assertEquals(await run.objects.settled(), []);
    const id = run.objects.newId("Brand");
    const early = run.update("Product", product, { brand_id: [null, id] });
    run.create("Brand", { name: "A" }, id);
    assertEquals(told(await run.objects.settled()), [{ write: early, ...suite.database.told.unknownTarget }]);
    assertEquals(await run.all("Product", "brand_id"), [null]);
  });

  suite.test("long texts are written among others, and logged whole", async (world) => {
    const long = (letter: string) => letter.repeat(3 * MIB);
    const ids = await world.run(async (run) => {
      const all = ["a", "b", "c"].map((login) => run.add("Account", { login, log: long(login) }));
      const [a, b, c] = all;
      assert(a !== undefined && b !== undefined && c !== undefined);
      run.update("Account", a, { log: [long("a"), long("d")] });
      const refused = run.update("Account", b, { log: [long("b"), long("e")], password: ["hash", null] });
      run.update("Account", c, { log: [long("c"), long("f")] });
      const rest = run.add("Account", { login: "short" });
      assertEquals((await run.objects.settled()).map(({ write }) => write === refused), [true]);
      const search = run.search({ class: "Account", read: ["log"] });
      const logs = (await search.all([])).map(async (object) => String((await search.valuesOf(object))[0]).slice(0, 1));
      assertEquals(await Promise.all(logs), ["d", "b", "f", "n"]);
      return [a, c, rest];
    });
    const updates = (await world.opened.log()).filter(([, , operation]) => operation === "update");
    assertEquals(
      updates.map(([, id, , , before, after]) => [id, before?.[0], before?.length, after?.[0], after?.length]),
      [
        [ids[0], "a", 3 * MIB, "d", 3 * MIB],
        [ids[1], "c", 3 * MIB, "f", 3 * MIB],
      ],
    );
  });
}
