/**
 * When two texts are the same (SPEC 14): canonically equivalent ones are, and those that differ in case only, in any alphabet; accents
 * count. Blanks and characters without width at the ends do not count.
 */
import { boundedNormalForm } from "./bounded_normal_form.ts";

/**
 * Characters without width: soft hyphen, joiners and spaces of no width, marks and controls of writing direction, invisible operators, the
 * byte order mark. Not those that belong to the character before them (variation selectors, tags of flags).
 */
export const WITHOUT_WIDTH = "\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff";

/** White_Space of Unicode, and the characters without width. */
const UNCOUNTED = `[\\p{White_Space}${WITHOUT_WIDTH}]`;
const IS_UNCOUNTED = new RegExp(UNCOUNTED, "u");
const HAS_WITHOUT_WIDTH = new RegExp(`[${WITHOUT_WIDTH}]`, "u");
const EVERY_WITHOUT_WIDTH = new RegExp(HAS_WITHOUT_WIDTH, "gu");

/** Printed ASCII without blanks at its ends, or nothing: such texts differ by the case of ASCII letters only. */
const PLAIN = /^(?:[!-~](?:[ -~]*[!-~])?)?$/;

/** The last printed character of ASCII that is no blank. */
const TILDE = 0x7e;
const BLANK = 0x20;

/** Whether nothing but the case of ASCII letters can hide in a text. */
export function isPlainText(text: string): boolean {
  return PLAIN.test(text);
}

/** The text without what does not count at its ends. */
export function withoutBlankEnds(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isUncounted(text, start)) start++;
  while (end > start && isUncounted(text, end - 1)) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** All of them are single UTF-16 code units. */
function isUncounted(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code > BLANK && code <= TILDE) return false;
  return IS_UNCOUNTED.test(text.charAt(at));
}

export function hasWithoutWidth(text: string): boolean {
  return HAS_WITHOUT_WIDTH.test(text);
}

/** The characters without width in a text. */
export function withoutWidthIn(text: string): readonly string[] {
  return text.match(EVERY_WITHOUT_WIDTH) ?? [];
}

/** Two texts are the same, case counting, when these are equal. */
export function exactForm(text: string): string {
  return isPlainText(text) ? text : boundedNormalForm(withoutBlankEnds(text), "NFC");
}

/** Two texts are the same when these are equal. */
export function comparedForm(text: string): string {
  if (isPlainText(text)) return text.toLowerCase();
  // Folding may part what was one character, or leave what has a character of its own.
  return boundedNormalForm(simpleFold(exactForm(text)), "NFC");
}

/** Whether two texts look the same: case counts. */
export function looksSame(a: string, b: string): boolean {
  return a === b || (!(isPlainText(a) && isPlainText(b)) && exactForm(a) === exactForm(b));
}

/** Letters of which `toLowerCase` makes something else than simple case folding does (CaseFolding.txt, status C and S). */
const OTHERWISE = /[\u00b5\u0345\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f5\u017f\u1c80-\u1c88\u1e9b\u1fbe\ufb05]/;
const EVERY_OTHERWISE = new RegExp(OTHERWISE, "g");
const LONG_S_T = "\ufb05";
const S_T = "\ufb06";

/** It has no simple case folding; `toLowerCase` makes two characters of it. */
const I_WITH_DOT = "\u0130";

/**
 * Unicode's simple case folding: each character for itself, as in CaseFolding.txt with status C and S, but that Cherokee is folded to its
 * small letters, which is the same comparison.
 */
function simpleFold(text: string): string {
  const lower = text.includes(I_WITH_DOT) ? text.split(I_WITH_DOT).map(lowerCase).join(I_WITH_DOT) : lowerCase(text);
  return OTHERWISE.test(lower) ? lower.replace(EVERY_OTHERWISE, otherwise) : lower;
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

function otherwise(letter: string): string {
  return letter === LONG_S_T ? S_T : letter.toUpperCase().toLowerCase();
}
