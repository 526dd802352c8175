/** A column `id` that is no key is compared (SPEC 14): the rows are loaded, and told of. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { preparedWorld } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";

/** Organizations 1 to 4. */
const withOrganizations = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nAcme,A\nBeta,B\nGamma,G\n");
});

/** @param where `, in line 2` */
const warning = (rows: string, where: string) =>
  `${rows} with an id that is not that of the object${where}: ids are given by the database, and none was used. ` +
  "Give ignore_columns=id, or name it among the reconciliation keys";

Deno.test("rows with another id than their object's are loaded, and counted once with the first line", () =>
  withOrganizations(async ({ load, objects }) => {
    const csv = "id,name,code\n2,Acme,A2\n7,Beta,B\n,Gamma,\n9,New,N\nx,Acme,A2\n";
    const { run, rows, warnings } = await load("Organization", csv, { reconciliationkeys: "name" });
    assertEquals(rows, [
      'updated Organization 2 code="A"->"A2"',
      "unchanged Organization 3",
      'updated Organization 4 code="G"->""',
      "created Organization 5",
      "unchanged Organization 2",
    ]);
    assertEquals(warnings, [warning("3 rows", ", the first in line 3")]);
    assertEquals(JSON.parse(run.stdout.trimEnd().split("\n").at(-1) ?? "").counts.warnings, 1);
    assertEquals(run.exitCode, 0);
    assertEquals(objects("Organization", "id,code"), ["1,SOMECODE", "2,A2", "3,B", "4,", "5,N"]);
  }));

Deno.test("ids that are those of the objects are no matter, nor are rows in error, nor an id that is a key", () =>
  withOrganizations(async ({ load }) => {
    const right = await load("Organization", "id,name\n2,acme\n3,Beta\n", { reconciliationkeys: "name" });
    assertEquals(right.warnings, []);
    const bad = await load("Organization", "id,name,status\n9,Acme,nonsense\n", { reconciliationkeys: "name" });
    assertEquals([bad.rows.length, bad.warnings], [1, []]);
    const key = await load("Organization", "id,name\n2,Beta 2\n77,Acme\n", { reconciliationkeys: "id" });
    assertEquals(key.warnings, []);
  }));

Deno.test("a summary has it as a counted warning, in the simulation of a run as in the run", () =>
  withOrganizations(async ({ print }) => {
    const params = { reconciliationkeys: "name", output: "summary" };
    const told = async (simulate: string) => {
      const run = await print("Organization", "id,name\n9,New\n", { ...params, simulate });
      assertStringIncludes(run.stdout, `#Warning: ${warning("1 row", ", in line 2")}\n`);
      assert(run.stdout.includes("#Warnings: 1\n"), describeRun(run));
      return run.stdout.replace(/#Simulate: .*/, "");
    };
    assertEquals(await told("1"), await told("0"));
  }));
