/** A separator as its parameter names it, and as people call it. */
export function separatorName(separator: string): string {
  return separator === "\t" ? "tab" : separator;
}
