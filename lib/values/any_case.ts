/** Words that may be typed in any case, and with any form of their accents, where that is unambiguous. */
import { comparedForm } from "../compared_text.ts";

/** Gives the index of the word that was typed; undefined: it is none of them, or may be several. */
export type WordIndex = (typed: string) => number | undefined;

export function wordsInAnyCase(words: readonly string[]): WordIndex {
  const exact = new Map<string, number>();
  const folded = new Map<string, number | undefined>();
  words.forEach((word, index) => {
    const form = comparedForm(word);
    // Of the same word twice the first counts, as with names of columns.
    if (!exact.has(word)) folded.set(form, folded.has(form) ? undefined : index);
    if (!exact.has(word)) exact.set(word, index);
  });
  return (typed) => exact.get(typed) ?? folded.get(comparedForm(typed));
}
