/** Sentences about values of parameters that cannot be used. */
import type { StopMessage } from "../errors.ts";
import type { ValueFault } from "../parameters/reading/parameter_problem.ts";
import { dateFormatProblem } from "./dates.ts";
import { unknownCharset } from "./input.ts";
import { utc } from "./moments.ts";
import { quoted, visible } from "./quoted.ts";

/** The sentences on separator, qualifier and output are the reference's. @param name the parameter's */
export function valueFault(fault: ValueFault, name: string): StopMessage {
  switch (fault.kind) {
    case "separator_empty":
      return { text: "#Separator is empty: expected one character, or tab", hint: "separator=tab is the tabulation" };
    case "separator_form":
    case "qualifier_length":
    case "qualifier_is_separator":
    case "sign_is_taken":
    case "not_an_escape_sign":
    case "not_a_comment_sign":
      return signFault(fault, name);
    case "line_break":
      return { text: `#Wrong ${name}: a line break ends the record, and cannot be the ${name}` };
    case "grouping_is_decimal":
      return groupingIsDecimal(fault.found);
    case "unknown_output":
      return {
        text: `#Unknown output format: ${quoted(fault.found)}`,
        hint: `The formats are ${fault.known.join(", ")}`,
      };
    case "unknown_charset":
      return unknownCharset(visible(fault.found), fault.nearest, fault.known);
    case "date_format":
      return { text: visible(dateFormatProblem(fault.problem, fault.found)) };
    case "not_a_switch":
      return { text: `#Wrong ${name} ${quoted(fault.found)}: expected 1 or 0, yes or no, true or false, on or off` };
    case "not_one_of":
      return { text: `#Wrong ${name} ${quoted(fault.found)}: expected one of ${fault.known.join(", ")}` };
    case "not_a_job_name":
      return jobNameFault(fault.found, name);
    case "not_a_number":
    case "not_bytes":
    case "not_a_limit":
    case "not_seconds":
    case "not_addresses":
      return { text: `#Wrong ${name} ${quoted(fault.found)}: expected ${expectedNumber(fault)}` };
    case "not_a_moment":
    case "in_the_future":
      return momentFault(fault, name);
    case "not_an_assignment":
      return assignmentFault(fault.found, name);
    case "empty":
      return { text: `#Parameter ${name} is empty` };
    case "nul":
    case "not_one_line":
    case "too_long":
      return textFault(fault, name);
    case "no_password_in_file":
      return {
        text: `#No password in ${quoted(fault.file)}, the file of ${name}`,
        hint: "The first line of the file is the password",
      };
  }
}

function jobNameFault(found: string, name: string): StopMessage {
  return {
    text: `#Wrong ${name} ${quoted(found)}: expected letters, digits, blanks and . _ -, a letter or digit first`,
    hint: "The name is a part of the name of the job's lock file; without it the job bears the name of its file",
  };
}

function groupingIsDecimal(found: string): StopMessage {
  return {
    text: `#Wrong grouping_sign ${quoted(found)}: it is the decimal sign`,
    hint: found === "." ? "decimal_sign=, goes with it" : "Give another decimal_sign, or another grouping_sign",
  };
}

function assignmentFault(found: string, name: string): StopMessage {
  return {
    text: `#Wrong ${name}: ${quoted(found)} is no column and its value, such as Status=Inactive`,
    hint: "There are commas between several; a name or value with a comma, a quote or = stands in double quotes",
  };
}

type SignFault = Extract<
  ValueFault,
  {
    readonly kind:
      | "separator_form"
      | "qualifier_length"
      | "qualifier_is_separator"
      | "sign_is_taken"
      | "not_an_escape_sign"
      | "not_a_comment_sign";
  }
>;

function signFault(fault: SignFault, name: string): StopMessage {
  const found = quoted(fault.found);
  switch (fault.kind) {
    case "separator_form":
      return {
        text: `#Wrong separator ${found}: expected one character, tab, or several characters that are no word`,
        hint:
          `It stands without quotes around it, as in separator=; or separator=||, and has at most ${fault.most} characters`,
      };
    case "qualifier_length":
      return {
        text: `#Text qualifier is limited to one character, found ${found}`,
        hint: "Empty: no qualifying",
      };
    case "qualifier_is_separator":
      return { text: `#Separator and text qualifier are the same character: ${found}` };
    case "sign_is_taken":
      return {
        text: `#Wrong ${name} ${found}: it is the ${fault.by}, or a part of it`,
        ...(name === "escape_sign" && fault.by === "qualifier"
          ? { hint: "A qualifier that is doubled within a qualified cell is read as one: it needs no escape_sign" }
          : {}),
      };
    case "not_an_escape_sign":
      return {
        text: `#Wrong ${name} ${found}: expected one character that is no letter or digit, such as \\, or none`,
      };
    case "not_a_comment_sign":
      return {
        text: `#Wrong ${name} ${found}: expected the characters that comments begin with, at most ${fault.most}`,
      };
  }
}

type MomentFault = Extract<ValueFault, { readonly kind: "not_a_moment" | "in_the_future" }>;

function momentFault(fault: MomentFault, name: string): StopMessage {
  const found = `#Wrong ${name} ${quoted(fault.found)}`;
  if (fault.kind === "in_the_future") {
    return {
      text: `${found}: it is in the future, for now it is ${utc(fault.now)}`,
      hint: "Everything would be removed, the newest run too",
    };
  }
  return {
    text: `${found}: expected a date such as 2025-12-31, or 2025-12-31 23:30:00`,
    hint: "It is read in UTC; a date alone is its first moment",
  };
}

type NumberFault = Extract<
  ValueFault,
  { readonly kind: "not_a_number" | "not_bytes" | "not_a_limit" | "not_seconds" | "not_addresses" }
>;

function expectedNumber(fault: NumberFault): string {
  switch (fault.kind) {
    case "not_a_number":
      return `a whole number from ${fault.least} to ${fault.most}`;
    case "not_bytes":
      return "a number of bytes, more than 0, such as 4096, 16K, 64M or 4G";
    case "not_a_limit":
      return `a whole number from 0 to ${fault.most}, or a percentage from 0% to 100%, such as 5% or 12.5%, with at most ` +
        "four decimals";
    case "not_seconds":
      return `a number of seconds from 0 to ${fault.most}`;
    case "not_addresses":
      return "IP addresses, with commas between them, or unix";
  }
}

/** Faults of a text, whatever it means. It is not repeated: it may be a password. */
function textFault(
  fault: Extract<ValueFault, { readonly kind: "nul" | "not_one_line" | "too_long" }>,
  name: string,
): StopMessage {
  switch (fault.kind) {
    case "nul":
      return { text: `#Wrong ${name}: it holds the character NUL (U+0000), which no value may` };
    case "not_one_line":
      return { text: `#Wrong ${name}: expected one line, without control characters` };
    case "too_long":
      return { text: `#Wrong ${name}: it has ${fault.length} characters, expected at most ${fault.most}` };
  }
}
