/** The documents of the project: README.md, the pages of docs/ and the others beside them. */
import { dirname, fromFileUrl, join } from "@std/path";

/** A Markdown file. */
export interface Document {
  /** Its path in the project, as `docs/jobs.md`. */
  readonly path: string;
  readonly text: string;
}

export const PROJECT: string = fromFileUrl(new URL("../..", import.meta.url));

/** The pages of docs/, by name. */
export function pages(): Document[] {
  const names = [...Deno.readDirSync(join(PROJECT, "docs"))].map(({ name }) => `docs/${name}`);
  // JSON Schemas lie beside the pages that tell of them.
  return names.filter((name) => name.endsWith(".md")).sort().map(readDocument);
}

/** README.md, the pages of docs/ and what stands beside the README. */
export function allDocuments(): Document[] {
  const besideReadme = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md"].map(readDocument);
  return [...besideReadme, ...pages()];
}

/** @param path in the project */
export function readDocument(path: string): Document {
  return { path, text: Deno.readTextFileSync(join(PROJECT, path)) };
}

export interface Heading {
  /** 1 for `#`. */
  readonly level: number;
  readonly title: string;
  /** What stands behind `#` in a link to it. */
  readonly anchor: string;
}

/** The headings in their order, with the anchors that GitHub gives them. */
export function headings(text: string): Heading[] {
  const seen = new Map<string, number>();
  return [...withoutCode(text).matchAll(/^(#+) (.+)$/gm)].map(([, signs = "", title = ""]) => {
    const plain = title.toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, "").replaceAll(" ", "-");
    const before = seen.get(plain) ?? 0;
    seen.set(plain, before + 1);
    return { level: signs.length, title, anchor: before === 0 ? plain : `${plain}-${before}` };
  });
}

/** The targets of the links in a text, without those in code. */
export function linksIn(text: string): string[] {
  const prose = withoutCode(text).replaceAll(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
}

/**
 * Where a link leads to.
 * @param from path of the document in which it stands
 * @returns null: out of the project
 */
export function resolveLink(target: string, from: string): { readonly path: string; readonly anchor: string } | null {
  if (/^[a-z]+:/.test(target)) return null;
  const [path = "", anchor = ""] = target.split("#");
  return { path: path === "" ? from : join(dirname(from), path), anchor };
}

/** The text without its blocks of code. */
function withoutCode(text: string): string {
  return text.replaceAll(/^```[^]*?^```$/gm, "").replaceAll(/^ {4}.*$/gm, "");
}
