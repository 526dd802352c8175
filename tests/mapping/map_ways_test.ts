/** Maps in jobs, feeds, explanations, the change log, and for users who may not see everything; passwords in them. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { assertFits } from "../helpers/published_schemas.ts";
import { wholeFile } from "../helpers/world.ts";
import { ACCESS, withJobs } from "../jobs/job_world.ts";
import { withTwins } from "../rights/twins.ts";
import { withShop } from "./shop_world.ts";

Deno.test("an import of a job has a map; a wrong one ends the job before its first import", () =>
  withJobs(
    {
      "night.job": `${ACCESS}import = one.params\nimport = two.params\n`,
      "one.params": "class = Organization\ncsvfile = one.csv\nmap = maps/one.json\n",
      "one.csv": "Title\nA\n",
      "two.params": "class = Organization\ncsvfile = one.csv\nmap = maps/two.json\n",
      "maps/one.json": '{ "columns": { "Title": "name" }, "make": { "code": "{Title|lower}" } }',
      "maps/two.json": '{ "columns": { "Title": "name" }, "make": { "code": "{Title|lowr}" } }',
    },
    async ({ run, scratch, names, query }) => {
      const refused = await run(scratch.path("night.job"));
      assertExit(refused, 64);
      assertStringIncludes(refused.stderr, "there is no filter 'lowr'");
      assertEquals(names("Organization"), []);
      scratch.write("maps/two.json", '{ "columns": { "Title": "name" }, "constants": { "code": "x" } }');
      assertExit(await run(scratch.path("night.job")), 0);
      assertEquals(query("SELECT name, code FROM view_Organization ORDER BY id"), ["A a", "A x"]);
    },
  ));

Deno.test("a map makes nothing that its user could not load: two databases tell the same of what is hidden", () =>
  withTwins(async ({ same, sameExplanation }) => {
    const maps = [
      { columns: { n: "name" }, constants: { place: "3" } },
      { columns: { n: "name" }, make: { place: "{p}" } },
      { columns: { n: "name", p: "place" }, values: { place: { "3": "4" } } },
      { columns: { n: "name" }, defaults: { place: "3" }, make: { tag: "{p}" } },
    ];
    for (const map of maps) {
      const mapdata = await Deno.makeTempFile({ suffix: ".json" });
      try {
        await Deno.writeTextFile(mapdata, JSON.stringify(map));
        for (const output of ["json", "details", "errors", "diff"]) {
          await same("Box", "n,p\na,3\nnew,4\n", { reconciliationkeys: "name", output, simulate: "1", map: mapdata });
        }
        await sameExplanation("Box", "n,p\na,3\n", { reconciliationkeys: "name", output: "json", map: mapdata });
      } finally {
        await Deno.remove(mapdata);
      }
    }
  }));

Deno.test("a password in a map is set, and told nowhere", () =>
  withShop(async ({ load, print, scratch, query, database }) => {
    const map = { columns: { Nr: "sku" }, make: { secret: "Xk7-{Pin}", email: "{Pin}" }, constants: { "note": "n" } };
    const csv = "Nr,Pin\nA1,4711-Pin\n";
    const rejected = await print("Product", csv, { map, output: "json" });
    assertExit(rejected, 1);
    const row = JSON.parse(rejected.stdout.split("\n")[0] ?? "");
    assertEquals(row.cells, { Nr: "A1", Pin: null });
    const good = { ...map, make: { secret: "Xk7-{Pin}" }, constants: { note: "n" } };
    const all: string[] = [];
    for (const output of ["details", "diff", "json", "summary", "errors"]) {
      all.push((await print("Product", csv, { map: good, output, simulate: "1" })).stdout);
    }
    await load("Product", csv, { map: good, source: "shop", once: "1" });
    assertEquals(query("SELECT secret <> '' FROM product"), ["1"]);
    const constant = {
      columns: { Nr: "sku" },
      constants: { secret: "Qw9-Constant", note: "n" },
      make: { name: "{Pin}" },
    };
    for (const output of ["details", "diff", "json"]) {
      all.push((await print("Product", csv, { map: constant, output, simulate: "1" })).stdout);
    }
    await load("Product", csv, { map: constant, source: "shop", once: "1" });
    const explained = await scratch.run([
      ...["explain", `--db=${database}`, "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--class=Product"],
      ...["--csvfile=own.csv", "--map=map.json", "--line=2"],
    ]);
    assertExit(explained, 0);
    all.push(explained.stdout);
    for (const text of all) assert(!/Xk7|Qw9/.test(text), text);
    const stored = new TextDecoder("latin1").decode(wholeFile(database));
    assert(stored.includes("map.json"), "the log does not say which map it was");
    assert(!/Xk7|Qw9-Constant/.test(stored), "a password stands in the database");
  }));

Deno.test("once=1 loads a file again when its map says something else", () =>
  withShop(async ({ print, objects }) => {
    const params = { source: "shop", once: "1", output: "summary" };
    const csv = "Nr\nA1\n";
    const map = { columns: { Nr: "sku" }, constants: { currency: "EUR" } };
    await print("Product", csv, { ...params, map });
    assertStringIncludes((await print("Product", csv, { ...params, map })).stdout, "#Unchanged: 0");
    const other = { ...map, constants: { currency: "USD" } };
    assertStringIncludes((await print("Product", csv, { ...params, map: other })).stdout, "#Updated: 1");
    assertEquals(objects("Product", "sku,currency"), ["A1,USD"]);
  }));

Deno.test("the report and the change log name the map, and explain shows what it makes", () =>
  withShop(async ({ print, scratch, query, database }) => {
    const map = { columns: { Nr: "sku" }, make: { name: "{Nr|lower}" }, values: { currency: { euro: "EUR" } } };
    const run = await print("Product", "Nr,currency\nA1,Euro\n", { map });
    assertStringIncludes(run.stdout, "map.json");
    assert(query("SELECT parameters FROM change").some((text) => text.includes('"map":"map.json"')));
    const explained = await scratch.run([
      ...["explain", `--db=${database}`, "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--class=Product"],
      ...["--csvfile=own.csv", "--map=map.json", "--line=2", "--output=json"],
    ]);
    assertExit(explained, 0);
    assertFits(JSON.parse(explained.stdout), "explanation");
    const { cells, made } = JSON.parse(explained.stdout);
    assertEquals(cells, { Nr: "A1", currency: "Euro" });
    assertEquals(made, [
      { name: "currency", value: "EUR", of: [{ column: "currency", cell: "Euro" }] },
      { name: "name", value: "a1", of: [{ column: "Nr", cell: "A1" }] },
    ]);
  }));

Deno.test("null words are nothing before a map, and a map may say them", () =>
  withShop(async ({ load, objects }) => {
    const map = {
      columns: { Nr: "sku" },
      values: { status: { "n/a": "active" } },
      constants: { note: "n/a" },
      make: { name: "{Nr}{a}", email: "{a}" },
    };
    await load("Product", "Nr,status,a\nA1,n/a,n/a\n", { map, null_words: "n/a" });
    assertEquals(objects("Product", "sku,status,note,name,email"), ["A1,,n/a,A1,"]);
  }));

Deno.test("rows that make one object twice are twins, and a wrong row has nothing made of it", () =>
  withShop(async ({ load }) => {
    const map = { make: { sku: "{Nr|lower}", name: "{Nr}" } };
    assertEquals((await load("Product", 'Nr,price\nA1,1\na1,2\nb,"1\nB2\n', { map, qualifier: "'" })).rows, [
      "created Product 1",
      "rejected Product 1: Row 0 (line 2) is this object already, with other values",
      `rejected: Unexpected attribute value(s) | price: '"1' is an invalid value. Unexpected value for attribute 'price': ` +
      'Wrong format ["1], expected a number: digits with a decimal point, a sign before them if need be',
      "rejected: 1 cells where the header has 2",
    ]);
  }));

Deno.test("a second reading of the file has the map too, and so have targets that are created", () =>
  withWorld(async ({ load, scratch, objects }) => {
    scratch.write(
      "map.json",
      JSON.stringify({
        columns: { Last: "name", First: "first_name", Boss: "manager_id->email" },
        make: { email: "{First|lower}@example.org" },
        constants: { "org_id->name": "Made by the map" },
        values: { "manager_id->email": { "the chief": "zoe@example.org" } },
      }),
    );
    const csv = "Last,First,Boss\nLee,Ann,the chief\nRoe,Zoe,\n";
    const params = {
      map: "map.json",
      reconciliationkeys: "email",
      second_pass: "manager_id",
      create_targets: "org_id",
    };
    assertEquals((await load("Person", csv, params)).rows.map((row) => row.split(" ")[0]), ["created", "created"]);
    const made = objects("Person", "email,manager_id_friendlyname,org_name").filter((row) => row.includes("Made by"));
    assertEquals(made, ["ann@example.org,Zoe Roe,Made by the map", "zoe@example.org,,Made by the map"]);
    assertEquals((await load("Person", csv, params)).rows.map((row) => row.split(" ")[0]), ["unchanged", "unchanged"]);
  }));
