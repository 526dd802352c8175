/** Defaults: each must be a value that the attribute could hold. */
import type { CheckContext, WrittenAttribute } from "./check_context.ts";
import type { Attribute } from "../model.ts";
import type { PlacedProblem } from "../file/model_problem.ts";
import { nearestName } from "../../nearest_name.ts";

export function checkDefault(context: CheckContext, written: WrittenAttribute, attribute: Attribute): void {
  const { entry, path } = written;
  // A subclass that changes the values or the length must still suit the default that it inherits.
  const isTouched = entry.default !== undefined || entry.values !== undefined || entry.length !== undefined;
  if (!isTouched) return;
  const problem = defaultProblem(attribute, `${path}.default`, context.model.languages);
  if (problem !== null) context.report(problem);
}

function defaultProblem(attribute: Attribute, path: string, languages: readonly string[]): PlacedProblem | null {
  switch (attribute.kind) {
    case "enum":
      return notAmong(attribute.default, attribute.values.map((value) => value.code), path);
    case "language":
      return notAmong(attribute.default, languages, path);
    case "date":
    case "datetime":
      return attribute.default === null || isDate(attribute.default, attribute.kind)
        ? null
        : { kind: "default_no_date", path, found: attribute.default, expected: DATE_EXAMPLES[attribute.kind] };
    case "decimal":
      return fitsDecimal(attribute.default, attribute.digits, attribute.decimals) ? null : {
        kind: "default_not_fitting",
        path,
        found: attribute.default ?? 0,
        digits: attribute.digits,
        decimals: attribute.decimals,
      };
    case "string":
    case "text":
    case "html":
    case "email":
    case "phone":
    case "url":
    case "ip":
    case "ipv4":
      return tooLong(attribute.default, attribute.maxLength, path);
    default:
      return null;
  }
}

function notAmong(found: string | null, allowed: readonly string[], path: string): PlacedProblem | null {
  if (found === null || allowed.includes(found)) return null;
  return { kind: "not_one_of", path, found, nearest: nearestName(found, allowed), allowed };
}

function tooLong(found: string, limit: number, path: string): PlacedProblem | null {
  const length = [...found].length;
  return length <= limit ? null : { kind: "default_too_long", path, found: length, limit };
}

const DATE_EXAMPLES = { date: "2024-02-29", datetime: "2024-02-29 13:05:00" } as const;

/** Whether the text is a day of the calendar in the form in which dates are stored. */
function isDate(text: string, kind: "date" | "datetime"): boolean {
  const form = kind === "date" ? /^\d{4}-\d{2}-\d{2}$/ : /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
  if (!form.test(text)) return false;
  const iso = kind === "date" ? `${text}T00:00:00.000Z` : `${text.replace(" ", "T")}.000Z`;
  const instant = new Date(iso);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === iso;
}

function fitsDecimal(value: number | null, digits: number, decimals: number): boolean {
  if (value === null || decimals > digits) return true;
  return Math.abs(value) < 10 ** (digits - decimals) && Number(value.toFixed(decimals)) === value;
}
