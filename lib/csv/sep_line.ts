/** The line by which a file for spreadsheets says its separator: `sep=;` (SPEC 16). */

/** By itself, or with what a spreadsheet puts behind it. The separator may be a blank of any kind. */
const SEP_LINE = /^"?sep=(.)"?[,;|\s]*$/iu;
const BEGINNING = /^"?sep=/i;

/**
 * The separator that a line says; null: it is no such line.
 * @param line without its line end @param separator with which the text is read, which may have several characters
 */
export function saidSeparator(line: string, separator: string): string | null {
  if (!BEGINNING.test(line)) return null;
  const whole = line.replace(BEGINNING, "").trimEnd().replace(/"$/, "");
  if (whole === separator) return separator;
  return SEP_LINE.exec(line)?.[1] ?? null;
}
