/** What goes with a deleted object, and what is kept of it in the log. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { DELETION_MODEL } from "./deletion_model.ts";
import { type Run, type Suite, told } from "./suite.ts";

const PARTS = { model: DELETION_MODEL };

/** Boxes Outer > Inner > Innermost, and Other, which is like Inner; a hammer in Inner, a toy in Innermost that it has fixed. */
function boxes(run: Run) {
  const outer = run.add("Box", { name: "Outer", weight: 2.5 });
  const inner = run.add("Box", { name: "Inner", in_id: outer });
  const innermost = run.add("Box", { name: "Innermost", in_id: inner });
  const other = run.add("Box", { name: "Other", like_id: inner });
  const hammer = run.add("Tool", { name: "Hammer", note: "", box_id: inner });
  const toy = run.add("Toy", { name: "Bear", note: "old", box_id: other, fixed_by_id: hammer });
  return { outer, inner, innermost, other, hammer, toy };
}

export function deletionRules(suite: Suite): void {
  suite.test("a deletion logs every attribute that is not empty", async (world) => {
    const [person, team, link] = await world.run(async (run) => {
      const person = run.add("Person", { name: "Doe", first_name: "Jo" });
      const team = run.add("Team", { name: "Red" });
      const link = run.add("lnkPersonToTeam", { person_id: person, team_id: team });
      assertEquals(await run.objects.settled(), []);
      run.objects.delete("lnkPersonToTeam", [link, run.objects.newId("lnkPersonToTeam")]);
      assertEquals(await run.ids({ class: "lnkPersonToTeam" }), []);
      return [person, team, link] as const;
    });
    assertEquals((await world.opened.log()).slice(3), [
      ["lnkPersonToTeam", link, "delete", "team_id", String(team), null],
      ["lnkPersonToTeam", link, "delete", "person_id", String(person), null],
    ]);
  });

  suite.test(
    "what goes with a deleted object over several levels is logged with all its values, and emptied keys",
    async (world) => {
      const ids = await world.run((run) => Promise.resolve(boxes(run)));
      const { outer, inner, innermost, other, hammer, toy } = ids;
      const before = (await world.opened.log()).length;
      await world.run(async (run) => {
        run.objects.delete("Box", [outer]);
        assertEquals(await run.values("Box", "name", "like_id"), [["Other", null]]);
        assertEquals(await run.values("Toy", "name", "fixed_by_id"), [["Bear", null]]);
        assertEquals(await run.ids({ class: "Tool" }), []);
      });
      const entries = (await world.opened.log()).slice(before);
      const of = (code: string, id: unknown) => entries.filter((entry) => entry[0] === code && entry[1] === id);
      assertEquals(of("Box", outer), [
        ["Box", outer, "delete", "name", "Outer", null],
        ["Box", outer, "delete", "weight", "2.500", null],
      ]);
      assertEquals(of("Box", inner), [
        ["Box", inner, "delete", "name", "Inner", null],
        ["Box", inner, "delete", "in_id", String(outer), null],
      ]);
      assertEquals(of("Box", innermost), [
        ["Box", innermost, "delete", "name", "Innermost", null],
        ["Box", innermost, "delete", "in_id", String(inner), null],
      ]);
      assertEquals(of("Tool", hammer), [
        ["Tool", hammer, "delete", "name", "Hammer", null],
        ["Tool", hammer, "delete", "box_id", String(inner), null],
      ]);
      assertEquals(of("Box", other), [["Box", other, "update", "like_id", String(inner), null]]);
      assertEquals(of("Toy", toy), [["Toy", toy, "update", "fixed_by_id", String(hammer), null]]);
      assertEquals(entries.length, 10);
    },
    PARTS,
  );

  suite.inRun("consequences are told without anything being done", async (run) => {
    const { outer, inner, innermost, other, hammer, toy } = boxes(run);
    const told = await run.objects.consequencesOf("Box", [outer]);
    const shown = told.map(({ class: code, id, emptied }) => `${code} ${id} ${emptied}`);
    assertEquals(
      shown.sort(),
      [
        `Box ${inner} null`,
        `Box ${innermost} null`,
        `Box ${other} like_id`,
        `Tool ${hammer} null`,
        `Toy ${toy} fixed_by_id`,
      ].sort(),
    );
    assertEquals((await run.ids({ class: "Box" })).length, 4);
    assertEquals(await run.objects.consequencesOf("Box", [innermost]), []);
    assertEquals(await run.objects.consequencesOf("Box", [run.objects.newId("Box")]), []);
  }, PARTS);

  suite.test("an object that refers to itself goes without a consequence", async (world) => {
    const id = await world.run(async (run) => {
      const id = run.add("Box", { name: "A" });
      run.update("Box", id, { in_id: [null, id], like_id: [null, id] });
      assertEquals(await run.objects.consequencesOf("Box", [id]), []);
      run.objects.delete("Box", [id]);
      assertEquals(await run.ids({ class: "Box" }), []);
      return id;
    });
    assertEquals((await world.opened.log()).slice(3), [
      ["Box", id, "delete", "name", "A", null],
      ["Box", id, "delete", "in_id", String(id), null],
      ["Box", id, "delete", "like_id", String(id), null],
    ]);
  }, PARTS);

  suite.test("objects in a circle go together, each logged once", async (world) => {
    await world.run(async (run) => {
      const ids = ["A", "B", "C"].map((name) => run.add("Box", { name }));
      ids.forEach((id, index) => run.update("Box", id, { in_id: [null, ids[(index + 1) % 3] ?? null] }));
      run.add("Box", { name: "Outside" });
      assertEquals((await run.objects.consequencesOf("Box", ids.slice(0, 1))).map(({ id }) => id).sort(), ids.slice(1));
      run.objects.delete("Box", ids.slice(0, 1));
      assertEquals(await run.all("Box", "name"), ["Outside"]);
    });
    const names = (await world.opened.log()).filter(([, , operation, attribute]) =>
      operation === "delete" && attribute === "name"
    );
    assertEquals(names.map((entry) => entry[4]).sort(), ["A", "B", "C"]);
  }, PARTS);

  suite.test("objects that are deleted together, one of which goes with another, are logged once", async (world) => {
    await world.run(async (run) => {
      const { outer, inner, innermost } = boxes(run);
      run.objects.delete("Box", [innermost, outer, inner]);
      assertEquals(await run.all("Box", "name"), ["Other"]);
    });
    const names = (await world.opened.log()).filter(([code, , operation, attribute]) =>
      code === "Box" && operation === "delete" && attribute === "name"
    );
    assertEquals(names.map((entry) => entry[4]).sort(), ["Inner", "Innermost", "Outer"]);
  }, PARTS);

  suite.test("a deletion that is forbidden further down is refused, and leaves everything", async (world) => {
    const before = await world.run(async (run) => {
      const { outer, innermost } = boxes(run);
      run.add("Sealed", { name: "Seal", seal_id: innermost });
      assertEquals(await run.objects.settled(), []);
      const refusal = await run.objects.together(() => {
        run.add("Box", { name: "New" });
        run.objects.delete("Box", [outer]);
        return Promise.resolve();
      });
      assertEquals(refusal?.rule, "foreign_key");
      assertEquals(await run.all("Box", "name"), ["Outer", "Inner", "Innermost", "Other"]);
      assertEquals(await run.all("Box", "like_id").then((all) => all.filter((one) => one !== null).length), 1);
      return await run.objects.settled();
    });
    assertEquals(before, []);
    assertEquals((await world.opened.log()).every(([, , operation]) => operation === "create"), true);
  }, PARTS);

  suite.test("a deletion that stands alone must not be refused: it ends the run", async (world) => {
    const work = world.run(async (run) => {
      const { innermost } = boxes(run);
      run.add("Sealed", { name: "Seal", seal_id: innermost });
      run.objects.delete("Box", [innermost]);
      await run.objects.settled();
    });
    await assertRejects(() => work, Error, "a deletion that stands alone was refused");
    assertEquals(await world.opened.runs(), []);
  }, PARTS);

  suite.inRun("a key that must not be empty forbids a deletion that would empty it", async (run) => {
    const { outer, innermost } = boxes(run);
    run.add("Label", { name: "L", of_id: innermost });
    const refusal = await run.objects.together(() => {
      run.objects.delete("Box", [outer]);
      return Promise.resolve();
    });
    assert(["not_null", "check"].includes(refusal?.rule ?? ""));
    assertEquals((await run.ids({ class: "Box" })).length, 4);
  }, PARTS);

  suite.inRun("deletions among other writes happen in their order", async (run) => {
    const { outer, toy } = boxes(run);
    run.objects.delete("Box", [outer]);
    const late = run.create("Tool", { name: "Saw", note: "", box_id: outer });
    run.update("Toy", toy, { note: ["old", "new"] });
    assertEquals(told(await run.objects.settled()).map(({ write, rule }) => [write, rule]), [[late, "foreign_key"]]);
    assertEquals(await run.values("Toy", "note", "fixed_by_id"), [["new", null]]);
  }, PARTS);

  suite.inRun("limits of a user follow an organisation whose parent is deleted", async (run) => {
    const top = run.add("Organization", { name: "Top" });
    const middle = run.add("Organization", { name: "Middle", parent_id: top });
    await run.objects.limitTo([top]);
    const names = async () =>
      (await run.search({ class: "Organization", read: ["name"] }).all([])).map(({ values }) => values?.[0]);
    assertEquals(await names(), ["Top", "Middle"]);
    run.objects.delete("Organization", [middle]);
    assertEquals(await names(), ["Top"]);
  });
}
