/** The signs of a dialect, ready to be looked for in a text. */
import { CR, LF } from "./cell_text.ts";
import type { Dialect } from "./dialect.ts";
import { DialectCharacter } from "./dialect_character.ts";
import { Escapes } from "./escapes.ts";

export class DialectSigns {
  readonly separator: DialectCharacter;
  readonly qualifier: DialectCharacter;
  /** Null: the dialect has none, and those of others are characters. */
  readonly escapes: Escapes | null;
  /** Null: no line is one. */
  readonly comment: DialectCharacter | null;
  /** A backslash before a closing qualifier may be meant to keep the cell open: nobody has said. */
  readonly doubtsBackslash: boolean;
  /** The highest code units that mean anything in cells: most characters are above them, and need no other comparison. */
  readonly lastInRaw: number;
  readonly lastInQualified: number;
  /** How many code units must be there behind one, before it is known what it means; halves of one character come together in any case. */
  readonly lookAhead: number;

  constructor(dialect: Dialect) {
    const { separator, qualifier, escape, comment } = dialect;
    this.separator = new DialectCharacter(separator);
    this.qualifier = new DialectCharacter(qualifier);
    this.escapes = escape === undefined || escape === "" ? null : new Escapes(dialect);
    this.comment = comment === undefined ? null : new DialectCharacter(comment);
    this.doubtsBackslash = escape === undefined && qualifier !== "\\";
    const inQualified = [LF, CR, this.qualifier.code, this.escapes?.sign.code ?? -1];
    this.lastInQualified = Math.max(...inQualified);
    this.lastInRaw = Math.max(this.lastInQualified, this.separator.code);
    const isOneCharacter = [...separator].length === 1;
    const lengths = [isOneCharacter ? 1 : separator.length, this.escapes?.longest ?? 1, comment?.length ?? 1];
    this.lookAhead = Math.max(...lengths) - 1;
  }
}
