import { assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { parameterTables } from "../../lib/parameters/manuals/parameter_table.ts";
import { withParameterTables, writeHelp } from "../../scripts/write_help.ts";
import { withFiles } from "../parameters/scratch_folder.ts";

const EMPTY = "# Title\n\n<!-- parameters:begin -->\n<!-- parameters:end -->\n\nMore\n";
const FULL = `# Title\n\n<!-- parameters:begin -->\n\n${parameterTables()}\n<!-- parameters:end -->\n\nMore\n`;
const STALE = "<!-- parameters:begin -->\n\n| old |\n\n<!-- parameters:end -->\n";

Deno.test("the tables are put between the markers, in place of what stands there", () => {
  assertEquals(withParameterTables(EMPTY), FULL);
  assertEquals(withParameterTables(FULL), FULL);
  assertEquals(withParameterTables(STALE)?.includes("| old |"), false);
});

Deno.test("without both markers nothing can be written", () => {
  assertEquals(withParameterTables("# Title\n"), null);
  assertEquals(withParameterTables("<!-- parameters:begin -->\n"), null);
  assertEquals(withParameterTables("<!-- parameters:end -->\n<!-- parameters:begin -->\n"), null);
});

Deno.test("a page is written once, then it is up to date; --check never writes", async () => {
  await withFiles({ "parameters.md": EMPTY }, async (folder) => {
    const file = `${folder}/parameters.md`;
    assertEquals((await writeHelp(file, true)).ok, false);
    assertEquals(await Deno.readTextFile(file), EMPTY);
    assertEquals((await writeHelp(file, false)).ok, true);
    assertEquals(await Deno.readTextFile(file), FULL);
    assertEquals((await writeHelp(file, true)).ok, true);
  });
});

async function runScript(...args: string[]): Promise<{ readonly code: number; readonly message: string }> {
  const script = fromFileUrl(new URL("../../scripts/write_help.ts", import.meta.url));
  const command = new Deno.Command(Deno.execPath(), { args: ["run", "-q", "-A", "--no-lock", script, ...args] });
  const { code, stderr } = await command.output();
  return { code, message: new TextDecoder().decode(stderr) };
}

Deno.test("as a program, --check fails when the table is out of date", async () => {
  await withFiles({ "parameters.md": STALE, "no.md": "# Title\n" }, async (folder) => {
    const file = `${folder}/parameters.md`;
    const stale = await runScript("--check", file);
    assertEquals([stale.code, stale.message], [
      1,
      `${file}: the parameter table is out of date. Run scripts/write_help.ts\n`,
    ]);
    assertEquals((await runScript(file)).code, 0);
    assertEquals(await runScript("--check", file), {
      code: 0,
      message: `${file}: the parameter table is up to date\n`,
    });
    const noMarkers = await runScript(`${folder}/no.md`);
    assertEquals(noMarkers.code, 1);
    assertStringIncludes(noMarkers.message, "expected a line <!-- parameters:begin -->");
  });
});

Deno.test("the formatter leaves the tables alone", async () => {
  await withFiles({ "parameters.md": FULL }, async (folder) => {
    const args = ["fmt", "-q", "--check", `${folder}/parameters.md`];
    const { success } = await new Deno.Command(Deno.execPath(), { args, stderr: "null" }).output();
    assertEquals(success, true);
  });
});
