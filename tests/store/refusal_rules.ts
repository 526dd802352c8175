/** What a database refuses: it leaves no trace, is told once, and takes nothing else with it. */
import { assert, assertEquals } from "@std/assert";
import { idIn } from "../../lib/store/object_id.ts";
import type { ToldRule } from "./tested_database.ts";
import { type Run, type Suite, told, type Values } from "./suite.ts";

/** Creations that the tables of a model refuse. */
const BAD: readonly (readonly [string, string, Values])[] = [
  ["mandatory text that is empty", "Person", { name: "", first_name: "Jo" }],
  ["mandatory text of a subclass that is empty", "Person", { name: "Doe", first_name: "" }],
  ["mandatory text of a subclass that is null", "Person", { name: "Doe", first_name: null }],
  ["optional text that is null", "Person", { name: "Doe", first_name: "Jo", email: null }],
  ["optional text of a subclass that is null", "Person", { name: "Doe", first_name: "Jo", employee_number: null }],
  ["an unknown enum value", "Person", { name: "Doe", first_name: "Jo", status: "Active" }],
  ["a mandatory enum without value", "Person", { name: "Doe", first_name: "Jo", status: null }],
  ["an enum value of a sibling class", "Product", { name: "P", origin: "near" }],
  ["a mandatory enum of a subclass without value", "Product", { name: "P", origin: null }],
  ["a mandatory external key that is null", "lnkPersonToTeam", { person_id: null, team_id: null }],
  ["an unknown language", "Account", { login: "ada", language: "XX XX" }],
  ["a boolean that is neither yes nor no", "Account", { login: "ada", enabled: "1" }],
  ["a mandatory password that is null", "Account", { login: "ada", password: null }],
];

/** Hands over brands, of which the third has other values. @returns it */
function brands(run: Run, values: Values) {
  for (const name of ["A", "B"]) run.add("Brand", { name, level: null });
  const third = run.create("Brand", { level: null, ...values });
  for (const name of ["C", "D"]) run.add("Brand", { name, level: null });
  return third;
}

