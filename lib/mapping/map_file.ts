/** A map as it is kept: what becomes of the columns and words of a file. Plain data, which a thread can be sent. */

/** `map.schema.json` says the same to editors; lists in place of objects, as names come from outside. */
export interface MapFile {
  /** What messages call it: its path, as it was given. */
  readonly file: string;
  /** In hexadecimal, of its bytes: a run with another text of it is another run. */
  readonly sha256: string;
  /** Columns of the file, and what each is: the code, label or path of an attribute. */
  readonly columns: readonly MapEntry[];
  /** Attributes, and what every row says of them. */
  readonly constants: readonly MapEntry[];
  /** Attributes, and what new objects get where the row says nothing. */
  readonly defaults: readonly MapEntry[];
  /** Attributes, and the templates of which their cells are made. */
  readonly make: readonly MapEntry[];
  readonly values: readonly AttributeWords[];
}

/** A property of the map: a name, and what stands for it. */
export interface MapEntry {
  readonly name: string;
  readonly text: string;
}

/** What words of the file are in the model. */
export interface AttributeWords {
  /** The attribute. */
  readonly name: string;
  /** Null: nothing, as `<NULL>` is. */
  readonly words: readonly { readonly word: string; readonly means: string | null }[];
}

/** The parts of a map whose entries name attributes. */
export type AttributePart = "constants" | "defaults" | "make" | "values";
