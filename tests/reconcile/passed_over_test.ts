/** What becomes of rows that find an object, and of rows that find none (SPEC 17: `on_missing`, `on_found`). */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { explainRow } from "../helpers/explaining.ts";
import { preparedModel, withWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const DEVICES = {
  name: "devices",
  languages: ["EN US"],
  classes: {
    Site: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } },
    Device: {
      reconciliation_keys: ["tag"],
      attributes: {
        tag: { kind: "string", null: false },
        size: { kind: "integer" },
        site: { kind: "external_key", target: "Site" },
      },
    },
  },
};

const withDevices = preparedModel(DEVICES, async (loading) => {
  await loading.load("Site", "name\nNorth\n");
  await loading.load("Device", "tag,size,site->name\nA,1,North\nB,2,North\n");
});

const CSV = "tag,size\nA,7\nX,8\nB,2\n";
const STORED = "tag,size";

Deno.test("on_missing=skip: rows without an object are passed over and counted; nothing is created", () =>
  withDevices(async ({ load, print, objects }) => {
    const { run, rows } = await load("Device", CSV, { on_missing: "skip" });
    assertEquals(rows, ["updated Device 1 size=1->7", "skipped", "unchanged Device 2"]);
    assertExit(run, 0);
    assertEquals(objects("Device", STORED), ["A,7", "B,2"]);
    const { settings, counts } = JSON.parse(run.stdout.trim().split("\n").at(-1) ?? "");
    assertEquals([settings.on_missing, settings.on_found, settings.links], ["skip", undefined, undefined]);
    assertEquals(counts, { rows: 3, created: 0, updated: 1, unchanged: 1, skipped: 1, rejected: 0, warnings: 0 });
    const { stdout } = await print("Device", CSV, { on_missing: "skip" });
    assertStringIncludes(stdout, "#On Missing: skip\n");
    assertStringIncludes(stdout, "#Data Lines: 3\n");
    assertStringIncludes(stdout, "#Unchanged: 2\n#Skipped: 1\n");
    assertStringIncludes(stdout, '\n1;skipped;n/a;n/a;"X";"8"');
  }));

Deno.test("on_missing=error: rows without an object are in error, whatever else may be wrong with them", () =>
  withDevices(async ({ load, print, objects }) => {
    const { run, rows } = await load("Device", "tag,size\nA,7\nX,8\nY,nine\n", { on_missing: "error" });
    const why = (tag: string) =>
      `no 'Device' object was found by tag '${tag}', and on_missing=error lets none be created`;
    assertEquals(rows.slice(0, 2), ["updated Device 1 size=1->7", `rejected: ${why("X")}`]);
    assertStringIncludes(rows[2] ?? "", why("Y"));
    assertStringIncludes(rows[2] ?? "", "size: ");
    assertExit(run, 1);
    assertEquals(objects("Device", STORED), ["A,7", "B,2"]);
    assertStringIncludes((await print("Device", CSV, { on_missing: "error" })).stdout, "#On Missing: error\n");
  }));

Deno.test("on_found=skip: objects that are there stay as they are, and the rest is created", () =>
  withDevices(async ({ load, print, objects }) => {
    const { run, rows } = await load("Device", CSV, { on_found: "skip" });
    assertEquals(rows, ["skipped Device 1", "created Device 3", "skipped Device 2"]);
    assertExit(run, 0);
    assertEquals(objects("Device", STORED), ["A,1", "B,2", "X,8"]);
    assertStringIncludes((await print("Device", CSV, { on_found: "skip" })).stdout, "#Skipped: 3\n");
  }));

Deno.test("on_found=error: rows with an object are in error and name it; what the file itself creates is found, too", () =>
  withDevices(async ({ load, objects }) => {
    const { run, rows } = await load("Device", "tag,size\nA,1\nX,8\nX,8\n", { on_found: "error" });
    const why = (id: number) =>
      `Device::${id} has these reconciliation keys already, and on_found=error lets no object be updated`;
    assertEquals(rows, [`rejected Device 1: ${why(1)}`, "created Device 3", `rejected Device 3: ${why(3)}`]);
    assertExit(run, 1);
    assertEquals(objects("Device", STORED), ["A,1", "B,2", "X,8"]);
  }));