export function refusalRules(suite: Suite): void {
  const { told: rules, ownRules } = suite.database;

  for (const [what, code, values] of BAD) {
    suite.test(`${what} is refused`, async (world) => {
      await world.run(async (run) => {
        const object = run.create(code, values);
        const [refused, ...others] = await run.objects.settled();
        assert(refused?.write === object);
        assertEquals([others, ["check", "not_null"].includes(refused?.refusal.rule ?? "")], [[], true]);
        assertEquals(await run.ids({ class: code }), []);
      });
      assertEquals([await world.opened.log(), await world.opened.runs()], [[], []]);
    });
  }

  suite.test("the same objects with good values are written", (world) =>
    world.run(async (run) => {
      const jo = run.add("Person", { name: "Doe", first_name: "Jo" });
      const team = run.add("Team", { name: "T", status: "inactive" });
      run.add("lnkPersonToTeam", { person_id: jo, team_id: team });
      run.add("Product", { name: "P" });
      run.add("Brand", { name: "B", origin: null });
      run.add("Account", { login: "ada", enabled: null });
      assertEquals(await run.objects.settled(), []);
    }));

  const added: readonly (readonly [string, readonly string[]])[] = [
    ["a check", ownRules.smallLevel],
    ["a unique index", ownRules.uniqueLevel],
    ...Object.entries({ ...ownRules.refusing, ...ownRules.silent, ...ownRules.ending })
      .map(([way, statements]) => [`a trigger (${way})`, statements] as const),
  ];

  for (const [what, statements] of added) {
    suite.test(`that others have added ${what} is known before anything is refused`, (world) =>
      world.run((run) => {
        assertEquals(run.objects.mayRefuse("Brand"), true);
        return Promise.resolve();
      }), { ownRules: statements });
  }

  suite.test("what csvrecon has made by itself, indexes of searches among it, is not taken for what others have added", (world) =>
    world.run(async (run) => {
      await run.find({ class: "Brand", conditions: ["name"] }, ["A"]);
      await run.find({ class: "Person", conditions: ["friendlyname"] }, ["A"]);
      assertEquals([...world.model.classes.keys()].filter((code) => run.objects.mayRefuse(code)), []);
    }));

  const refusals: readonly (readonly [string, Values, ToldRule, readonly string[]])[] = [
    ["a name that another has, in any case", { name: "a" }, rules.uniqueName, []],
    ["an empty name", { name: "" }, rules.emptyName, []],
    ["no name", { name: null }, rules.noName, []],
    ["a value that a check forbids", { name: "X", level: 5000 }, rules.smallLevel, ownRules.smallLevel],
    ...Object.entries(ownRules.refusing).map(([way, statements]) =>
      [`a trigger (${way})`, { name: "refused" }, { rule: "trigger", constraint: null }, statements] as const
    ),
  ];

  for (const [what, values, rule, statements] of refusals) {
    suite.test(
      `of many creations only that with ${what} is refused, and the others are written and logged`,
      async (world) => {
        await world.run(async (run) => {
          const third = brands(run, values);
          const [refused, ...others] = await run.objects.settled();
          assert(refused?.write === third);
          assertEquals(told(refused === undefined ? [] : [refused]), [{ write: third, ...rule }]);
          assertEquals([refused?.refusal.kind, others], ["refused_write", []]);
          assertEquals(await run.objects.settled(), [], "it is told once");
          assertEquals(await run.all("Brand", "name"), ["A", "B", "C", "D"]);
        });
        assertEquals((await world.opened.log()).map(([, , operation]) => operation), Array(4).fill("create"));
      },
      { ownRules: statements },
    );

    suite.test(
      `of many updates only that to ${what} is refused, and the others are written and logged`,
      async (world) => {
        await world.run(async (run) => {
          const ids = ["A", "B", "third", "C", "D"].map((name) => run.add("Brand", { name, level: null }));
          assertEquals(await run.objects.settled(), []);
          const updates = ids.map((id, index) =>
            run.update("Brand", id, {
              origin: [null, "near"],
              ...index === 2
                ? Object.fromEntries(Object.entries(values).map(([code, value]) => [code, [null, value]]))
                : {},
            })
          );
          assertEquals(told(await run.objects.settled()), [{ write: updates[2], ...rule }]);
          assertEquals(await run.values("Brand", "name", "origin"), [
            ["A", "near"],
            ["B", "near"],
            ["third", null],
            ["C", "near"],
            ["D", "near"],
          ]);
        });
        const updated = (await world.opened.log()).filter(([, , operation]) => operation === "update");
        assertEquals(updated.length, 4);
      },
      { ownRules: statements },
    );
  }

  suite.inRun("a trigger's words are told", async (run) => {
    brands(run, { name: "refused" });
    assertEquals((await run.objects.settled()).map(({ refusal }) => refusal.text), ["mine"]);
  }, { ownRules: Object.values(ownRules.refusing)[0] ?? [] });

  suite.inRun("a reference to nothing is refused", async (run) => {
    const nothing = run.objects.newId("Organization");
    const team = run.create("Team", { name: "T", org_id: nothing });
    assertEquals(told(await run.objects.settled()), [{ write: team, ...rules.unknownTarget }]);
    assertEquals(await run.ids({ class: "Team" }), []);
  });

  suite.test("of many references only those to nothing are refused, and the others are written and logged", async (world) => {
    await world.run(async (run) => {
      const brand = run.add("Brand", { name: "A" });
      const nothing = run.objects.newId("Brand");
      const products = [brand, nothing, null, nothing, brand].map((brand_id) =>
        run.create("Product", { name: "P", brand_id })
      );
      const unknown = (write: unknown) => ({ write, ...rules.unknownTarget });
      assertEquals(told(await run.objects.settled()), [unknown(products[1]), unknown(products[3])]);
      const [first] = products;
      assert(first !== undefined);
      const updates = [nothing, null, nothing].map((brand_id) =>
        run.update("Product", first.id, { brand_id: [brand, brand_id] })
      );
      assertEquals(told(await run.objects.settled()), [unknown(updates[0]), unknown(updates[2])]);
      assertEquals(await run.all("Product", "brand_id"), [null, null, brand]);
    });
    assertEquals((await world.opened.log()).map(([, , operation]) => operation), [
      ...Array(4).fill("create"),
      "update",
    ]);
  });

  suite.inRun(
    "a uniqueness rule holds for the class that declares it, and where its condition is not empty",
    async (run) => {
      const org_id = run.add("Organization", { name: "O" });
      run.add("Brand", { name: "Dell" });
      run.add("Product", { name: "Dell" });
      const person = (employee_number: string) =>
        run.create("Person", { name: "Doe", first_name: "Jo", org_id, employee_number });
      for (const number of ["", "", "a1"]) person(number);
      const again = person("A1");
      assertEquals((await run.objects.settled()).map(({ write, refusal: { rule } }) => [write, rule]), [[
        again,
        "unique",
      ]]);
    },
  );

  suite.inRun("several refusals are told in the order of what was handed over, each with its own rule", async (run) => {
    run.add("Brand", { name: "A", level: 1 });
    const same = run.create("Brand", { name: "a", level: 2 });
    const large = run.create("Brand", { name: "B", level: 1000 });
    const good = run.add("Brand", { name: "C", level: 3 });
    const taken = run.create("Brand", { name: "D", level: 1 });
    const renamed = run.update("Brand", good, { name: ["C", "A"] });
    assertEquals(told(await run.objects.settled()), [
      { write: same, ...rules.uniqueName },
      { write: large, ...rules.smallLevel },
      { write: taken, ...rules.uniqueLevel },
      { write: renamed, ...rules.uniqueName },
    ]);
    assertEquals(await run.values("Brand", "name", "level"), [["A", 1], ["C", 3]]);
  }, { ownRules: [...ownRules.smallLevel, ...ownRules.uniqueLevel] });

  suite.inRun("what a search has found refused is told when somebody asks", async (run) => {
    run.add("Brand", { name: "A" });
    const same = run.create("Brand", { name: "A" });
    assertEquals(await run.all("Brand", "name"), ["A"]);
    const empty = run.create("Brand", { name: "" });
    assertEquals((await run.objects.settled()).map(({ write }) => write), [same, empty]);
  });

  suite.test("what hangs on a refused creation is refused with it", async (world) => {
    await world.run(async (run) => {
      const brand = run.create("Brand", { name: "" });
      const product = run.create("Product", { name: "P", brand_id: brand.id });
      assertEquals((await run.objects.settled()).map(({ write }) => write), [brand, product]);
    });
    assertEquals(await world.opened.log(), []);
  });

  suite.inRun("limits of a user are as if a refused organisation had never been", async (run) => {
    const top = run.add("Organization", { name: "Top" });
    await run.objects.limitTo([top]);
    const refused = run.create("Organization", { name: "", parent_id: top });
    const moved = run.add("Organization", { name: "Moved" });
    run.update("Organization", moved, { parent_id: [null, top], name: ["Moved", ""] });
    run.add("Organization", { name: "Kept", parent_id: top });
    assertEquals((await run.objects.settled()).length, 2);
    const seen = await run.search({ class: "Organization", read: ["name"] }).all([]);
    assertEquals(seen.map(({ values }) => values), [["Top"], ["Kept"]]);
    assertEquals(await run.ids({ class: "Organization", conditions: ["id"] }, [idIn(refused.id)]), []);
  });
}
