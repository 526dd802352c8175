/** Cuts the pieces of a text anew, so that none ends between the two halves of a character. */
import { endsInHalfCharacter } from "./cell_text.ts";

export class WholeCharacters {
  /** The first half of a character whose second half begins the next piece. */
  #half = "";

  /** @returns the piece with what was kept of the one before, and without what is kept of it */
  take(piece: string): string {
    const text = this.#half + piece;
    const end = endsInHalfCharacter(text) ? text.length - 1 : text.length;
    this.#half = text.slice(end);
    return text.slice(0, end);
  }

  /** What is left when no more pieces come. */
  rest(): string {
    const half = this.#half;
    this.#half = "";
    return half;
  }
}
