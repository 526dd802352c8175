/** The separator or the qualifier, ready to be looked for. */
export class DialectCharacter {
  /** In UTF-16 code units: 2 outside the Basic Multilingual Plane, 0 for no character. */
  readonly length: number;
  /** The first code unit; not a number, and so equal to none, for no character. */
  readonly #code: number;

  constructor(readonly text: string) {
    this.length = text.length;
    this.#code = text.charCodeAt(0);
  }

  /** Whether it stands at index `at` of a text. @param code the text's code unit at that index */
  isAt(text: string, at: number, code: number): boolean {
    return code === this.#code && (this.length === 1 || text.startsWith(this.text, at));
  }
}
