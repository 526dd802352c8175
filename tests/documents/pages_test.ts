/** README.md is the door, and docs/ has a page a task: each says what it helps with, what is in it, and where to go on. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import deno from "../../deno.json" with { type: "json" };
import { PARAMETERS } from "../../lib/parameters/list/definitions.ts";
import { ROOMS } from "../../scripts/rooms.ts";
import { type Document, headings, linksIn, pages, PROJECT, readDocument, resolveLink } from "../helpers/documents.ts";

const README = readDocument("README.md");

/** What fits on a screen needs no contents. */
const LINES_OF_A_SCREEN = 50;

function lineCount({ text }: Document): number {
  return text.split("\n").length - 1;
}

/** The headings that a document lists at its beginning, as links. */
function contents({ text }: Document): string[] {
  const list = /(?:^- \[.+\]\(#.+\)\n)+/m.exec(text.slice(0, text.indexOf("\n## ")))?.[0] ?? "";
  return linksIn(list).map((target) => target.slice(1));
}

/** The anchors of the headings below the title. */
function sections({ text }: Document): string[] {
  return headings(text).filter(({ level }) => level === 2).map(({ anchor }) => anchor);
}

/** The documents to which one links, itself left out. */
function neighbours({ path, text }: Document): string[] {
  const targets = linksIn(text).map((target) => resolveLink(target, path)?.path ?? path);
  return targets.filter((target) => target !== path);
}

Deno.test("the README is a door: at most 250 lines, with contents", () => {
  assert(lineCount(README) <= 250, `${lineCount(README)} lines`);
  assertEquals(contents(README), sections(README));
});

Deno.test("the README's table of tasks leads to every page, once", () => {
  const table = /^## Tasks\n([^]*?)^## /m.exec(README.text)?.[1] ?? "";
  assertEquals(linksIn(table).sort(), pages().map(({ path }) => path));
});

for (const page of pages()) {
  Deno.test(`${page.path}: says what it helps with, what is in it, and where to go on`, () => {
    assertMatch(page.text, /^# .+\n\nThis page helps you to (?:.+\n)*?.+\.\n\n/);
    if (lineCount(page) > LINES_OF_A_SCREEN) assertEquals(contents(page), sections(page));
    const linked = neighbours(page);
    assert(linked.includes("README.md"), "no link to README.md");
    assert(linked.some((path) => path.startsWith("docs/")), "no link to a page beside it");
  });
}

Deno.test("docs/http.md names every parameter of an import that a request may not post", () => {
  const { text } = readDocument("docs/http.md");
  const named = /everything that names a path[^]*?are refused/.exec(text)?.[0] ?? "";
  const refused = PARAMETERS.filter(({ uses, sources }) => uses.import !== undefined && !sources.includes("http"));
  assertEquals([...named.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort(), refused.map(({ name }) => name).sort());
});

Deno.test("ARCHITECTURE.md has the rooms in the order of the rule", () => {
  const { text } = readDocument("ARCHITECTURE.md");
  const table = /^\| room [^]*?\n\n/m.exec(text)?.[0] ?? "";
  const rooms = [...table.matchAll(/^\| `(\w+\/)`/gm)].map(([, room]) => `lib/${room}`);
  assertEquals(rooms, ROOMS.filter((room) => room.endsWith("/")));
});

Deno.test("the README's two commands are tasks, and the continuous integration runs its test command", () => {
  const named = [...README.text.matchAll(/`((?:npx -y deno@[\d.]+|deno) task (\S+))`/g)];
  const tasks: Readonly<Record<string, unknown>> = deno.tasks;
  for (const [, , task = ""] of named) assert(task in tasks, task);
  const commands = named.map(([, command]) => command);
  const test = commands.find((command) => /^npx .* task test$/.test(command ?? ""));
  assert(test !== undefined && commands.includes(test.replace(/test$/, "demo")));
  assertMatch(README.text, /The demo takes about [^.]+\. The tests take about [^.]+/, "how long they take");
  assertStringIncludes(Deno.readTextFileSync(join(PROJECT, ".ci/run")), `\nrun ${test}\n`);
});
