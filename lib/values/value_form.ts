/** What a value that was refused should have looked like: facts that `messages/values.ts` puts into words. */

/** How a value of a kind is written. */
export type ValueForm = "email" | "phone" | "url" | "ip" | "ipv4" | "integer" | "decimal";

/** Which sign in a number was probably meant as one that it may not hold; `either`: `1,000` is one in some files, the other in others. */
export type SuspectedSign = "decimal_comma" | "grouping" | "either";

const DECIMAL_COMMA = /^[+-]?[0-9]+,[0-9]+$/;
/** As in `1,000`, `1.234,50`, `1 234,50`, `1'234.50`, `12,345,678`. */
const GROUPED = /^[+-]?[0-9]{1,3}(?:([.,' \u00a0\u2009\u202f\u2019])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?$/;
/** One comma with three digits behind it. */
const ONE_COMMA = /^[+-]?[0-9]{1,3},[0-9]{3}$/;
/** Nobody writes longer numbers by hand. */
const LONGEST_NUMBER = 100;

/** What may be wrong with a text that is nearly a number; null: nobody knows. */
export function suspectedSign(text: string): SuspectedSign | null {
  if (text.length > LONGEST_NUMBER) return null;
  if (ONE_COMMA.test(text)) return "either";
  if (DECIMAL_COMMA.test(text)) return "decimal_comma";
  return GROUPED.test(text) ? "grouping" : null;
}
