/** The separator, the qualifier or another sign of a dialect, ready to be looked for. */
export class DialectCharacter {
  /** In UTF-16 code units: a character outside the Basic Multilingual Plane has 2; 0 for no character. */
  readonly length: number;
  /** The first code unit; -1, and so equal to none, for no character. */
  readonly code: number;

  constructor(readonly text: string) {
    this.length = text.length;
    this.code = text === "" ? -1 : text.charCodeAt(0);
  }

  /** Whether it stands at index `at` of a text. @param code the text's code unit at that index */
  isAt(text: string, at: number, code: number): boolean {
    return code === this.code && (this.length === 1 || text.startsWith(this.text, at));
  }
}
