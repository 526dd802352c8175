/** What a template may do with a cell: `{mail|before:@|lower}`. No filter is a regular expression, and what one looks for is short. */
import { withoutBlankEnds } from "../compared_text.ts";

/** In the order of the documents. */
export const FILTERS = ["lower", "upper", "trim", "before", "after", "part", "replace"] as const;

export type FilterName = typeof FILTERS[number];

/** A filter with its arguments. */
export type Filter =
  | { readonly name: "lower" | "upper" | "trim" }
  /** What stands before the first `sign`, or behind it. */
  | { readonly name: "before" | "after"; readonly sign: string }
  /** The text is cut at each `sign`; `number` counts the pieces from 1, or from -1 at the end. */
  | { readonly name: "part"; readonly sign: string; readonly number: number }
  | { readonly name: "replace"; readonly sign: string; readonly by: string };

/** So far pieces are counted. */
const MOST_PARTS = 10_000;
/** Of what stands behind a filter's colon, in UTF-16 code units: to look for a text may take its length times that of the cell. */
export const LONGEST_ARGUMENT = 100;

/** @param argument what stands behind the colon; null: there is none @returns null: it is not what the filter needs */
export function readFilter(name: FilterName, argument: string | null): Filter | null {
  switch (name) {
    case "lower":
    case "upper":
    case "trim":
      return argument === null ? { name } : null;
    case "before":
    case "after":
      return argument === null || argument === "" ? null : { name, sign: argument };
    case "part":
      return partFilter(argument ?? "");
    case "replace":
      return replaceFilter(argument ?? "");
  }
}

/** The number stands behind the last comma: so a comma may be the sign. */
function partFilter(argument: string): Filter | null {
  const comma = argument.lastIndexOf(",");
  const typed = argument.slice(comma + 1).trim();
  const number = Number(typed);
  const isGood = comma > 0 && /^-?\d{1,5}$/.test(typed) && number !== 0 && Math.abs(number) <= MOST_PARTS;
  return isGood ? { name: "part", sign: argument.slice(0, comma), number } : null;
}

/** What is replaced has at least one character, which may be a comma: the next one ends it. */
function replaceFilter(argument: string): Filter | null {
  const comma = argument.indexOf(",", 1);
  return comma < 0 ? null : { name: "replace", sign: argument.slice(0, comma), by: argument.slice(comma + 1) };
}

/**
 * @param most how long the result may be, in UTF-16 code units
 * @returns null: it would be longer
 */
export function filtered(text: string, filter: Filter, most: number): string | null {
  switch (filter.name) {
    case "lower":
      return bounded(text.toLowerCase(), most);
    case "upper":
      return bounded(text.toUpperCase(), most);
    case "trim":
      return withoutBlankEnds(text);
    case "before": {
      const at = text.indexOf(filter.sign);
      return at < 0 ? text : text.slice(0, at);
    }
    case "after": {
      const at = text.indexOf(filter.sign);
      return at < 0 ? "" : text.slice(at + filter.sign.length);
    }
    case "part":
      return partOf(text, filter.sign, filter.number);
    case "replace":
      return replaced(text, filter.sign, filter.by, most);
  }
}

function bounded(text: string, most: number): string | null {
  return text.length <= most ? text : null;
}

/** Empty: there are not so many. */
function partOf(text: string, sign: string, number: number): string {
  let start = 0;
  let end = text.length;
  if (number > 0) {
    for (let part = 1; part < number; part++) {
      const at = text.indexOf(sign, start);
      if (at < 0) return "";
      start = at + sign.length;
    }
    const next = text.indexOf(sign, start);
    return text.slice(start, next < 0 ? text.length : next);
  }
  for (let part = -1; part > number; part--) {
    const at = end < sign.length ? -1 : text.lastIndexOf(sign, end - sign.length);
    if (at < 0) return "";
    end = at;
  }
  const before = end < sign.length ? -1 : text.lastIndexOf(sign, end - sign.length);
  return text.slice(before < 0 ? 0 : before + sign.length, end);
}

/** Piece by piece, so that a text which would be too long is never made. */
function replaced(text: string, sign: string, by: string, most: number): string | null {
  let result = "";
  let start = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, start)) {
    result += text.slice(start, at) + by;
    if (result.length > most) return null;
    start = at + sign.length;
  }
  return start === 0 ? text : bounded(result + text.slice(start), most);
}
