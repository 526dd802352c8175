/** What somebody should know of an export. The words are in `messages/export.ts`. */
import type { AttributeCode, ClassCode } from "../model/model.ts";
import type { ShownId } from "../store/object_id.ts";

/** A column that is not in the file though nobody asked for less. */
export interface LeftOut {
  readonly kind:
    /** Nobody is shown a password. */
    | "password"
    /** The user may not load its links. */
    | "link_set"
    /** Some objects refer to what the user may not see: to load that column would empty it. */
    | "hidden_targets"
    /** Every name that it has means another column, too. */
    | "no_name";
  readonly code: AttributeCode;
}

/** Of a column: an import would not take it, or would not find the objects. */
export interface ColumnNote {
  readonly kind:
    /** An import refuses it. */
    | "computed"
    /** The columns of this external key do not tell its targets apart. */
    | "ambiguous_key";
  /** The column, or the first one of the key. */
  readonly name: string;
  /** Of the column, or of the key. */
  readonly code: AttributeCode;
}

/** Why a cell does not load back as it is. */
export type CellFault =
  /** The attribute would not take it. */
  | "refused"
  /** Nothing that this separator and qualifier can write is read as that text. */
  | "dialect"
  /** It refers to what the user may not see: the cell is empty. */
  | "hidden"
  /** Nothing in its columns tells the target. */
  | "untold"
  /** A link without its other end. */
  | "loose_link"
  /** A NUL character, or more text than a cell may have. */
  | "unreadable";

/** Cells of a column with the same fault. */
export interface CellNote {
  readonly fault: CellFault;
  readonly column: string;
  readonly count: number;
  /** Where the first one is. */
  readonly first: { readonly class: ClassCode; readonly id: ShownId };
}

/** By what the file is to be loaded back. */
export type LoadedBy =
  /** By the class's own keys, or those that the caller named. */
  | { readonly kind: "keys" }
  /** By the id, as these do not tell the objects apart. */
  | { readonly kind: "id" }
  /** By nothing: the chosen columns do not tell the objects apart. */
  | { readonly kind: "nothing" }
  /** By what somebody has to name: there are no keys that tell all of them apart, and no ids. */
  | { readonly kind: "unnamed" };

/** Counts the faults of cells. */
export class CellNotes {
  readonly #notes = new Map<string, { note: Omit<CellNote, "count">; count: number }>();
  /** Rows with some fault. */
  rows = 0;

  note(fault: CellFault, column: string, first: CellNote["first"]): void {
    const key = `${fault} ${column}`;
    const known = this.#notes.get(key);
    if (known === undefined) this.#notes.set(key, { note: { fault, column, first }, count: 1 });
    else known.count++;
  }

  /** In the order in which they were first met. */
  get all(): readonly CellNote[] {
    return [...this.#notes.values()].map(({ note, count }) => ({ ...note, count }));
  }
}
