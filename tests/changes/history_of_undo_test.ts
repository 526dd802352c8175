/** The history tells which run took back which, and what it had to leave. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Loading, withModel } from "../helpers/loading.ts";
import { ADMIN } from "../helpers/golden_case.ts";
import { toldEntries, toldJson, toldLines } from "./asked_history.ts";
import { SHOP } from "./shop_model.ts";

const KEY = { reconciliationkeys: "name" };

function undo({ scratch, database }: Loading, change: number) {
  return scratch.run(["undo", `--db=${database}`, `--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`, `--change=${change}`]);
}

/** The number of each run, the newest first, with what it took back, what took it back, and how much that has left. */
async function undos(loading: Loading): Promise<unknown[]> {
  const runs = (await toldJson(loading)).filter(({ type }) => type === "run");
  return runs.map((run) => [run["id"], run["undoes"], run["undone_by"], run["left"]]);
}

Deno.test("an undo, and the undo of that, are told beside what they took back", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Box", "name,size\na,1\n", KEY);
    await loading.load("Box", "name,size\na,2\nb,3\n", KEY);
    await undo(loading, 2);
    assertEquals(await undos(loading), [[3, 2, null, null], [2, null, 3, 0], [1, null, null, null]]);
    assertStringIncludes((await toldLines(loading)).join("\n"), "\n        undo of run 2\n");
    assertStringIncludes((await toldLines(loading, { change: "2" })).join("\n"), "  Note     undone by run 3\n");
    assertEquals((await toldEntries(loading, { change: "2" })).toSorted(), [
      "create Box 2",
      'create Box 2 name: null -> "b"',
      'create Box 2 size: null -> "3"',
      'update Box 1 size: "1" -> "2"',
    ]);
    await undo(loading, 3);
    assertEquals((await undos(loading)).slice(0, 3), [[4, 3, null, null], [3, 2, 4, 0], [2, null, null, null]]);
    assertEquals((await toldJson(loading, { change: "3" }))[0]?.["class"], "Box");
  }));

Deno.test("what an undo had to leave is counted", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Box", "name,size\na,1\nb,1\n", KEY);
    await loading.load("Box", "name,size\na,2\nb,2\n", KEY);
    await loading.load("Box", "name,size\nb,5\n", KEY);
    await undo(loading, 2);
    assertEquals((await undos(loading))[2], [2, null, 4, 1]);
    assertStringIncludes((await toldLines(loading)).join("\n"), "        undone by run 4, but for 1 part\n");
  }));
