import { assertEquals } from "@std/assert";
import { bold, lines, literal, prose } from "../../lib/parameters/manuals/roff.ts";

Deno.test("what people type comes out of roff character for character", () => {
  assertEquals(
    literal("--auth-user='a' \"b\" `c` ~ ^ \\n"),
    "\\-\\-auth\\-user=\\(aqa\\(aq \\(dqb\\(dq \\(gac\\(ga \\(ti \\(ha \\en",
  );
  assertEquals(literal("JOB… été"), "JOB\\[u2026] \\[u00E9]t\\[u00E9]");
});

Deno.test("a hyphen within a word stays one, any other is a minus", () => {
  assertEquals(prose("comma-separated UTF-8, -1 and --name"), "comma-separated UTF\\-8, \\-1 and \\-\\-name");
});

Deno.test("what is between backticks is bold", () => {
  assertEquals(prose("`-` reads standard input"), "\\fB\\-\\fR reads standard input");
  assertEquals(prose("as `Y-m-d`"), `as ${bold("Y-m-d")}`);
});

Deno.test("lines are broken at blanks, and none becomes a request", () => {
  const word = "x".repeat(40);
  assertEquals(lines(`${word} ${word} .hidden 'quoted`), [word, `${word} .hidden 'quoted`]);
  assertEquals(lines(".dot"), ["\\&.dot"]);
  assertEquals(lines("'aps"), ["\\&'aps"]);
});
