/** The files of recipes: those that a page shows are those of its folder in `fixtures/recipes`. */
import { assertEquals } from "@std/assert";
import { PROJECT, readDocument } from "../helpers/documents.ts";
import { exampleBlocks } from "../helpers/example_console.ts";

/** Pages, and the folders of their files. */
const RECIPES = [["docs/price_list.md", "price_list"]] as const;

for (const [page, folder] of RECIPES) {
  Deno.test(`${page} shows the files of fixtures/recipes/${folder}`, () => {
    const path = `${PROJECT}/fixtures/recipes/${folder}`;
    const shown = new Map(exampleBlocks(readDocument(page).text).map(({ file, text }) => [file, text]));
    const names = [...Deno.readDirSync(path)].map(({ name }) => name).sort();
    assertEquals(names.map((name) => shown.get(name)), names.map((name) => Deno.readTextFileSync(`${path}/${name}`)));
  });
}
