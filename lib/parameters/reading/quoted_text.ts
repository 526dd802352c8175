/** Texts that may stand in double quotes, in which two of them are one. */
export const QUOTE = '"';

/** Where a quoted text ends that begins at index `start`; behind the text, when nothing closes it. */
export function behindQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== QUOTE) continue;
    if (text[at + 1] !== QUOTE) return at + 1;
    at++;
  }
  return text.length;
}

/** What stands between the quotes of a text that begins with one; null: a quote stands alone, or text behind them. */
export function withoutQuotes(text: string): string | null {
  if (text.length < 2 || behindQuoted(text, 0) !== text.length || !text.endsWith(QUOTE)) return null;
  const inner = text.slice(1, -1);
  return inner.replaceAll('""', "").includes(QUOTE) ? null : inner.replaceAll('""', QUOTE);
}
