/** Every link of a document leads to a file of the project, and to a heading that is there. */
import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { allDocuments, type Document, headings, linksIn, PROJECT, resolveLink } from "../helpers/documents.ts";

function exists(path: string): boolean {
  try {
    Deno.statSync(join(PROJECT, path));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The links of a document that lead nowhere. */
function brokenLinks(document: Document, all: readonly Document[]): string[] {
  return linksIn(document.text).filter((target) => {
    const link = resolveLink(target, document.path);
    if (link === null) return false;
    const text = all.find(({ path }) => path === link.path)?.text;
    if (link.path.startsWith("..") || (text === undefined && !exists(link.path))) return true;
    return link.anchor !== "" && !headings(text ?? "").some(({ anchor }) => anchor === link.anchor);
  });
}

for (const document of allDocuments()) {
  Deno.test(`${document.path}: every link leads somewhere`, () => {
    assertEquals(brokenLinks(document, allDocuments()), []);
  });
}

Deno.test("a link that leads nowhere is found: its file, its heading, a folder above the project", () => {
  const text =
    "# A *title*, and `more`\n\n## Twice\n\n## Twice\n\n[a](#a-title-and-more) [b](#twice-1) [c](../README.md)" +
    " [d](#twice-2) [e](no.md) [f](../README.md#no-such) `[g](none.md)` [h](https://example.org/#x) [i](../../x)\n" +
    "    [j](none.md)\n";
  const document = { path: "docs/sample.md", text };
  assertEquals(brokenLinks(document, [...allDocuments(), document]), [
    "#twice-2",
    "no.md",
    "../README.md#no-such",
    "../../x",
  ]);
});

Deno.test("every path that a document names in code is there", () => {
  const inProject = /`((?:\.ci|docs|fixtures|lib|scripts|tests)\/[\w./-]*)`/g;
  for (const { path, text } of allDocuments()) {
    const named = [...text.matchAll(inProject)].map(([, name = ""]) => name);
    assertEquals(named.filter((name) => !exists(name)), [], path);
  }
});
