/** What words of a file are in the model. */
import { comparedForm } from "../compared_text.ts";
import type { AttributeWords } from "./map_file.ts";

export interface WordTable {
  /** A word that is not named stays as it is. */
  meaningOf(text: string): string | null;
}

/** How much longer than the longest word a cell may be that is the same: marks and blanks do not count. */
const ROOM = 64;

/** Words are the same without regard to case, and to blanks at their ends (SPEC 14). */
export function wordTable(words: AttributeWords["words"]): WordTable {
  const asWritten = new Map(words.map(({ word, means }) => [word, means]));
  const byForm = new Map(words.map(({ word, means }) => [comparedForm(word), means]));
  const longest = words.reduce((most, { word }) => Math.max(most, word.length), 0) * 4 + ROOM;
  return {
    meaningOf(text) {
      const exact = asWritten.get(text);
      if (exact !== undefined) return exact;
      if (text.length > longest) return text;
      const same = byForm.get(comparedForm(text));
      return same === undefined ? text : same;
    },
  };
}
