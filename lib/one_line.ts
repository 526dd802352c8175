/** Texts that must stay on their line, as logins must: whoever puts a line break into one writes lines of his own where it is shown. */

/** Control characters, and Unicode's separators of lines and paragraphs. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const ALL_BREAKS = new RegExp(BREAKS, "gu");

export function isOneLine(text: string): boolean {
  return !BREAKS.test(text);
}

/** The text with blanks in place of what would break its line. */
export function onOneLine(text: string): string {
  return text.replace(ALL_BREAKS, " ");
}
