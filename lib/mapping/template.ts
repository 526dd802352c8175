/** Templates of cells: `{givenName} {sn}`. Read once, when the map is read, and cut into pieces. */
import { nearestName } from "../nearest_name.ts";
import { type Filter, type FilterName, FILTERS, LONGEST_ARGUMENT, readFilter } from "./filter.ts";
import type { TemplateProblem } from "./map_problem.ts";

export type TemplatePiece =
  | { readonly text: string }
  /** The cell of a column, or of another attribute that the map gives. */
  | { readonly column: string; readonly filters: readonly Filter[] };

export type ReadTemplate =
  | { readonly ok: true; readonly pieces: readonly TemplatePiece[] }
  /** All of them. */
  | { readonly ok: false; readonly problems: readonly TemplateProblem[] };

/** Of a template, all its columns together: each takes a look at a cell, which may have a million characters. */
const MOST_FILTERS = 100;

/** How many filters a template has. */
export function filterCount(pieces: readonly TemplatePiece[]): number {
  return pieces.reduce((count, piece) => count + ("filters" in piece ? piece.filters.length : 0), 0);
}

/** `{{` and `}}` are braces; between braces there are none, and `||` is a bar. @returns the pieces, or all that is wrong with the template */
export function readTemplate(template: string): ReadTemplate {
  const pieces: TemplatePiece[] = [];
  const problems: TemplateProblem[] = [];
  let text = "";
  for (let at = 0; at < template.length;) {
    const character = template.charAt(at);
    const isDoubled = template.charAt(at + 1) === character;
    if ((character === "{" || character === "}") && isDoubled) {
      text += character;
      at += 2;
    } else if (character === "{") {
      const inner = innerAt(template, at + 1);
      if (inner === null) {
        problems.push({ kind: "lone_brace", found: "{" });
        break;
      }
      if (text !== "") pieces.push({ text });
      text = "";
      const piece = cellPiece(inner.parts, problems);
      if (piece !== null) pieces.push(piece);
      at = inner.end;
    } else {
      if (character === "}") problems.push({ kind: "lone_brace", found: "}" });
      text += character;
      at++;
    }
  }
  if (text !== "") pieces.push({ text });
  if (problems.length === 0 && !pieces.some((piece) => "column" in piece)) {
    problems.push({ kind: "no_column" });
  }
  const filters = filterCount(pieces);
  if (filters > MOST_FILTERS) problems.push({ kind: "too_many_filters", found: filters, most: MOST_FILTERS });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, pieces };
}

/** What stands between braces, cut at its bars. @returns null: the brace is not closed */
function innerAt(template: string, start: number): { readonly parts: readonly string[]; readonly end: number } | null {
  const parts: string[] = [];
  let part = "";
  for (let at = start; at < template.length; at++) {
    const character = template.charAt(at);
    if (character === "|" && template.charAt(at + 1) === character) {
      part += character;
      at++;
    } else if (character === "}") {
      return { parts: [...parts, part], end: at + 1 };
    } else if (character === "{") {
      return null;
    } else if (character === "|") {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return null;
}

/** @param problems are told what is wrong @returns null: something is */
function cellPiece([name = "", ...typed]: readonly string[], problems: TemplateProblem[]): TemplatePiece | null {
  const column = name.trim();
  if (column === "") {
    problems.push({ kind: "nameless", found: `{${[name, ...typed].join("|")}}` });
    return null;
  }
  const filters = typed.map((one) => filterIn(one, problems));
  const good = filters.filter((filter) => filter !== null);
  return good.length === filters.length ? { column, filters: good } : null;
}

function filterIn(typed: string, problems: TemplateProblem[]): Filter | null {
  const colon = typed.indexOf(":");
  const word = (colon < 0 ? typed : typed.slice(0, colon)).trim();
  const name = FILTERS.find((filter) => filter === word.toLowerCase());
  if (name === undefined) {
    problems.push({ kind: "unknown_filter", found: word, nearest: nearestName(word, FILTERS) });
    return null;
  }
  return withArgument(name, colon < 0 ? null : typed.slice(colon + 1), typed, problems);
}

function withArgument(
  name: FilterName,
  argument: string | null,
  typed: string,
  problems: TemplateProblem[],
): Filter | null {
  if (argument !== null && argument.length > LONGEST_ARGUMENT) {
    problems.push({ kind: "argument_too_long", filter: name, found: argument.length, most: LONGEST_ARGUMENT });
    return null;
  }
  const filter = readFilter(name, argument);
  if (filter === null) problems.push({ kind: "filter_form", found: typed, filter: name });
  return filter;
}
