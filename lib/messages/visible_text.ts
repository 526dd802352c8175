/**
 * Text from outside, as a terminal may show it: nothing in it moves the cursor, changes colours or titles, or lets text stand in
 * another order than it is stored (CVE-2021-42574), or like another text. What comes through a pipe is left alone.
 */
import { WITHOUT_WIDTH } from "../compared_text.ts";

// deno-lint-ignore no-control-regex -- these are what it is about
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * What has no width, among it the controls of Unicode's bidirectional algorithm (UAX #9); separators of lines; and blanks that look like
 * the usual one.
 */
const UNSEEN_CHARACTERS = `${WITHOUT_WIDTH}\\u2028\\u2029\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f`;
const UNSEEN = new RegExp(`[${UNSEEN_CHARACTERS}]`, "g");

/** What is written otherwise in our JSON: that, controls, what JSON escapes, and halves of characters, be they whole. */
const ESCAPED_IN_JSON = new RegExp(`["\\\\\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff${UNSEEN_CHARACTERS}]`);

const JOINER = "\u200d";
const PICTURE = /^\p{Extended_Pictographic}$/u;
/** What may stand between a picture and what joins it to the next: a skin, or the wish for a coloured picture. */
const OF_PICTURE = /^[\ufe0f\u{1f3fb}-\u{1f3ff}]$/u;

/** Whether a character joins two pictures to one, as in 👩‍🚀: then it is seen. */
function joinsPictures(character: string, at: number, text: string): boolean {
  if (character !== JOINER) return false;
  const before = [text.slice(at - 1, at), text.slice(Math.max(0, at - 2), at)];
  const behind = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
  return PICTURE.test(behind) && before.some((one) => PICTURE.test(one) || OF_PICTURE.test(one));
}

/** Escapes all but tabs and line feeds: `\x1b`, `\r`, `‹U+202E›`. */
export function visibleText(text: string): string {
  return text
    .replace(CONTROLS, (character) => character === "\r" ? "\\r" : `\\x${hex(character, 2)}`)
    .replace(
      UNSEEN,
      (character, at: number, whole: string) =>
        joinsPictures(character, at, whole) ? character : `‹U+${hex(character, 4).toUpperCase()}›`,
    );
}

/** The same for a text that must stay on its line: line feeds are `\n`. */
export function visibleLine(line: string): string {
  return visibleText(line).replaceAll("\n", "\\n");
}

/** JSON that holds none of them as they are, and means the same. (JSON.stringify escapes those below U+0020 itself.) */
export function visibleJson(value: unknown): string {
  return visibleInJson(JSON.stringify(value));
}

/** The same for text that is JSON already. */
export function visibleInJson(json: string): string {
  const escape = (character: string) => `\\u${hex(character, 4)}`;
  return json.replace(CONTROLS, escape).replace(UNSEEN, escape);
}

/** Whether such JSON has a text as it is, between two quotes. False now and then where it has: then the long way is gone. */
export function isPlainInJson(text: string): boolean {
  return !ESCAPED_IN_JSON.test(text);
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, "0");
}
