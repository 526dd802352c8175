/** From the text of a model file to its JSON value. */
import { parse } from "@std/jsonc";
import { itemPath, propertyPath, ROOT_PATH } from "./json_path.ts";
import type { PlacedProblem, SyntaxProblem } from "./model_problem.ts";

export type ParsedText =
  | { readonly ok: true; readonly value: unknown; readonly repeated: readonly PlacedProblem[] }
  | { readonly ok: false; readonly problem: SyntaxProblem };

/** Parses JSON with comments. A property that stands twice in one object is reported too: the parser would keep the last one. */
export function parseModelText(text: string): ParsedText {
  try {
    return { ok: true, value: parse(text), repeated: repeatedProperties(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, problem: syntaxProblem(text, error.message) };
  }
}

/** The parser tells the place as an offset within its message. */
function syntaxProblem(text: string, message: string): SyntaxProblem {
  const place = /unexpected token "([\s\S]*)" in JSONC at position (\d+)$/.exec(message);
  const offset = place === null ? text.length : Number(place[2]);
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return {
    kind: "syntax",
    line: before.length,
    column: (before.at(-1) ?? "").length + 1,
    found: place?.[1] ?? null,
  };
}

interface OpenValue {
  readonly path: string;
  /** Names that were seen in an object; null for a list. */
  readonly names: Set<string> | null;
  /** The value that comes next: the name of a property, or the index of an item. */
  next: string | number;
}

/** Strings, comments, punctuation; numbers and literals do not matter here. */
const TOKEN = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|[{}[\],]/g;

/** Blanks and comments, then a colon. */
const COLON_NEXT = /(?:\s|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)*:/y;

/** @param text JSON with comments that is known to parse */
function repeatedProperties(text: string): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const open: OpenValue[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0];
    const inner = open.at(-1);
    if (token === "{" || token === "[") {
      open.push({ path: nextPath(inner), names: token === "{" ? new Set() : null, next: 0 });
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (token === "," && typeof inner?.next === "number") {
      inner.next++;
    } else if (token.startsWith('"') && inner?.names && isName(text, match.index + token.length)) {
      const name: string = JSON.parse(token);
      inner.next = name;
      if (inner.names.has(name)) {
        const line = text.slice(0, match.index).split(/\r\n|\r|\n/).length;
        problems.push({ kind: "repeated_property", path: nextPath(inner), name, line });
      }
      inner.names.add(name);
    }
  }
  return problems;
}

/** Whether the string that ends at `end` is followed by a colon: a property's name, not a value. */
function isName(text: string, end: number): boolean {
  COLON_NEXT.lastIndex = end;
  return COLON_NEXT.test(text);
}

function nextPath(open: OpenValue | undefined): string {
  if (open === undefined) return ROOT_PATH;
  return typeof open.next === "number" ? itemPath(open.path, open.next) : propertyPath(open.path, open.next);
}