Deno.test("only what has no object may be loaded, or only what has one, or nothing at all", () =>
  withDevices(async ({ load, everything }) => {
    const before = everything().filter((line) => !line.startsWith("change"));
    const { rows } = await load("Device", CSV, { on_missing: "skip", on_found: "skip" });
    assertEquals(rows, ["skipped Device 1", "skipped", "skipped Device 2"]);
    assertEquals(everything().filter((line) => !line.startsWith("change")), before);
  }));

Deno.test("a row that is passed over is not looked at further: its other cells are nobody's mistakes", () =>
  withDevices(async ({ load }) => {
    const csv = "tag,size,site->name\nX,nine,Nowhere\nA,nine,Nowhere\n";
    assertEquals((await load("Device", csv, { on_missing: "skip" })).rows[0], "skipped");
    assertEquals((await load("Device", csv, { on_found: "skip" })).rows[1], "skipped Device 1");
  }));

Deno.test("a row whose keys cannot be read, or mean several objects, is in error and not passed over", () =>
  withDevices(async ({ load }) => {
    const skip = { on_missing: "skip", on_found: "skip" };
    const both = await load("Device", "site->name,size\nNorth,1\n", { ...skip, reconciliationkeys: "site->name" });
    assertStringIncludes(both.rows[0] ?? "", "rejected: ambiguous reconciliation: 2 objects");
    const bad = await load("Device", "size,tag\nnine,A\n", { ...skip, reconciliationkeys: "size" });
    assertStringIncludes(bad.rows[0] ?? "", "rejected: failed to reconcile");
    const short = await load("Device", "tag,size\nX\n", skip);
    assertStringIncludes(short.rows[0] ?? "", "rejected: 1 cells where the header has 2");
    const noId = await load("Device", "id,size\nten,1\n99,1\n", { ...skip, reconciliationkeys: "id" });
    assertStringIncludes(noId.rows[0] ?? "", "rejected: failed to reconcile");
    assertEquals(noId.rows[1], "skipped");
  }));

Deno.test("a key that refers to what is not there finds no object either", () =>
  withDevices(async ({ load }) => {
    const keys = { reconciliationkeys: "tag,site->name" };
    const csv = "tag,site->name,size\nA,Nowhere,1\nA,North,1\n";
    const { rows } = await load("Device", csv, { ...keys, on_missing: "skip" });
    assertEquals(rows, ["skipped", "unchanged Device 1"]);
    const other = await load("Device", csv, { ...keys, on_missing: "error" });
    assertStringIncludes(other.rows[0] ?? "", "rejected: failed to reconcile");
  }));

Deno.test("rows that are passed over are handed back by no file of rows in error, and explained", () =>
  withDevices(async (loading) => {
    const { scratch, print } = loading;
    const rejects = scratch.path("rejects.csv");
    const { stdout } = await print("Device", CSV, { on_missing: "skip", on_found: "skip", rejects });
    assert(!stdout.includes("#Rejects"), stdout);
    await assertRejects(() => Deno.stat(rejects), Deno.errors.NotFound);
    const missing = await explainRow(loading, "Device", CSV, 3, { on_missing: "skip" });
    assertStringIncludes(missing.stdout, "An import would pass it over, as there is no such object (on_missing=skip)");
    const found = await explainRow(loading, "Device", CSV, 2, { on_found: "skip" });
    assertStringIncludes(found.stdout, "as there is such an object (on_found=skip): Device 1");
  }));

Deno.test("a password of an account that is passed over is not tried", () =>
  withWorld(async ({ print }) => {
    const csv = "login,password\nadmin,wrong\n";
    const { stdout } = await print("UserLocal", csv, { on_found: "skip" });
    assertStringIncludes(stdout, "0;skipped;UserLocal;");
    assert(!stdout.includes("wrong"), stdout);
  }));
