/** From the text of a model file to its JSON value. */
import { parse } from "@std/jsonc";
import { jsonStructure, type JsonToken } from "./json_structure.ts";
import { itemPath, propertyPath, ROOT_PATH } from "./json_path.ts";
import type { DepthProblem, PlacedProblem, SyntaxProblem } from "./model_problem.ts";

export type ParsedText =
  | { readonly ok: true; readonly value: unknown; readonly repeated: readonly PlacedProblem[] }
  | { readonly ok: false; readonly problem: SyntaxProblem | DepthProblem };

/** Parses JSON with comments. A property that stands twice in one object is reported too: the parser would keep the last one. */
export function parseModelText(text: string): ParsedText {
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== null) return { ok: false, problem: { kind: "too_deep", line: tooDeep.line, most: DEEPEST } };
  try {
    return { ok: true, value: parse(text), repeated: repeatedProperties(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, problem: syntaxProblem(text, error.message) };
  }
}

/** Nobody reads more. */
const MOST_REPEATED = 1000;

/** How many lists and objects may stand in each other: a model has six. The parser would run out of stack at some thousands. */
const DEEPEST = 100;

function firstTooDeep(text: string): JsonToken | null {
  let depth = 0;
  for (const token of jsonStructure(text)) {
    if (token.kind === "{" || token.kind === "[") depth++;
    else if (token.kind === "}" || token.kind === "]") depth--;
    if (depth > DEEPEST) return token;
  }
  return null;
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

/** @param text JSON with comments that is known to parse */
function repeatedProperties(text: string): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const open: OpenValue[] = [];
  /** The string before this token: the name of a property, if a colon comes now. */
  let string: JsonToken | null = null;
  for (const token of jsonStructure(text)) {
    const inner = open.at(-1);
    if (token.kind === "{" || token.kind === "[") {
      open.push({ path: nextPath(inner), names: token.kind === "{" ? new Set() : null, next: 0 });
    } else if (token.kind === "}" || token.kind === "]") {
      open.pop();
    } else if (token.kind === "," && typeof inner?.next === "number") {
      inner.next++;
    } else if (token.kind === ":" && string !== null && inner?.names) {
      const name: string = JSON.parse(text.slice(string.start, string.end));
      inner.next = name;
      if (inner.names.has(name) && problems.length < MOST_REPEATED) {
        problems.push({ kind: "repeated_property", path: nextPath(inner), name, line: string.line });
      }
      inner.names.add(name);
    }
    string = token.kind === "string" ? token : null;
  }
  return problems;
}

function nextPath(open: OpenValue | undefined): string {
  if (open === undefined) return ROOT_PATH;
  return typeof open.next === "number" ? itemPath(open.path, open.next) : propertyPath(open.path, open.next);
}
