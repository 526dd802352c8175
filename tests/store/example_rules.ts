/** Examples of what there is. */
import { assertEquals } from "@std/assert";
import type { Suite } from "./suite.ts";

export function exampleRules(suite: Suite): void {
  suite.inRun(
    "examples are the first objects by friendly name, whatever its case, with the values asked for",
    async (run) => {
      const shown = new Map<string, string | number>();
      for (const name of ["b", "C", "A", "d"]) {
        const id = run.add("Organization", { name, code: `code ${name}` });
        shown.set(name, run.objects.shownId("Organization", id));
      }
      assertEquals(await run.objects.examples("Organization", ["name", "id", "code"], 3), {
        rows: ["A", "b", "C"].map((name) => [name, shown.get(name) ?? null, `code ${name}`]),
        more: true,
        hidden: false,
      });
      assertEquals(await run.objects.examples("Organization", ["name"], 4), {
        rows: [["A"], ["b"], ["C"], ["d"]],
        more: false,
        hidden: false,
      });
    },
  );

  suite.inRun("examples of a class without objects are none", async (run) => {
    run.add("Brand", { name: "Dell" });
    assertEquals(await run.objects.examples("Product", ["name"], 3), { rows: [], more: false, hidden: false });
  });

  suite.inRun("examples of a parent class go by the friendly names of the real classes", async (run) => {
    run.add("Team", { name: "Bo" });
    run.add("Person", { name: "Aa", first_name: "Zoe" });
    run.add("Person", { name: "Zz", first_name: "Al" });
    const { rows } = await run.objects.examples("Contact", ["friendlyname"], 3);
    assertEquals(rows, [["Al Zz"], ["Bo"], ["Zoe Aa"]]);
  });

  suite.inRun("examples leave out what the user may not see, and tell that there is something", async (run) => {
    const seen = run.add("Organization", { name: "Seen" });
    run.add("Organization", { name: "Hidden" });
    run.add("Person", { name: "P", first_name: "P", org_id: seen });
    const examples = (code: string) => run.objects.examples(code, ["name"], 3);
    await run.objects.limitTo([seen]);
    assertEquals(await examples("Organization"), { rows: [["Seen"]], more: false, hidden: true });
    assertEquals(await examples("Person"), { rows: [["P"]], more: false, hidden: false });
    await run.objects.limitTo([]);
    assertEquals(await examples("Organization"), { rows: [], more: false, hidden: true });
  });

  suite.inRun("examples of very many objects are those of few, and see what is new", async (run) => {
    for (let index = 0; index <= 10_000; index++) {
      run.add("Person", { name: `Last${index}`, first_name: `First${index % 7}` });
    }
    const first = async (count: number) => (await run.objects.examples("Person", ["friendlyname"], count)).rows;
    assertEquals(await first(2), [["First0 Last0"], ["First0 Last1001"]]);
    run.add("Person", { name: "A", first_name: "A" });
    assertEquals(await first(1), [["A A"]]);
  });
}
