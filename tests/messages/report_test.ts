import { assert, assertEquals } from "@std/assert";
import { reportLine } from "../../lib/messages/report.ts";
import { processorSeconds } from "../helpers/processor_time.ts";

const COMMENTS: readonly (readonly [string, string])[] = [
  ["a  b", "a  b"],
  [" a ", " a "],
  ["a\nb", "a b"],
  ["a \t\r\n  b\rc", "a b c"],
  ["a\n \n b", "a b"],
  ["\n a \n", " a "],
];

for (const [comment, line] of COMMENTS) {
  Deno.test(`a comment stays on its line: ${JSON.stringify(comment)}`, () => {
    assertEquals(reportLine.comment(comment), `#Change tracking comment: ${line}`);
  });
}

Deno.test("many blanks in a comment take no longer than other characters", async () => {
  const comment = `a${" ".repeat(100_000)}b`;
  assert(await processorSeconds(() => reportLine.comment(comment)) < 2);
});
