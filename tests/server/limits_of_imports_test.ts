/** Limits of posted imports (SPEC 15): they came to their last row, so the answer is the report; nothing was written. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { countOf, ORGANIZATIONS } from "./own_requests.ts";
import { bytesOf, formPost, rawPost } from "./post.ts";
import { withServed } from "./served.ts";

const CSV = bytesOf(`name,code\nNew one,NEW\n${"x".repeat(300)},X\n`);

for (const [way, post] of [["a form", formPost], ["a query", rawPost]] as const) {
  Deno.test(`what exceeds a limit is answered with 200, the report and exit code 2: ${way}`, () =>
    withServed({}, async (served) => {
      const before = countOf(served.scratch.path("world.db"), "Organization");
      const answer = await served.post(post({ ...ORGANIZATIONS, max_errors: "0", output: "details" }, CSV));
      assertEquals([answer.status, answer.headers.get("csvrecon-exit-code")], [200, "2"]);
      assertStringIncludes(
        answer.text,
        "#Unchanged: 0\n#Limit exceeded: 1 row is in error, and max_errors=0 allows 0. Nothing was written\n" +
          "#Hint: output=errors shows why they are. Mend them, or allow more with max_errors\nLine;",
      );
      assertStringIncludes(answer.text, '\n0;created;Organization;0;"New one";"NEW"\n');
      assertEquals(countOf(served.scratch.path("world.db"), "Organization"), before);
    }));
}

Deno.test("a wrong limit is refused with 400, and JSON has the exit code", () =>
  withServed({}, async (served) => {
    const wrong = await served.post(formPost({ ...ORGANIZATIONS, max_changes: "many" }, CSV));
    assertEquals(wrong.status, 400);
    assertStringIncludes(wrong.text, "#Wrong max_changes 'many': expected a whole number from 0");
    const answer = await served.post(formPost({ ...ORGANIZATIONS, max_errors: "0%", output: "json" }, CSV));
    const end = JSON.parse(answer.text.trimEnd().split("\n").at(-1) ?? "");
    assertEquals([answer.status, end.exit_code, end.exceeded[0].given, end.exceeded[0].of], [200, 2, "0%", 2]);
  }));
