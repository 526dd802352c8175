/** Unicode normal forms of text from outside, in a time that grows with its length and not with its square. */

/** The most combining marks in a row that Unicode's Stream-Safe Text Format (UAX #15) allows; no language needs as many. */
const MOST_MARKS_IN_A_ROW = 30;

/** U+FF9E and U+FF9F are letters that the compatibility forms turn into marks. Making it ready takes longer than to look at all names of a file: short texts do without. */
const TOO_MANY_MARKS = new RegExp(`[\\p{M}\\uFF9E\\uFF9F]{${MOST_MARKS_IN_A_ROW + 1}}`, "u");

/**
 * The text in a normal form; or as it is, when it has more than 30 combining marks in a row. Normalising sorts each run of marks,
 * in quadratic time: a login of a few thousand marks, sent by anybody, would hold up the server for seconds.
 */
export function boundedNormalForm(text: string, form: "NFC" | "NFKC"): string {
  return text.length > MOST_MARKS_IN_A_ROW && TOO_MANY_MARKS.test(text) ? text : text.normalize(form);
}
