/** Sentences about values: why a text is no value of its attribute. */
import type { AttributeCode } from "../model/model.ts";
import type { ValueForm } from "../values/value_form.ts";
import type { ValueProblem } from "../values/value_reader.ts";

export function valueProblem(code: AttributeCode, problem: ValueProblem): string {
  switch (problem.kind) {
    case "null_not_allowed":
      return unexpectedValue(code, "Null not allowed") +
        (problem.mayBeEmptyText === true
          ? `. If the empty text is a value there, say "empty": "text" in the model's overlay`
          : "");
    case "value_not_allowed":
      return unexpectedValue(code, `Value not allowed [${problem.found}], expected ${listed(problem.allowed)}`) +
        meant(problem.nearest);
    case "label_not_allowed":
      return `Allowed '${code}' value(s): ${problem.allowed.join(",")}${meant(problem.nearest)}`;
    case "wrong_format":
      return unexpectedValue(code, `Wrong format [${problem.found}], expected ${formOf(problem)}`) + signHint(problem);
    case "too_many_decimals":
      return unexpectedValue(code, `Too many decimals [${problem.found}], expected at most ${problem.limit}`);
    case "too_long":
      return unexpectedValue(code, `String too long (found ${problem.found}, limited to ${problem.limit})`);
    case "line_break":
      return unexpectedValue(code, "Line break in it, expected a text of one line");
    case "out_of_range":
      return unexpectedValue(code, `Out of range [${problem.found}], expected ${problem.least} to ${problem.most}`);
    case "no_such_spelling":
      return unexpectedValue(code, `no match found, check spelling. Expected ${listed(inPairs(problem.allowed))}`);
    case "wrong_date":
      return `Expected format: ${problem.example}${datePart(problem.partOf)}`;
  }
}

export function unexpectedValue(code: AttributeCode, reason: string): string {
  return `Unexpected value for attribute '${code}': ${reason}`;
}

type WrongFormat = ValueProblem & { readonly kind: "wrong_format" };

const FORMS: Readonly<Record<ValueForm, string>> = {
  integer: "a whole number: digits, a sign before them if need be",
  decimal: "a number: digits with a decimal point, a sign before them if need be",
  email: "an e-mail address such as ann@example.org",
  phone: "a phone number: digits, blanks and . - + ( ) /, at its end an extension such as ext. 6 if need be",
  url: "a URL that begins with http://, https:// or ftp://",
  ip: "an IP address such as 10.0.0.1 or 2001:db8::1, without a zone or a prefix length",
  ipv4: "an address of IP version 4 such as 10.0.0.1",
};

function formOf({ expected, signs }: WrongFormat): string {
  if (signs === undefined || (expected !== "integer" && expected !== "decimal")) return FORMS[expected];
  const { decimal, grouping } = signs;
  const point = expected === "integer" ? "" : ` with the decimal sign ${inQuotes(decimal)}`;
  const groups = grouping === null ? "" : `, in groups of three with ${inQuotes(grouping)} between them or in one`;
  return `${
    expected === "integer" ? "a whole number" : "a number"
  }: digits${point}${groups}, a sign before them if need be`;
}

function inQuotes(sign: string): string {
  return sign === "space" ? "a blank" : sign === "'" ? `"'"` : `'${sign}'`;
}

/** What may have been meant by a number that is none. */
function signHint({ found, expected, suspected }: WrongFormat): string {
  const grouped = `write ${
    found.replace(/[., '\u00a0\u2009\u202f\u2019](?=[0-9]{3}(?![0-9]))/g, "").replace(",", ".")
  }`;
  const decimal = `write ${found.replace(",", ".")}`;
  switch (suspected) {
    case null:
      return "";
    case "grouping":
      return `. A number has no separators of thousands: ${grouped}, or name them: ${parametersFor(found)}`;
    case "decimal_comma":
      return expected === "integer"
        ? ". A comma is no sign in it"
        : `. The decimal sign is the point: ${decimal}, or say decimal_sign=,`;
    case "either":
      return expected === "integer"
        ? `. A number has no separators of thousands: ${grouped}, or say grouping_sign=,`
        : `. If the comma separates thousands, ${grouped} or say grouping_sign=,; ` +
          `if it is the decimal sign, ${decimal} or say decimal_sign=,`;
  }
}

/** The parameters with which a number with groups of three is read. */
function parametersFor(found: string): string {
  const grouping = /[^0-9+-]/.exec(found)?.[0] ?? "";
  const name = grouping === "\u2019" ? "'" : /\s/.test(grouping) ? "space" : grouping;
  const isComma = name === "." || (name !== "," && found.includes(","));
  return `${isComma ? "decimal_sign=, " : ""}grouping_sign=${name}`;
}

function meant(nearest: string | null): string {
  return nearest === null ? "" : `. Did you mean '${nearest}'?`;
}

/** `a date_format` whose date only is read. */
function datePart(format: string | null): string {
  return format === null ? "" : `, the date of the date_format '${format}': the attribute has no time of day`;
}

/** As many values are named. */
const MOST_LISTED = 30;

function listed(values: readonly string[]): string {
  const more = values.length - MOST_LISTED;
  return values.slice(0, MOST_LISTED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** `yes or no`, `true or false` … */
function inPairs(words: readonly string[]): readonly string[] {
  const pairs: string[] = [];
  for (let index = 0; index < words.length; index += 2) pairs.push(`${words[index]} or ${words[index + 1]}`);
  return pairs;
}
