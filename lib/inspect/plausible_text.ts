/** How much a text looks like one that people wrote: bytes that are read in a wrong charset do not. */

const LETTER = /^\p{L}$/u;
const LOWER = /^\p{Ll}$/u;
const UPPER = /^\p{Lu}$/u;
const COMBINING = /^\p{M}$/u;
/** Alphabets of which one word has one. */
const ALPHABETS: readonly RegExp[] = [
  /^\p{Script=Latin}$/u,
  /^\p{Script=Cyrillic}$/u,
  /^\p{Script=Greek}$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]$/u,
  /^\p{Script=Hangul}$/u,
];
const LATIN = 0;
const HANGUL = 4;
/** Signs that people type, where no letters are on both of their sides. */
const USUAL_SIGNS = "€£§°«»“”„‘’‚–—…·©®™²³½¼¾ºª¿¡ß、。・「」";
/** Those that no word ends with. */
const OPENING = "¡¿“„";
/** Signs that stand in words. */
const IN_WORDS = "’·";
/** One byte a character in Japanese charsets; single ones in Latin words come from somewhere else. */
const HALF_WIDTH = /^[\uff61-\uffdc]$/;

/** A text's points: one for each character beyond ASCII that is in its place, less one for each that is not. @returns between -1 and 1 for each of them */
export function plausibility(text: string): number {
  const characters = [...text];
  let points = 0;
  let count = 0;
  characters.forEach((character, index) => {
    if ((character.codePointAt(0) ?? 0) < 0x80) return;
    count++;
    points += pointsOf(character, characters[index - 1] ?? " ", characters[index + 1] ?? " ");
  });
  return count === 0 ? 0 : points / count;
}

function pointsOf(character: string, before: string, behind: string): number {
  if (HALF_WIDTH.test(character)) return -0.5;
  if (COMBINING.test(character)) return LETTER.test(before) ? 0.5 : -1;
  if (LETTER.test(character)) return letterPoints(character, before, behind);
  const isWithin = LETTER.test(before) && LETTER.test(behind);
  if (isWithin) return IN_WORDS.includes(character) ? 0.5 : -1;
  const isOutOfPlace = OPENING.includes(character) && LETTER.test(before);
  return USUAL_SIGNS.includes(character) && !isOutOfPlace ? 0.5 : -0.5;
}

/** A letter of another alphabet than its neighbour's, or a capital behind a small letter, is out of place. */
function letterPoints(character: string, before: string, behind: string): number {
  const own = alphabetOf(character);
  const isMixed = [before, behind].some((other) => LETTER.test(other) && alphabetOf(other) !== own);
  if (isMixed || own < 0) return -1;
  const isTurned = (LOWER.test(before) && UPPER.test(character)) ||
    (LOWER.test(character) && UPPER.test(behind));
  if (isTurned) return -1;
  if (own !== LATIN) return own === HANGUL ? 1.1 : 1;
  const beyond = [before, behind].filter(isLetterBeyondAscii).length;
  return beyond === 0 ? 1 : beyond === 1 ? 0.25 : -1;
}

/** Latin words beyond ASCII have ASCII letters in them, too. */
function isLetterBeyondAscii(character: string): boolean {
  return (character.codePointAt(0) ?? 0) >= 0x80 && LETTER.test(character);
}

function alphabetOf(letter: string): number {
  return ALPHABETS.findIndex((alphabet) => alphabet.test(letter));
}
