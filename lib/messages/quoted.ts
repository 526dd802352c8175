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
