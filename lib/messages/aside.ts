/** A line on standard error, beside what the program prints. */
export function aside(text: string): string {
  return `csvrecon: ${text}`;
}
