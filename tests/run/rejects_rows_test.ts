/** The rows in error as they came: hostile texts, wrong lengths, escapes, names that the class has itself. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { withBoxes } from "./rejects_world.ts";

const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function rowsOf(bytes: Uint8Array | null): string {
  return UTF_8.decode(bytes ?? new Uint8Array(0));
}

Deno.test("a short row that nobody has filled is in error again, and loads when it is filled or its status emptied", () =>
  withBoxes(async ({ loadBoxes, fileOf, objects }) => {
    await loadBoxes("name,size,note\na,1,old\n", { rejects: "none.csv" });
    await loadBoxes("name,size,note\na,2\nb\n");
    assertEquals(
      rowsOf(fileOf()),
      [
        "name,size,note,_line,_status,_why",
        "a,2,,2,short_2,2 cells where the header has 3",
        "b,,,3,short_1,1 cells where the header has 3",
        "",
      ].join("\n"),
    );
    const again = await loadBoxes(rowsOf(fileOf()), { rejects: "again.csv" });
    assertExit(again, 1);
    assertEquals(rowsOf(fileOf("again.csv")), rowsOf(fileOf()), "and no column stands there twice");
    assertEquals(objects("Box", "name,size,note"), ["a,1,old"], "nothing was erased");
    const filled = "name,size,note,_line,_status,_why\na,2,new,2,short_2,why\nb,,,3,,why\n";
    assertExit(await loadBoxes(filled, { rejects: "again.csv" }), 0);
    assertEquals(objects("Box", "name,size,note"), ["a,2,new", "b,,"]);
  }));

Deno.test("rows that were added or cut by hand in a file of rows in error are counted with its header", () =>
  withBoxes(async ({ loadBoxes, fileOf }) => {
    const csv = "name,size,_line,_status,_why\na,1\nb,1,2,3,4,5,6\nc,x,1,2\nd,1,2,3,9,long_4,why\n";
    const run = await loadBoxes(csv, { output: "errors" });
    assertExit(run, 1);
    assertEquals(rowsOf(fileOf()).split("\n"), [
      "name,size,_line,_status,_why",
      "a,1,2,short_2,2 cells where the header has 5",
      "b,1,2,3,4,5,6,3,long_7,7 cells where the header has 5",
      "c,x,1,2,4,short_4,4 cells where the header has 5",
      "d,1,2,3,5,long_4,4 cells where the header has 2",
      "",
    ]);
  }));

Deno.test("what the words quote stays in its cell: qualifiers, separators, line breaks, escapes, backslashes", () =>
  withBoxes(async ({ loadBoxes, fileOf }) => {
    const cells = ['"a""b,c"', '"a\nb"', '"\u001b[2Jx\\"', "x\\", '"<NULL> "', "\u202ex", "'x", '"=1+1"'];
    await loadBoxes("name,size\n" + cells.map((cell, index) => `k${index},${cell}\n`).join(""));
    const text = rowsOf(fileOf());
    for (const [index, cell] of cells.entries()) assertStringIncludes(text, `k${index},${cell},`);
    const added = text.split("\n").filter((line) => line.includes(",rejected,")).map((line) =>
      line.split(",rejected,")[1]
    );
    for (const why of added) {
      // deno-lint-ignore no-control-regex
      assert(!/[\u0000-\u001f\u202a-\u202e]/.test(why ?? ""), why);
      assert(!why?.endsWith('\\"'), why);
    }
    const again = await loadBoxes(text, { rejects: "again.csv" });
    assertStringIncludes(again.stdout, `#Issues: ${cells.length}\n`);
    assertStringIncludes(again.stdout, "#Data Lines: 8\n");
  }));

Deno.test("a cell of a million characters is given back whole, and its reason is cut", () =>
  withBoxes(async ({ loadBoxes, fileOf }) => {
    const long = "x".repeat(1_000_000);
    await loadBoxes(`name,size\nk,${long}\n`);
    const text = rowsOf(fileOf());
    assertStringIncludes(text, `k,${long},2,rejected,`);
    assert(text.length < 1_020_000, String(text.length));
  }));

Deno.test("a NUL and bytes of other line ends are kept as they came", () =>
  withBoxes(async ({ loadBoxes, fileOf }) => {
    await loadBoxes("name,size\rk\0,1\rl,x\r\n\r\r\n m , y \r");
    assertEquals(
      rowsOf(fileOf()).replaceAll(/,rejected,("[^"]*"|[^\r\n]*)/g, ",R"),
      [
        "name,size,_line,_status,_why\r",
        "k\0,1,2,R\r",
        "l,x,3,R\r\n",
        " m , y ,6,R\r",
      ].join(""),
    );
  }));

Deno.test("ISO-2022-JP: a state that crosses rows goes with each row, and rows decode to what they were", () =>
  withBoxes(async ({ loadBoxes, fileOf }) => {
    const ascii = [0x1b, 0x28, 0x42];
    const roman = [0x1b, 0x28, 0x4a];
    const text = (value: string) => [...new TextEncoder().encode(value)];
    // In the Roman set the backslash is a yen sign, and it goes on through line ends.
    const bytes = Uint8Array.from([
      ...text("name,size\nok,1\n"),
      ...roman,
      ...text("a\\,x\nok2,2\nb\\,y\nc\\,"),
      ...ascii,
      ...text("z\\\nd\\,w\n"),
    ]);
    const run = await loadBoxes(bytes, { charset: "ISO-2022-JP" });
    assertExit(run, 1);
    const decoded = new TextDecoder("iso-2022-jp", { fatal: true }).decode(fileOf() ?? new Uint8Array(0));
    assertEquals(decoded.split("\n").map((line) => line.split(",").slice(0, 2).join(",")), [
      "name,size",
      "a¥,x",
      "b¥,y",
      "c¥,z\\",
      "d\\,w",
      "",
    ]);
    const again = await loadBoxes(fileOf() ?? "", { charset: "ISO-2022-JP", rejects: "again.csv" });
    assertStringIncludes(again.stdout, "#Issues: 4\n");
  }));

Deno.test("a separator that the charset lacks, or that the added names have, is told", () =>
  withBoxes(async ({ loadBoxes, fileOf }) => {
    const lacking = await loadBoxes("name\nx\n", { charset: "WINDOWS-1252", separator: "→" });
    assertExit(lacking, 64);
    assertStringIncludes(lacking.stdout, "#The charset WINDOWS-1252 has no '→', the separator");
    const within = await loadBoxes("name_size\nx_y\n", { separator: "_", qualifier: "" });
    assertExit(within, 64);
    assertStringIncludes(within.stdout, "whose names have '_' in them");
    const quoted = await loadBoxes("name_size\nx_y\n", { separator: "_" });
    assertExit(quoted, 1);
    assertStringIncludes(rowsOf(fileOf()), 'name_size_"_line"_"_status"_"_why"\nx_y_2_rejected_');
    assertStringIncludes(
      (await loadBoxes(rowsOf(fileOf()), { separator: "_", rejects: "b.csv" })).stdout,
      "#Columns: name, size\n",
    );
  }));

Deno.test("the added columns are ignored only at the end, in this order and spelling, and behind others", () =>
  withBoxes(async ({ print }) => {
    for (
      const header of [
        "name,_why,_status,_line",
        "_line,_status,_why,name",
        "name,_line,_status",
        "name,_LINE,_STATUS,_WHY",
      ]
    ) {
      const run = await print("Box", `${header}\n`);
      assertExit(run, 64);
      assertStringIncludes(run.stdout, "Unknown column: '_");
    }
    assertExit(await print("Box", "_line,_status,_why\n"), 64);
    const run = await print("Box", 'name, "_line" ,_status,_why\nx,1,2,3\n');
    assertExit(run, 0);
    assertStringIncludes(run.stdout, "#Warnings: 0\n");
    assertStringIncludes(run.stdout, "#Columns: name\n");
    assertStringIncludes(run.stdout, "Line;Status;Object Class;Object Id;name (name)\n");
  }));

Deno.test("a class that has a column of such a name means that one", () =>
  withModel({
    name: "odd",
    classes: {
      Odd: {
        reconciliation_keys: ["name"],
        attributes: {
          name: { kind: "string", null: false },
          why: { kind: "text", labels: { "EN US": "_why" } },
        },
      },
    },
    profiles: [{ id: 1, name: "Administrator", administrator: true }],
  }, async ({ print }) => {
    const run = await print("Odd", "name,_line,_status,_why\nx,1,2,3\n", { no_localize: "0" });
    assertExit(run, 64);
    assertStringIncludes(run.stdout, "#Unknown column: '_line'");
  }));
