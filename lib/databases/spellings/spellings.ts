/** The spellings that a database has of a text: see `spelling_tables.ts`. */
import { comparedForm, exactForm, isPlainText, withoutBlankEnds } from "../../compared_text.ts";
import type { ComparedText } from "../sql/text_source.ts";
import type { TextSource } from "../sql/spelling_tables.ts";
import { answered, type Steps } from "../shared/steps.ts";
import type { SpellingTables } from "./spelling_store.ts";

/** All spellings to look for; a text that can have no other stands for itself. */
export type Spelt = string | readonly string[];

export interface Spellings {
  /** From now on the spellings of this text are known. To be called before it is looked for. */
  use(source: TextSource): Steps<void>;
  /** The spellings of texts, in their order. @param texts typed ones; `longest` UTF-16 code units an object may have */
  of(texts: readonly string[], compared: ComparedText, longest: number): Steps<readonly Spelt[]>;
}

/** In UTF-16 code units: longer forms are found by their beginning. */
const LONGEST_FOLDED = 200;

/** How many times longer the form of a text can be than the text, and the other way round (UAX #15, 12.1). */
const MOST_TIMES = 4;

/** What stands in the table for a form. A half of a character would not come back as it was. */
export function foldedOf(form: string): string {
  if (form.length <= LONGEST_FOLDED) return form;
  const isHalf = (form.charCodeAt(LONGEST_FOLDED - 1) & 0xfc00) === 0xd800;
  return form.slice(0, isHalf ? LONGEST_FOLDED - 1 : LONGEST_FOLDED);
}

/**
 * The spellings to look for: those among the candidates that are the typed text, what was typed, and its form where that is plain, as
 * plain texts are in no table.
 * @param form of the typed text
 */
function spellingsAmong(
  typed: string,
  form: string,
  candidates: readonly string[],
  { ignoresCase }: ComparedText,
  longest: number,
): Spelt {
  const own = withoutBlankEnds(typed);
  const formOf = ignoresCase ? comparedForm : exactForm;
  const plain = isPlainText(form) ? formOf(own) : own;
  // Nearly always there is one.
  const [first = own] = candidates;
  if (candidates.length <= 1 && first === own && plain === own && own.length <= longest) return own;
  const spellings = new Map<string, string>();
  const add = (text: string) => {
    // The database ignores the case of ASCII letters by itself.
    const name = ignoresCase ? asciiLowerCase(text) : text;
    if (text.length <= longest && !spellings.has(name)) spellings.set(name, text);
  };
  add(own);
  add(plain);
  let wanted: string | null = null;
  for (const candidate of candidates) {
    if (candidate === own || formOf(candidate) === (wanted ??= formOf(own))) add(candidate);
  }
  const all = [...spellings.values()];
  return all.length === 1 && all[0] !== undefined ? all[0] : all;
}

function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Asks the table. @param tables null: there are none @param candidates beside those that it has, all of them */
export function* spelt(
  tables: SpellingTables | null,
  texts: readonly string[],
  compared: ComparedText,
  longest: number,
  candidates: readonly string[],
): Steps<readonly Spelt[]> {
  const forms = texts.map((text) => text.length > MOST_TIMES * MOST_TIMES * longest ? null : comparedForm(text));
  const found = new Map<number, string[]>();
  const note = (index: number, text: string) => {
    const known = found.get(index);
    if (known === undefined) found.set(index, [text]);
    else known.push(text);
  };
  if (tables !== null) {
    const spellings = yield* answered(tables.find(forms.map((form) => foldedOf(form ?? ""))));
    for (const [index, text] of spellings) note(index, text);
  }
  if (candidates.length > 0) {
    const byForm = Map.groupBy(candidates, comparedForm);
    forms.forEach((form, index) => byForm.get(form ?? "")?.forEach((text) => note(index, text)));
  }
  return texts.map((text, index) => {
    const form = forms[index] ?? null;
    return form === null ? NONE : spellingsAmong(text, form, found.get(index) ?? NONE, compared, longest);
  });
}

export const NONE: readonly string[] = [];

/** Less than any id. */
export const FIRST_ID = -(2 ** 53);
