/** `csvrecon check --map`: what becomes of the first rows, and all that does not fit. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { assertExit } from "../helpers/scratch.ts";
import { assertFits } from "../helpers/published_schemas.ts";
import { type ShopLoading, withShop } from "./shop_world.ts";

function check({ scratch, database }: ShopLoading, csv: string, map: unknown, args: readonly string[] = []) {
  scratch.write("shop.csv", csv);
  scratch.write("shop.map.json", JSON.stringify(map));
  const given = [`--db=${database}`, "--class=Product", "--map=shop.map.json", "--no_localize=1"];
  return scratch.run(["check", "shop.csv", ...given, ...args]);
}

Deno.test("the first rows are shown as the map makes them, passwords not", () =>
  withShop(async (loading) => {
    const map = {
      columns: { Nr: "sku" },
      constants: { secret: "Sh0p-Passw0rd" },
      defaults: { status: "active" },
      make: { name: "{Nr|lower} {Text}" },
    };
    const csv = "Nr,Text,status\n" + "A1,x\u001b[2J,\n".repeat(9);
    const run = await check(loading, csv, map);
    const shown = run.stdout.split("\n");
    assertStringIncludes(run.stdout, "2 'Text' → for the map:");
    assertEquals(shown.filter((line) => line.startsWith("  line ")).length, 5);
    const from = shown.indexOf("  line 2");
    assertEquals(shown.slice(from + 1, from + 5), [
      "    Nr 'A1' → 'A1' → sku",
      "    status '' → 'active' → status, for new objects",
      "    the map → '***' → secret",
      "    Nr 'A1', Text 'x\\u001b[2J' → 'a1 x\\u001b[2J' → name",
    ]);
    assert(!run.stdout.includes("Sh0p"));
    const json = JSON.parse((await check(loading, csv, map, ["--output=json"])).stdout);
    assertFits(json, "check");
    assertEquals(json.first_rows.length, 5);
    assertEquals(json.parameters.map, "shop.map.json");
  }));

Deno.test("values are judged as the map makes them", () =>
  withShop(async (loading) => {
    const map = { columns: { Nr: "sku" }, values: { status: { ja: "active" } }, make: { email: "{Who}@example.org" } };
    const run = await check(loading, "Nr,status,Who\nA1,Ja,ann\nA1,nein,b c\n", map);
    assertExit(run, 1);
    assertStringIncludes(run.stdout, "1 row has a value in 'status' that status does not take (line 3)");
    assertStringIncludes(run.stdout, "'email' that email does not take (line 3)");
  }));

Deno.test("what does not fit is told, without a class too", () =>
  withShop(async (loading) => {
    const map = { columns: { Nummer: "sku" }, make: { email: "{Whom}" } };
    const run = await check(loading, "Nr,Who\nA1,ann\n", map);
    assertExit(run, 1);
    assertStringIncludes(run.stdout, "$.columns.Nummer: the file has no column 'Nummer'.");
    assertStringIncludes(
      run.stdout,
      "$.make.email: the file has no column 'Whom', and the map makes none. Did you mean 'Who'?",
    );
    loading.scratch.write("own.csv", "Nr,Who\nA1,ann\n");
    const alone = await loading.scratch.run(["check", "own.csv", "--map=shop.map.json"]);
    assertExit(alone, 1);
    assertStringIncludes(alone.stdout, "$.columns.Nummer: the file has no column 'Nummer'.");
    loading.scratch.write("bad.map.json", '{ "make": { "email": "{a|b}" ');
    assertExit(await loading.scratch.run(["check", "own.csv", "--map=bad.map.json"]), 64);
    assertExit(await loading.scratch.run(["check", "own.csv", "--map=none.map.json"]), 66);
  }));

Deno.test("the parameter file that check writes names the map", () =>
  withShop(async (loading) => {
    await check(loading, "Nr\nA1\n", { columns: { Nr: "sku" } }, ["--write=shop.params"]);
    assertStringIncludes(Deno.readTextFileSync(loading.scratch.path("shop.params")), "\nmap = shop.map.json\n");
  }));
