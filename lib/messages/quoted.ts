/** Names and values from outside, as sentences show them. */

/** What was typed, in apostrophes. */
export function quoted(text: string): string {
  return `'${visible(text)}'`;
}

/**
 * Control characters, line breaks of every kind, and marks that turn the direction of what follows: what a terminal would obey. U+009B alone
 * begins an escape sequence (ECMA-48), as ESC [ does.
 */
// deno-lint-ignore no-control-regex
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** What a terminal would obey spelt out, so that a line of the report stays one line. */
export function visible(text: string): string {
  return text.replace(OBEYED, (character) => {
    const spelt = JSON.stringify(character).slice(1, -1);
    return spelt === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}` : spelt;
  });
}

/** In UTF-16 code units: the longest name that is shown whole. */
const LONGEST_SHOWN = 200;

/** A name that is too long to be one is shown by its beginning. */
export function shortened(text: string): string {
  return text.length <= LONGEST_SHOWN
    ? text
    : `${text.slice(0, LONGEST_SHOWN).toWellFormed()}… (${text.length} characters)`;
}
