/** Texts that are too long to be shown whole. */

/** Stands for what was cut off. */
export const CUT_MARK = "...";

/**
 * The beginning of a text that is too long, with a mark; a shorter one as it is.
 * @param most how much is kept, in UTF-16 code units; a character is never cut in two
 */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : wholeCharacters(text, 0, most) + CUT_MARK;
}

/** A part of a text without the halves of characters at its ends. @param end may be behind the text */
export function wholeCharacters(text: string, start: number, end: number): string {
  const first = isSecondHalf(text, start) ? start + 1 : start;
  return text.slice(first, isSecondHalf(text, end) ? end - 1 : end);
}

function isSecondHalf(text: string, at: number): boolean {
  const [before, here] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before >= 0xd800 && before <= 0xdbff && here >= 0xdc00 && here <= 0xdfff;
}
