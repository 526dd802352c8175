/** The table of details has one word for a value, whatever became of its row. */
import { assertEquals } from "@std/assert";
import { type Loading, withModel, withWorld } from "../helpers/loading.ts";
import { parseOurReport } from "../helpers/our_report.ts";

async function lastCells({ print }: Loading, modelClass: string, csv: string, params = {}): Promise<string[][]> {
  const run = await print(modelClass, csv, { no_localize: "0", ...params });
  return (parseOurReport(run.stdout).table?.rows ?? []).map((row) => [row[1] ?? "", row.at(-1) ?? ""]);
}

Deno.test("details show an enumeration by its code: of rows created, unchanged, updated and in error", () =>
  withWorld(async (loading) => {
    const csv = "Name,Code,Status\nA,1,Active\n";
    const keys = { reconciliationkeys: "Name" };
    assertEquals(await lastCells(loading, "Organization", csv, keys), [["created", "active"]]);
    assertEquals(await lastCells(loading, "Organization", csv, keys), [["unchanged", "active"]]);
    const other = csv.replace("1", "2");
    assertEquals(await lastCells(loading, "Organization", other, keys), [["updated 1 cols", "active"]]);
    await loading.load("Organization", "name,code\nB,3\nB,4\n", { reconciliationkeys: "code" });
    const several = await lastCells(loading, "Organization", "Name,Code,Status\nB,5,Active\n", keys);
    assertEquals(several.map((row) => row[1]), ["active"]);
    const wrong = await lastCells(loading, "Organization", "Name,Parent->Name,Status\nC,Nobody,Active\n", keys);
    assertEquals(wrong.map((row) => row[1]), ["active"]);
  }));

Deno.test("a bad word is shown as it was typed, with why", () =>
  withWorld(async (loading) => {
    const [[, cell = ""] = []] = await lastCells(loading, "Organization", "Name,Code,Status\nA,1,Aktiv\n");
    assertEquals(cell.startsWith("'Aktiv' is an invalid value. "), true);
  }));

Deno.test("so are the words of booleans and of own enumerations", () => {
  const model = {
    name: "lamps",
    languages: ["EN US"],
    classes: {
      Lamp: {
        reconciliation_keys: ["name"],
        attributes: {
          name: { kind: "string", labels: "Name", null: false },
          state: { kind: "enum", labels: "State", values: { on: { "EN US": "Alight" }, off: { "EN US": "Dark" } } },
          leased: { kind: "boolean", labels: "Leased" },
        },
      },
    },
  };
  return withModel(model, async (loading) => {
    for (const status of ["created", "unchanged"]) {
      assertEquals(await lastCells(loading, "Lamp", "Name,Leased\na,1\n"), [[status, "yes"]]);
    }
    for (const status of ["updated 1 cols", "unchanged"]) {
      assertEquals(await lastCells(loading, "Lamp", "Name,State\na,Dark\n"), [[status, "off"]]);
    }
  });
});
