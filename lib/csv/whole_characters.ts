/** Cuts the pieces of a text anew: none ends between the two halves of a character, and what was not read of one begins the next. */
import { endsInHalfCharacter } from "./cell_text.ts";

export class WholeCharacters {
  /** What was not read of the pieces so far. */
  rest = "";
  /** The first half of a character whose second half begins the next piece. */
  #half = "";

  /** @returns the piece with what was kept of those before, and without what is kept of it */
  take(piece: string): string {
    const text = this.rest + this.#half + piece;
    const end = endsInHalfCharacter(text) ? text.length - 1 : text.length;
    this.#half = text.slice(end);
    return text.slice(0, end);
  }

  /** What is left when no more pieces come. */
  takeAll(): string {
    const text = this.rest + this.#half;
    this.#half = "";
    return text;
  }
}
