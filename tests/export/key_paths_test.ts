/** Columns behind several arrows in exports: written, named by default where own keys need them, and loaded back (SPEC 15, 16). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { assertLoadsBack, exportClass, loadBack, runExport } from "../helpers/exporting.ts";
import type { Loading } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { withPlaces } from "../reconcile/places.ts";

/** Beside them a Main office in no town, and devices in the three and in none. */
function withDevices(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withPlaces(async (loading) => {
    await loading.load("Site", "name,town\nMain,\n");
    await loading.load("Device", "tag,site\nA,1\nB,2\nC,4\nD,\n");
    await use(loading);
  });
}

const PATHS = "site->name,site->town->name,site->town->country->name";

Deno.test("keys of keys are told by name, through as many arrows as they need", () =>
  withDevices(async (loading) => {
    const { text } = await assertLoadsBack(loading, "Device");
    assertEquals(
      text,
      `tag,${PATHS}\nA,Main,Frankfurt,Germany\nB,Main,Frankfurt,Poland\nC,Main,,\nD,,,\n`,
    );
    const labels = await assertLoadsBack(loading, "Device", { no_localize: "0" });
    assertStringIncludes(labels.text, "Tag,Place->Name,Place->Town->Name,Place->Town->Country->Name\n");
    const [header] = (await assertLoadsBack(loading, "Site")).text.split("\n");
    assertEquals(header, "name,town->name,town->country->name,up->name,up->town->name,up->town->country->name");
  }));

Deno.test("an export that somebody edits moves objects by the names behind the arrows", () =>
  withDevices(async (loading) => {
    const columns = `tag,${PATHS}`;
    const { text } = await assertLoadsBack(loading, "Device", { columns });
    loading.scratch.write("exported.csv", text.replace("B,Main,Frankfurt,Poland", "B,Main,Frankfurt,Germany"));
    const back = await loadBack(loading);
    assertEquals(back.statuses, { unchanged: 3, updated: 1 });
    assertEquals(loading.query("SELECT tag, site FROM device ORDER BY id"), ["A 1", "B 1", "C 4", "D -"]);
  }));

Deno.test("chosen columns that do not tell the targets apart are told, at whichever arrow that is", () =>
  withDevices(async (loading) => {
    for (const columns of ["tag,site->name,site->town->name", "tag,site->town->country->name", "tag,site->name"]) {
      const { stderr } = await runExport(loading, "Device", { columns });
      assertStringIncludes(stderr, "does not tell the objects apart", columns);
    }
    const { stderr, stdout } = await runExport(loading, "Device", { columns: `tag,${PATHS},site->town->country` });
    assertEquals(stderr, "");
    assertStringIncludes(stdout, "A,Main,Frankfurt,Germany,1\n");
  }));

Deno.test("what is there and has nothing in its columns is told: an import would take it for none", () =>
  withDevices(async (loading) => {
    const database = new DatabaseSync(loading.database);
    database.exec("UPDATE country SET code = ''");
    database.close();
    const columns = "tag,site->name,site->town->name,site->town->country->code";
    const { run } = await exportClass(loading, "Device", { columns });
    assertExit(run, 1);
    assertStringIncludes(run.stderr, "Column 'site->town->country->code' of 2 objects, the first Device 1: ");
  }));

Deno.test("conditions and keys go through as many arrows; what is unknown there has a nearest name", () =>
  withDevices(async (loading) => {
    const tags = async (where: string) => (await runExport(loading, "Device", { columns: "tag", where })).stdout;
    assertEquals(await tags("site->town->country->code=pl"), "tag\nB\n");
    assertEquals(await tags("site->town->country=2"), "tag\nB\n");
    assertEquals(await tags("site->town->name="), "tag\nC\nD\n");
    const refused = await runExport(loading, "Device", {
      columns: "site->twon->name,site->town->country->name->x",
      where: "site->town->cuontry=1",
      reconciliationkeys: "site->town->nmae",
    });
    assertExit(refused, 64);
    assertStringIncludes(refused.stderr, "'site->twon->name'. Did you mean 'site->town->name'?");
    assertStringIncludes(refused.stderr, "'site->town->cuontry'. Did you mean 'site->town->country'?");
    assertStringIncludes(refused.stderr, "'site->town->nmae'. Did you mean 'site->town->name'?");
    assert(refused.stderr.includes("'site->town->country->name->x'"), refused.stderr);
  }));
