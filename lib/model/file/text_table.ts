/** Text in columns, for people. */

/** Lines in which the cells of each column begin below each other; blanks at the end are left out. */
export function textTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, lengthOf(cell));
  }
  return rows.map((row) =>
    row.map((cell, index) => cell + " ".repeat((widths[index] ?? 0) - lengthOf(cell))).join("  ").trimEnd()
  );
}

/** In characters, as a terminal shows most alphabets. */
function lengthOf(text: string): number {
  return [...text].length;
}
