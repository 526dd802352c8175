/**
 * Text that no spreadsheet takes for a formula (OWASP, "CSV Injection"): a `'` before whatever begins with `=`, `+`, `-`, `@`, a tab or
 * a line break. A spreadsheet may split lines at other separators than ours, where our quotes do not count, so that the same goes for
 * what stands behind a comma, a semicolon, a tab or a line break within a text.
 *
 * Plain numbers (-5, +33, -1.25) stay as they are: they run nothing, and are to be counted with. Anything more, such as the telephone
 * number `+33 1 23`, gets its `'`.
 */

/**
 * A place at which a spreadsheet may begin a cell, blanks and quotes that it drops, and what it would calculate. Each tab and line break is
 * such a place, and so is none of the blanks: many of them would be read from each.
 */
const FORMULA =
  /(^|[,;|\t\r\n])([ "\v\f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*)([=+\-@＝＋－＠][^,;|\t\r\n]*)/g;
const BEGINS_WITH_BREAK = /^[\t\r\n]/;
const PLAIN_NUMBER = /^[+-]\d+(?:\.\d+)?\s*$/;

export function safeText(text: string): string {
  const safe = text.replace(
    FORMULA,
    (all, place: string, blanks: string, formula: string) =>
      PLAIN_NUMBER.test(formula) ? all : `${place}${blanks}'${formula}`,
  );
  return BEGINS_WITH_BREAK.test(safe) ? `'${safe}` : safe;
}
