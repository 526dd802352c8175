/** Names and values from outside, as sentences show them. */

/** What was typed, in apostrophes. */
export function quoted(text: string): string {
  return `'${visible(text)}'`;
}

/** Control characters spelt out, so that a line of the report stays one line. */
export function visible(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\u0000-\u001f\u007f]/g, (character) => JSON.stringify(character).slice(1, -1));
}

/** In UTF-16 code units: the longest name that is shown whole. */
const LONGEST_SHOWN = 200;

/** A name that is too long to be one is shown by its beginning. */
export function shortened(text: string): string {
  return text.length <= LONGEST_SHOWN
    ? text
    : `${text.slice(0, LONGEST_SHOWN).toWellFormed()}… (${text.length} characters)`;
}
