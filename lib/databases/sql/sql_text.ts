/** The only places where names and texts become part of an SQL statement. Values are always bound, never written into it. */

/** An identifier in SQL. Names come from a checked model, never from a header; they are quoted all the same. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text constant in SQL: enum codes, class codes and the fixed parts of friendly names. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `'a', 'b'` */
export function quoteTexts(texts: readonly string[]): string {
  return texts.map(quoteText).join(", ");
}

/** `"a", "b"` */
export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(", ");
}

/** `(?, ?, ?)` */
export function placeholders(count: number): string {
  return `(${Array(count).fill("?").join(", ")})`;
}
