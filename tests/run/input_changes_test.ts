/** A file that somebody writes while `second_pass` reads it the second time: the run is taken back, and says why. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { feedFile } from "./feed_world.ts";

const MODEL = {
  name: "changes",
  languages: ["EN US"],
  classes: {
    Box: {
      reconciliation_keys: ["code"],
      attributes: {
        code: { kind: "string", null: false },
        within: { kind: "external_key", target: "Box" },
      },
    },
  },
};

/** More than is read at a time. */
const ROWS = 12_000;
const HEADER = "code,within->code\n";
const row = (number: number) => `c${number},c${ROWS - 1}\n`;
const LAST = row(ROWS - 1);

/** What is written, and where: at the end, or over the last row. */
const CHANGES: readonly (readonly [what: string, text: string, isAppended: boolean])[] = [
  ["a row more", "more,\n", true],
  ["very many rows more", "more,\n".repeat(50_000), true],
  ["more rows in the same length", "\na,\nb,\n".padEnd(LAST.length, "\n"), false],
  ["another target", LAST.replaceAll("c", "d"), false],
];

for (const [what, text, isAppended] of CHANGES) {
  Deno.test(`a file that changes while it is read again is refused: ${what}`, () =>
    withModel(MODEL, async (loading) => {
      const csv = HEADER + Array.from({ length: ROWS }, (_, number) => row(number)).join("");
      const before = loading.everything();
      let isChanged = false;
      const csvfile = loading.scratch.write("changing.csv", csv);
      const run = await feedFile(loading, "Box", "", { csvfile, second_pass: "within" }, {
        onStatement(sql) {
          if (isChanged || !/^UPDATE "?box/i.test(sql)) return;
          isChanged = true;
          using file = Deno.openSync(csvfile, { write: true });
          file.seekSync(isAppended ? 0 : -LAST.length, Deno.SeekMode.End);
          file.writeSync(new TextEncoder().encode(text));
        },
      });
      assert(isChanged, "the second reading updates");
      assertExit(run, 66);
      assertStringIncludes(run.stderr, "has changed while it was read");
      assertEquals(loading.everything(), before);
    }));
}
