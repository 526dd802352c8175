/** The files of docs/recipe_german_inventory.md, in the charset in which a spreadsheet writes them. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { PROJECT, readDocument } from "../helpers/documents.ts";
import { assertExit, withScratch } from "../helpers/scratch.ts";

const FOLDER = `${PROJECT}/fixtures/recipes/german_inventory`;
const LOGIN = ["--auth_user=admin", "--auth_pwd=admin"];

Deno.test("a German inventory loads as it is, is unchanged then, and comes back in the same notation", () =>
  withScratch(async ({ run, folder, write, path }) => {
    for (const name of ["inventar.csv", "inventar.jsonc", "inventar.params"]) {
      write(name, Deno.readFileSync(`${FOLDER}/${name}`));
    }
    const inFolder = { folder };
    await run(
      ["init", "--db=inventar.db", "--model=inventar.jsonc", "--admin_user=admin", "--admin_pwd=admin"],
      inFolder,
    );
    const load = ["--param_file=inventar.params", ...LOGIN];
    const first = await run(load, inFolder);
    assertExit(first, 0);
    assertStringIncludes(first.stdout, "#Created: 4\n");
    assertStringIncludes((await run(load, inFolder)).stdout, "#Unchanged: 4\n");
    const notation = ["--separator=;", "--charset=WINDOWS-1252", "--date_format=j.n.Y", "--decimal_sign=,"];
    const back = await run([
      "export",
      "--db=inventar.db",
      ...LOGIN,
      "--class=Gegenstand",
      "--file=back.csv",
      "--write=back.params",
      "--grouping_sign=.",
      "--null_words=#NV",
      ...notation,
    ], inFolder);
    assertExit(back, 0);
    const text = new TextDecoder("windows-1252").decode(Deno.readFileSync(path("back.csv")));
    assertStringIncludes(text, '1001;"Bürostuhl ""Köln""";2.14;3.2.2024;1.249,90;12;');
    const again = await run(["--param_file=back.params", ...LOGIN], inFolder);
    assertStringIncludes(again.stdout, "#Unchanged: 4\n");
  }));

Deno.test("the page shows the files that lie in fixtures", () => {
  const { text } = readDocument("docs/recipe_german_inventory.md");
  const shown = (name: string) => {
    const bytes = Deno.readFileSync(`${FOLDER}/${name}`);
    const charset = name.endsWith(".csv") ? "windows-1252" : "utf-8";
    return new TextDecoder(charset).decode(bytes).replaceAll("\r\n", "\n").replace("charset = WINDOWS-1252\n", "");
  };
  for (const name of ["inventar.csv", "inventar.jsonc", "inventar.params"]) {
    assertEquals(text.includes(` ${name}\n${shown(name)}\`\`\``), true, name);
  }
});
