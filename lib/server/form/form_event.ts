/** What the readers of the three kinds of bodies tell: entries, one after another. */

/** One thing that a reader tells. */
export type FormEvent =
  | {
    readonly kind: "entry";
    readonly name: string;
    /** As the client called the file; null: not sent as a file, or without a name. A name to show, never a path. */
    readonly fileName: string | null;
    /** As the client typed it; null: it did not say. */
    readonly charset: string | null;
  }
  /** An entry without a name and a value, as between two `&`. It counts as a field: to step over it is work as well. */
  | { readonly kind: "empty" }
  /** More of the entry's value; good until the next event. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** The entry is whole. */
  | { readonly kind: "end" };

/** Reads a body as it comes. Every way in which it is not whole, or not what it says it is, throws `FormStop`. */
export interface FormReader {
  /** The body's next bytes. All events are to be taken before the next call. */
  push(bytes: Uint8Array): Iterable<FormEvent>;
  /** The body has ended. */
  end(): Iterable<FormEvent>;
}

/** The name of the entry that is no field but the data. */
export const DATA_NAME = "csvdata";
