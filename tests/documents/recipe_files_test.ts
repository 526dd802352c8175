/** The files of recipes: those that a page shows are those of its folder in `fixtures/recipes`. */
import { assertEquals } from "@std/assert";
import { readDocument } from "../helpers/documents.ts";
import { exampleBlocks } from "../helpers/example_console.ts";
import { fixturePath } from "../helpers/fixtures.ts";

/** Pages, and the folders of their files. */
const RECIPES = [["docs/active_directory.md", "active_directory"], ["docs/price_list.md", "price_list"]] as const;

/** The text of each file of a folder by its name. Files in other charsets, which no page can show, are left out. */
function textsIn(folder: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { name } of Deno.readDirSync(fixturePath("recipes", folder))) {
    const text = textOf(Deno.readFileSync(fixturePath("recipes", folder, name)));
    if (text !== null) texts.set(name, text);
  }
  return texts;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

for (const [page, folder] of RECIPES) {
  Deno.test(`${page} shows the files of fixtures/recipes/${folder}`, () => {
    const shown = new Map(exampleBlocks(readDocument(page).text).map(({ file, text }) => [file, text]));
    const texts = [...textsIn(folder)];
    assertEquals(texts.map(([name]) => [name, shown.get(name)]), texts);
  });
}
