/** What the README shows is true: its files are loaded by its commands, and these print what stands there. */
import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { readmeBlocks, runConsole } from "./helpers/readme_console.ts";
import { withScratch } from "./helpers/scratch.ts";

const README = Deno.readTextFileSync(fromFileUrl(new URL("../README.md", import.meta.url)));

Deno.test("the README's commands print what it shows", (test) =>
  withScratch(async (scratch) => {
    for (const { part, file, text } of readmeBlocks(README)) {
      if (file !== null) scratch.write(file, text);
      else await test.step(part, async () => assertEquals(await runConsole(scratch, text), text));
    }
  }));

Deno.test("the README's tested parts are those of a newcomer's first steps", () => {
  assertEquals([...new Set(readmeBlocks(README).map((block) => block.part))], [
    "the first import",
    "persons",
    "logins",
    "the change log",
    "a job",
    "over HTTP",
    "the database",
    "a model",
  ]);
});
