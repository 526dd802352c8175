/** Writes that need new objects: these stand and fall with the first write that is not refused. */
import { assertEquals, assertThrows } from "@std/assert";
import type { NeededObject, NewObject } from "../../lib/store/objects.ts";
import { Random } from "../torture/random.ts";
import { type Run, type Suite, told, type Values } from "./suite.ts";

const BRAND_CODES = ["name", "level"];
const PRODUCT_CODES = ["name", "origin", "level", "brand_id"];

function brand(run: Run, name: string | null, level: number | null = null): NeededObject {
  const id = run.objects.newId("Brand");
  return { write: { class: "Brand", attributes: BRAND_CODES, id, values: [name, level] }, one: {} };
}

/** The same as another write has it. */
function spelt({ write, one }: NeededObject, name: string): NeededObject {
  return { write: { ...write, values: [name, ...write.values.slice(1)] }, one };
}

/** Hands over a product that needs a brand. */
function product(run: Run, name: string | null, needed: NeededObject, more: readonly NeededObject[] = []): NewObject {
  const write = {
    class: "Product",
    attributes: PRODUCT_CODES,
    id: run.objects.newId("Product"),
    values: [name, "own", "", needed.write.id],
  };
  run.objects.create(write, [needed, ...more]);
  return write;
}

export function neededRules(suite: Suite): void {
  const { told: rules, ownRules } = suite.database;

  suite.test("what many writes need is created once, before them, and logged", async (world) => {
    const [a, b] = await world.run(async (run) => {
      const brands = [brand(run, "A"), brand(run, "B")] as const;
      const [first, second] = brands;
      for (const [name, one] of [["1", first], ["2", second], ["3", first]] as const) product(run, name, one);
      assertEquals(await run.all("Brand", "name"), ["A", "B"]);
      assertEquals(await run.all("Product", "brand_id"), [first.write.id, second.write.id, first.write.id]);
      product(run, "4", second);
      assertEquals(await run.objects.settled(), []);
      assertEquals(await run.all("Brand", "name"), ["A", "B"], "it is there already");
      return [first.write.id, second.write.id];
    });
    const log = await world.opened.log();
    assertEquals(log.filter(([code]) => code === "Brand").map(([, id, operation]) => [id, operation]), [
      [a, "create"],
      [b, "create"],
    ]);
    assertEquals(log.length, 6);
  });

  suite.inRun("an update needs one, too", async (run) => {
    const id = run.add("Product", { name: "P" });
    const needed = brand(run, "A");
    const changes = [{ attribute: "brand_id", oldValue: null, newValue: needed.write.id }];
    run.objects.update({ class: "Product", id, changes }, [needed]);
    assertEquals(await run.all("Product", "brand_id"), [needed.write.id]);
  });

  const refusals: readonly (readonly [string, Values, readonly string[]])[] = [
    ["an empty name", { name: "" }, []],
    ["a name that another has", { name: "taken" }, []],
    ...Object.entries({ ...ownRules.refusing, ...ownRules.silent }).map(([way, statements]) =>
      [`a name that a trigger minds (${way})`, { name: "refused" }, statements] as const
    ),
  ];
  for (const [what, { name = null }, statements] of refusals) {
    suite.test(
      `what is needed and has ${what} is refused with each write that needs it, and with no other`,
      async (world) => {
        await world.run(async (run) => {
          run.add("Brand", { name: "taken" });
          const [bad, good] = [brand(run, String(name)), brand(run, "good")];
          const products = [product(run, "1", good), product(run, "2", bad), product(run, "3", good, [bad])];
          const refused = await run.objects.settled();
          assertEquals(refused.map(({ write }) => write), products.slice(1));
          assertEquals(await run.all("Brand", "name"), ["taken", "good"]);
          assertEquals(await run.all("Product", "name"), ["1"]);
        });
        assertEquals((await world.opened.log()).map(([code]) => code).toSorted(), ["Brand", "Brand", "Product"]);
      },
      { ownRules: statements },
    );
  }

  suite.inRun("of writes that need one the first that is not refused creates it", async (run) => {
    const needed = brand(run, "A");
    const names = [["", "a"], ["2", "A"], ["3", "Ä"], ["", "a"]] as const;
    const products = names.map(([name, spelling]) => product(run, name, spelt(needed, spelling)));
    const refused = await run.objects.settled();
    const isFirstOrLast = (_: unknown, index: number) => index % 3 === 0;
    assertEquals(refused.map(({ write }): unknown => write), products.filter(isFirstOrLast));
    assertEquals(await run.all("Brand", "name"), ["A"], "as it spells it");
    assertEquals(await run.all("Product", "brand_id"), [needed.write.id, needed.write.id]);
  });

  suite.test("where none is written nothing is created, and nothing logged", async (world) => {
    await world.run(async (run) => {
      const needed = brand(run, "A");
      const alone = product(run, "", needed);
      assertEquals(told(await run.objects.settled()), [{ write: alone, ...rules.emptyName }]);
      assertEquals(await run.all("Brand", "name"), []);
      assertEquals((await run.objects.settled()).length, 0);
    });
    assertEquals(await world.opened.log(), []);
  });

  suite.inRun("writes that stand together need nothing else", async (run) => {
    const refusal = await run.objects.together(() => {
      assertThrows(() => product(run, "1", brand(run, "A")), Error, "create what they need by themselves");
      return Promise.resolve();
    });
    assertEquals(refusal, null);
  });

  for (let seed = 1; seed <= 6; seed++) {
    suite.test(`what is needed comes to what it comes to one by one (${seed})`, async (world) => {
      const results: unknown[] = [];
      for (const settles of [true, false]) {
        results.push(
          await world.run(async (run) => {
            const outcome = await chances(run, new Random(seed), settles);
            for (const code of ["Product", "Brand"]) run.objects.delete(code, await run.ids({ class: code }));
            return outcome;
          }),
        );
      }
      assertEquals(results[0], results[1]);
    }, { ownRules: [...ownRules.smallLevel, ...ownRules.uniqueLevel] });
  }
}

/** @param settles after each write */
async function chances(run: Run, random: Random, settles: boolean): Promise<unknown> {
  const brands = Array.from({ length: 30 }, (_, index) => brand(run, `b${index % 25}`, random.int(900, 1030)));
  const places = new Map<unknown, string>();
  const refused: string[] = [];
  const settle = async () => {
    for (const { write, refusal } of await run.objects.settled()) {
      refused.push(`${places.get(write)} ${refusal.rule} ${refusal.constraint}`);
    }
  };
  for (let index = 0; index < 120; index++) {
    const name = random.chance(0.1) ? "" : `p${index}`;
    places.set(product(run, name, random.pick(brands), random.chance(0.3) ? [random.pick(brands)] : []), `${index}`);
    if (settles) await settle();
  }
  await settle();
  const names = new Map(brands.map(({ write: { id, values: [name] } }) => [id as unknown, name]));
  const products = (await run.values("Product", "name", "brand_id")).map(([name, id]) => [name, names.get(id)]);
  return { refused, products, brands: (await run.values("Brand", "name", "level")).map(String).toSorted() };
}
