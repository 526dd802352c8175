/** Formats of the report over HTTP: rows in error and what changed are a part of the answer, in plain text and without colours. */
import { assert, assertEquals } from "@std/assert";
import { ORGANIZATIONS } from "./own_requests.ts";
import { formPost } from "./post.ts";
import { withServed } from "./served.ts";

const CSV = new TextEncoder().encode("name,status\nPosted,active\n\x1b[31mBad,x\n");

async function answerTo(output: string): Promise<{ readonly type: string | undefined; readonly lines: string[] }> {
  let told: { type: string | undefined; lines: string[] } = { type: undefined, lines: [] };
  await withServed({}, async (served) => {
    const answer = await served.post(formPost({ ...ORGANIZATIONS, output }, CSV));
    assertEquals(answer.status, 200, answer.text);
    told = { type: answer.headers.get("content-type"), lines: answer.text.trimEnd().split("\n") };
  });
  return told;
}

Deno.test("output=diff: what changed", async () => {
  const { type, lines } = await answerTo("diff");
  assertEquals(type, "text/plain; charset=utf-8");
  assert(/^\+ Organization \d+ Posted \(line 2\)$/.test(lines[0] ?? ""), lines[0]);
  assert(lines.includes("! name '\\x1b[31mBad' (line 3)"), lines.join("\n"));
  assertEquals(lines.at(-1), "Organization: 1 created, 0 updated, 0 unchanged, 1 in error");
});

Deno.test("output=errors: the rows in error", async () => {
  const { type, lines } = await answerTo("errors");
  assertEquals(type, "text/plain; charset=utf-8");
  assertEquals(lines.at(-2), "File Line;Status;Reasons;name");
  assert(lines.at(-1)?.startsWith('3;"Issue: Unexpected attribute value(s)";"status: '), lines.at(-1));
});

Deno.test("a posted form may not choose colours", async () => {
  await withServed({}, async (served) => {
    const answer = await served.post(formPost({ ...ORGANIZATIONS, no_color: "1" }, CSV));
    assertEquals(answer.status, 400, answer.text);
  });
});
