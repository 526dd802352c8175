/** What the documents show is true: their files are loaded by their commands, and these print what stands there. */
import { assertEquals } from "@std/assert";
import { allDocuments, type Document, readDocument } from "../helpers/documents.ts";
import { exampleBlocks, runConsole } from "../helpers/example_console.ts";
import { type Scratch, withScratch } from "../helpers/scratch.ts";

const README = readDocument("README.md");

/** What each document shows. The first of all are a newcomer's first steps; those of a page go on from these, in the same folder. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  "README.md": ["the first import", "persons"],
  "docs/active_directory.md": [
    ...["an export", "the export", "the classes", "the map", "the parameters", "look at it"],
    ...["the first night", "every night", "a file that was cut off", "who comes back", "the built-in model"],
  ],
  "docs/any_database.md": ["a shop", "classes of a shop", "a catalogue", "an overlay", "undo of a shop"],
  "docs/check.md": ["check", "check for a class", "a parameter file", "a map to start from", "for programs", "one row"],
  "docs/database.md": ["the database", "a copy of a database", "a rule of the database", "a model"],
  "docs/export.md": ["a class as a file", "some columns", "what loads back"],
  "docs/feeds.md": ["leavers become inactive", "the brake", "the same file again"],
  "docs/history.md": ["the newest runs", "one run", "an object", "for programs", "pruning", "undo"],
  "docs/http.md": ["over HTTP"],
  "docs/import.md": ["logins", "the change log"],
  "docs/jobs.md": ["a job"],
  "docs/files.md": ["around"],
  "docs/map.md": ["a map", "mistakes", "try it", "what the map makes"],
  "docs/second_pass.md": ["rows in any order"],
  "docs/matching.md": [
    "the choice of keys",
    "twins",
    "passed over",
    "create targets",
    "namesakes",
    "texts that look different",
  ],
  "docs/morning_after.md": [
    ...["the first night", "the bad night", "what it said", "why", "rows to mend", "mended rows"],
    ...["a file that was cut off", "who did it", "what changed", "back again"],
  ],
  "docs/page.md": ["a page"],
  "docs/parameters.md": ["param files"],
  "docs/price_list.md": ["a price list", "look at it", "load it", "the next list"],
  "docs/recipe_german_inventory.md": [
    "a German inventory",
    "parameters of a German inventory",
    "check of a German inventory",
    "the load of a German inventory",
    "next month of a German inventory",
  ],
  "docs/rejects.md": ["rows in error", "mended"],
  "docs/safe_runs.md": ["too many rows in error", "too many changes", "a copy before the run"],
  "docs/report.md": ["rows in error", "only rows in error", "what changes", "JSON"],
  "docs/users.md": ["a login for a job", "a new password"],
  "docs/values.md": ["numbers", "dates and values"],
};

async function play(document: Document, scratch: Scratch, test: Deno.TestContext): Promise<void> {
  for (const { part, file, text } of exampleBlocks(document.text)) {
    if (file !== null) scratch.write(file, text);
    else await test.step(part, async () => assertEquals(await runConsole(scratch, text), text));
  }
}

for (const path of Object.keys(PARTS)) {
  Deno.test(`${path}: the commands print what it shows`, (test) =>
    withScratch(async (scratch) => {
      await play(README, scratch, test);
      if (path !== README.path) await play(readDocument(path), scratch, test);
    }));
}

Deno.test("the examples of the documents are these", () => {
  const shown = allDocuments().map(({ path, text }) =>
    [path, [...new Set(exampleBlocks(text).map((block) => block.part))]] as const
  );
  assertEquals(Object.fromEntries(shown.filter(([, parts]) => parts.length > 0)), PARTS);
});

Deno.test("no document shows a fenced file or command that is not tested", () => {
  for (const { path, text } of allDocuments()) {
    const untested = text.replaceAll(/^<!-- test:begin .+ -->\n[^]*?^<!-- test:end -->$/gm, "");
    assertEquals(untested.match(/^ *(```|~~~).*$/gm), null, path);
  }
});
