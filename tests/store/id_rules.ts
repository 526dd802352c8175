/** Ids of objects. */
import { assert, assertEquals } from "@std/assert";
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { Suite } from "./suite.ts";

function assertDistinct(ids: readonly ObjectId[]): void {
  assertEquals(new Set(ids).size, ids.length);
}

export function idRules(suite: Suite): void {
  suite.test("no id is handed out twice within a root class, in one run or in several", async (world) => {
    const ids: ObjectId[] = [];
    for (const name of ["A", "B"]) {
      await world.run(async (run) => {
        ids.push(run.add("Team", { name }), run.add("Person", { name, first_name: name }));
        assertEquals((await run.ids({ class: "Contact" })).length, ids.length);
        ids.push(run.add("Team", { name }));
      });
    }
    assertDistinct(ids);
    await world.run(async (run) => assertEquals(await run.ids({ class: "Contact" }), ids));
  });

  suite.test("an id that was given is not handed out afterwards", async (world) => {
    const ids: ObjectId[] = [];
    await world.run(async (run) => {
      const given = run.objects.idFromText("Brand", "7");
      assert(given !== null);
      run.create("Brand", { name: "Given" }, given);
      assertEquals(await run.objects.settled(), []);
      ids.push(given, ...Array.from({ length: 9 }, (_, index) => run.add("Brand", { name: `${index}` })));
    });
    assertDistinct(ids);
  });

  suite.test("the id of a deleted object is never used again", async (world) => {
    const ids: ObjectId[] = [];
    await world.run(async (run) => {
      ids.push(run.add("Brand", { name: "A" }), run.add("Brand", { name: "B" }));
      const [, last] = ids;
      assert(last !== undefined);
      run.objects.delete("Brand", [last]);
      assertEquals(await run.objects.settled(), []);
      ids.push(run.objects.newId("Brand"));
    });
    await world.run((run) => Promise.resolve(ids.push(run.add("Brand", { name: "C" }))));
    await world.run(async (run) => {
      run.objects.delete("Brand", await run.ids({ class: "Brand" }));
      assertEquals(await run.objects.settled(), []);
      ids.push(run.objects.newId("Brand"));
    });
    // Those that no object got may be handed out again.
    const borne = ids.filter((_, index) => index !== 2);
    assertDistinct(borne);
  });

  suite.test("refusals, and what is taken back, give nobody's id away", async (world) => {
    const logged = async () => new Set((await world.opened.log()).map(([, id]) => id));
    for (const round of [1, 2, 3]) {
      await world.run(async (run) => {
        const handedOut = [run.add("Brand", { name: `A${round}` }), run.add("Brand", { name: "" })];
        assertEquals((await run.objects.settled()).length, 1);
        await run.objects.together(() => {
          handedOut.push(run.add("Brand", { name: `B${round}` }), run.add("Brand", { name: "" }));
          return Promise.resolve();
        });
        handedOut.push(run.add("Brand", { name: `C${round}` }), run.add("Brand", { name: "" }));
        assertEquals((await run.objects.settled()).length, 1);
        assertDistinct(handedOut);
      });
      assertEquals((await logged()).size, 2 * round);
    }
  });

  suite.inRun("texts mean the ids that people write, and nothing else", async (run) => {
    const id = run.add("Brand", { name: "A" });
    assertEquals(await run.objects.settled(), []);
    const shown = String(run.objects.shownId("Brand", id));
    assertEquals(run.objects.idFromText("Brand", shown), id);
    for (
      const text of [
        "",
        " ",
        `${shown} `,
        ` ${shown}`,
        `0${shown}`,
        `+${shown}`,
        `-${shown}`,
        `${shown}.0`,
        "1e3",
        "x",
        "9".repeat(40),
      ]
    ) {
      assertEquals(run.objects.idFromText("Brand", text), null, text);
    }
  });

  suite.test("an object that only a simulation has made is shown without its id, those of before with it", async (world) => {
    const before = await world.run((run) => Promise.resolve(run.add("Brand", { name: "Before" })));
    const shown = await world.opened.store.transaction(async (transaction) => {
      const all: unknown[] = [];
      for (const name of ["A", "B"]) {
        await world.runIn(transaction, async (run) => {
          run.add("Brand", { name });
          const ids = await run.ids({ class: "Brand" });
          all.push(ids.map((id) => run.objects.shownId("Brand", id)));
          const { rows } = await run.objects.examples("Brand", ["id", "name"], 9);
          all.push(rows);
        }, { simulate: true });
      }
      return all;
    }, { rollback: true });
    assertEquals(shown, [
      [before, 0],
      [[0, "A"], [before, "Before"]],
      [before, 0, 0],
      [[0, "A"], [0, "B"], [before, "Before"]],
    ]);
  });
}
