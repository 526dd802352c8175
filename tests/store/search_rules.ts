/** What a search finds. */
import { assert, assertEquals } from "@std/assert";
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { Run, Suite } from "./suite.ts";

interface People {
  readonly top: ObjectId;
  readonly sub: ObjectId;
  readonly jo: ObjectId;
  readonly al: ObjectId;
  readonly otherJo: ObjectId;
  readonly team: ObjectId;
}

/** Organisations Top and Sub; persons Jo Doe (of Top), Al Roe (of Sub, led by Jo), Jo Doe again, of none; team Doe. */
export function people(run: Run): People {
  const top = run.add("Organization", { name: "Top" });
  const sub = run.add("Organization", { name: "Sub", parent_id: top, status: "inactive" });
  const jo = run.add("Person", { name: "Doe", first_name: "Jo", org_id: top, email: "jo@top", employee_number: "1" });
  const al = run.add("Person", { name: "Roe", first_name: "Al", org_id: sub, manager_id: jo });
  const otherJo = run.add("Person", { name: "Doe", first_name: "Jo", org_id: null });
  const team = run.add("Team", { name: "Doe", budget: 2.5, seats: 7 });
  return { top, sub, jo, al, otherJo, team };
}

export function searchRules(suite: Suite): void {
  suite.inRun("one key gives one answer: none, one or several", async (run) => {
    const { al } = people(run);
    const search = run.search({ class: "Contact", conditions: ["name"], read: ["finalclass"] });
    const one = { kind: "one", object: { id: al, class: "Person", values: ["Person"] } } as const;
    const [none, roe, doe, again] = await search.find([["Nobody"], ["Roe"], ["Doe"], ["Roe"]]);
    assertEquals([none, roe, again], [{ kind: "none" }, one, one]);
    assert(doe?.kind === "several");
    assertEquals(await doe.count(), 3);
    assertEquals(await search.find([]), []);
  });

  suite.inRun("of several objects the first are those with the lowest ids, whatever was written last", async (run) => {
    const ids = Array.from({ length: 8 }, () => run.add("Team", { name: "Same" }));
    const [, second] = ids;
    assert(second !== undefined);
    const search = run.search({ class: "Team", conditions: ["name"], read: [] });
    for (const change of [["Same", "Other"], ["Other", "Same"]] as const) {
      run.update("Team", second, { name: change });
      await search.find([["Same"]]);
    }
    const [match] = await search.find([["Same"]]);
    assert(match?.kind === "several");
    assertEquals((await match.first(3)).map(({ id }) => id), ids.slice(0, 3));
  });

  suite.inRun(
    "of several objects the first are those with the lowest ids, whatever an index gives first",
    async (run) => {
      // It is ordered by organisation, too.
      const both = run.search({ class: "Person", conditions: ["name", "org_id"], read: [] });
      assertEquals(await both.find([["Same", null]]), [{ kind: "none" }]);
      const organizations = Array.from({ length: 8 }, (_, index) => run.add("Organization", { name: `O${index}` }));
      const ids = organizations.toReversed().map((org_id) =>
        run.add("Person", { name: "Same", first_name: "Jo", org_id })
      );
      const search = run.search({ class: "Person", conditions: ["name"], read: ["name"] });
      const [match] = await search.find([["Same"]]);
      assert(match?.kind === "several");
      assertEquals((await match.first(3)).map(({ id }) => id), ids.slice(0, 3));
    },
  );

  suite.inRun("nothing has a text with U+0000, in whatever spelling", async (run) => {
    people(run);
    const search = run.search({ class: "Contact", conditions: ["name"], read: [] });
    const found = await search.find([["Do\0e"], ["Do\0é"], ["\0"], ["Roe"]]);
    assertEquals(found.map(({ kind }) => kind), ["none", "none", "none", "one"]);
    assertEquals(await search.anyFor([["Do\0e"], ["Roe"]]), [false, true]);
    assertEquals(await search.all(["Roe\0"]), []);
  });

  suite.inRun(
    "of many keys that find few or many objects, in any order and repeated, each has its own",
    async (run) => {
      const names = [1, 2, 3, 40, 0, 2, 7].map((count, place) => {
        const name = `N${place}`;
        for (let index = 0; index < count; index++) run.add("Team", { name, seats: index });
        return name;
      });
      const search = run.search({ class: "Team", conditions: ["name"], read: ["seats"] });
      const orders = [names, names.toReversed(), Array.from({ length: 90 }, (_, place) => names[place % 7] ?? "")];
      for (const order of [...orders, names.flatMap((name) => [name, name]), ["N3", "N3"], ["N1"]]) {
        const matches = await search.find(order.map((name) => [name]));
        for (const [place, name] of order.entries()) {
          const all = await search.all([name]);
          const match = matches[place];
          if (match?.kind !== "several") {
            const one = match?.kind === "one" ? [match.object] : [];
            assertEquals(one, all, name);
            continue;
          }
          assertEquals(await match.count(), all.length);
          assertEquals(await match.first(all.length), all);
          assertEquals(match.few ?? all, all);
        }
      }
    },
  );

  suite.inRun("whether a key finds anything is told of each, however it is spelt", async (run) => {
    people(run);
    run.add("Team", { name: "Zürich" });
    const search = run.search({ class: "Contact", conditions: ["name"], read: ["finalclass"] });
    const keys = [["Nobody"], ["roe"], ["Doe"], ["ZÜRICH"], ["Zu\u0308rich"], ["Zurich"], [null]];
    assertEquals(await search.anyFor(keys), [false, true, true, true, true, false, false]);
    assertEquals(await search.anyFor([]), []);
    run.add("Person", { name: "Nobody", first_name: "At all" });
    assertEquals(await search.anyFor([["Nobody"]]), [true]);
    const ids = run.search({ class: "Person", conditions: ["org_id", "name"], read: [] });
    assertEquals(await ids.anyFor([[null, "Doe"], [null, "Roe"]]), [true, false]);
  });

  suite.inRun("all that keys find is told of each key, by id, however it is spelt", async (run) => {
    const { jo, al, otherJo, team } = people(run);
    const zurich = run.add("Team", { name: "Zürich" });
    const search = run.search({ class: "Contact", conditions: ["name"], read: ["finalclass"] });
    const keys = [["Nobody"], ["doe"], ["ZU\u0308RICH"], ["Roe"], ["DOE"], [null]];
    const lists = await search.allOf(keys);
    const people3 = [[jo, "Person"], [otherJo, "Person"], [team, "Team"]];
    const told = lists.map((list) => list.map(({ id, values }) => [id, ...values ?? []]));
    assertEquals(told, [[], people3, [[zurich, "Team"]], [[al, "Person"]], people3, []]);
    assertEquals(lists, await Promise.all(keys.map((key) => search.all(key))));
    assertEquals(await search.allOf([]), []);
    assertEquals(await search.fewOf(keys, 8), lists);
    for (const most of [7, 1, 0]) assertEquals(await search.fewOf(keys, most), null);
    assertEquals(await search.fewOf([["Nobody"]], 0), [[]]);
    const ids = run.search({ class: "Person", conditions: ["org_id", "name"], read: [] });
    assertEquals((await ids.allOf([[null, "Doe"], [null, "Roe"]])).map((list) => list.map(({ id }) => id)), [[
      otherJo,
    ], []]);
  });

  suite.inRun("text is found whatever its case, codes only as they are", async (run) => {
    const { jo, team, top } = people(run);
    assertEquals(await run.ids({ class: "Contact", conditions: ["email"] }, ["JO@Top"]), [jo]);
    assertEquals(await run.ids({ class: "Contact", conditions: ["finalclass"] }, ["Team"]), [team]);
    assertEquals(await run.ids({ class: "Contact", conditions: ["finalclass"] }, ["team"]), []);
    assertEquals(await run.ids({ class: "Organization", conditions: ["status"] }, ["Inactive"]), []);
    assertEquals(await run.ids({ class: "Organization", conditions: ["name"] }, ["TOP"]), [top]);
  });

  suite.inRun("accents count", async (run) => {
    const cafe = run.add("Organization", { name: "Café" });
    assertEquals(await run.ids({ class: "Organization", conditions: ["name"] }, ["café"]), [cafe]);
    assertEquals(await run.ids({ class: "Organization", conditions: ["name"] }, ["Cafe"]), []);
  });

  suite.inRun("null finds the objects without a value", async (run) => {
    const { otherJo, top } = people(run);
    assertEquals(await run.ids({ class: "Person", conditions: ["org_id"] }, [null]), [otherJo]);
    assertEquals(await run.ids({ class: "Organization", conditions: ["parent_name"] }, [null]), [top]);
    // As views show it.
    assertEquals(await run.ids({ class: "Organization", conditions: ["parent_name"] }, [""]), [top]);
    assertEquals(await run.ids({ class: "Organization", conditions: ["id"] }, [null]), []);
  });

  suite.inRun("a class finds objects of its subclasses and of no other class", async (run) => {
    const { jo, otherJo, team } = people(run);
    assertEquals(await run.ids({ class: "Contact", conditions: ["name"] }, ["Doe"]), [jo, otherJo, team]);
    assertEquals(await run.ids({ class: "Person", conditions: ["name"] }, ["Doe"]), [jo, otherJo]);
    assertEquals(await run.ids({ class: "Team", conditions: ["id"] }, [jo]), []);
  });

  suite.inRun("all conditions must hold", async (run) => {
    const { jo, otherJo, top, sub } = people(run);
    assertEquals(await run.ids({ class: "Person", conditions: ["name", "org_id"] }, ["Doe", top]), [jo]);
    assertEquals(await run.ids({ class: "Person", conditions: ["name", "org_id"] }, ["Doe", sub]), []);
    assertEquals(await run.ids({ class: "Person", conditions: ["org_id", "name"] }, [null, "doe"]), [otherJo]);
  });

  suite.inRun("friendly names are found by each object's real class, in any case", async (run) => {
    const { jo, al, otherJo, team } = people(run);
    assertEquals(await run.ids({ class: "Contact", conditions: ["friendlyname"] }, ["al roe"]), [al]);
    assertEquals(await run.ids({ class: "Contact", conditions: ["friendlyname"] }, ["Doe"]), [team]);
    assertEquals(await run.ids({ class: "Person", conditions: ["friendlyname"] }, ["JO DOE"]), [jo, otherJo]);
  });

  suite.inRun("external fields, also of external fields, are found", async (run) => {
    const { al, sub } = people(run);
    const account = run.add("Account", { login: "al", contactid: al });
    assertEquals(await run.ids({ class: "Person", conditions: ["org_name"] }, ["sub"]), [al]);
    assertEquals(await run.ids({ class: "Person", conditions: ["manager_id_friendlyname"] }, ["jo doe"]), [al]);
    assertEquals(await run.ids({ class: "Account", conditions: ["org_id_friendlyname"] }, ["SUB"]), [account]);
    assertEquals(await run.ids({ class: "Account", conditions: ["org_id"] }, [sub]), [account]);
  });

  suite.inRun("numbers and ids are found", async (run) => {
    const { team } = people(run);
    assertEquals(await run.ids({ class: "Team", conditions: ["budget"] }, [2.5]), [team]);
    assertEquals(await run.ids({ class: "Team", conditions: ["seats"] }, [7]), [team]);
    assertEquals(await run.ids({ class: "Team", conditions: ["id"] }, [team]), [team]);
  });

  suite.inRun("values are read as they are stored", async (run) => {
    const { team, al, jo } = people(run);
    const read = ["name", "org_id", "org_name", "budget", "seats", "friendlyname", "obsolescence_flag"];
    assertEquals(await run.find({ class: "Team", conditions: ["id"], read }, [team]), {
      kind: "one",
      object: { id: team, class: "Team", values: ["Doe", null, null, 2.5, 7, "Doe", "no"] },
    });
    const person = { class: "Person", conditions: ["id"], read: ["manager_id", "manager_id_friendlyname"] } as const;
    assertEquals(await run.find(person, [al]), {
      kind: "one",
      object: { id: al, class: "Person", values: [jo, "Jo Doe"] },
    });
  });

  suite.inRun("what no attribute can hold is found nowhere, and the other keys find theirs", async (run) => {
    people(run);
    const search = run.search({ class: "Contact", conditions: ["name"] });
    const tooLong = ["x".repeat(511)];
    const matches = await search.find([["Roe"], tooLong, ["Doe"]]);
    assertEquals(matches.map(({ kind }) => kind), ["one", "none", "several"]);
    assertEquals(await search.find([tooLong, tooLong]), [{ kind: "none" }, { kind: "none" }]);
  });

  suite.inRun("every one of many keys finds its own, however many others find", async (run) => {
    for (let index = 0; index < 1200; index++) run.add("Team", { name: index % 3 === 0 ? "Many" : `Team ${index}` });
    const keys = Array.from({ length: 1200 }, (_, index) => [index % 3 === 0 ? "many" : `team ${index}`]);
    const matches = await run.search({ class: "Team", conditions: ["name"], read: ["name"] }).find(keys);
    const found = matches.map((match) => match.kind === "one" ? match.object.values?.[0] : match.kind);
    assertEquals(found, keys.map((_, index) => index % 3 === 0 ? "several" : `Team ${index}`));
  });
}
