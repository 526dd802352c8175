/** Numbers for the rows of a table, whatever their ids are: millions of them take little memory. */
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectNumbers } from "../../store/objects.ts";
import { NumberedIds } from "../shared/object_numbers.ts";
import { addressOf, isRowid, rowIdOf } from "./row_ids.ts";
import { KnownTexts } from "./known_texts.ts";
import { TextNumbers } from "./text_numbers.ts";

export class IdNumbers implements ObjectNumbers {
  /** Ids that are whole numbers. */
  readonly #whole = new NumberedIds();
  /** Rowids, where they are the ids. */
  readonly #rowids = new NumberedIds();
  readonly #texts: TextNumbers;
  /** Numbers that are not whole. */
  readonly #others = new Map<ObjectId, number>();

  /** @param texts those of others who have numbers for the same ids: each is kept once */
  constructor(texts = new KnownTexts()) {
    this.#texts = new TextNumbers(texts);
  }

  noteOnce(id: ObjectId, number: number): number {
    if (isWhole(id)) return this.#whole.noteOnce(id, number);
    const rowid = rowidIn(id);
    if (rowid !== null) return this.#rowids.noteOnce(rowid, number);
    if (typeof id === "string") return this.#texts.noteOnce(id, number);
    const known = this.#others.get(id);
    if (known !== undefined) return known;
    this.#others.set(id, number);
    return number;
  }

  of(id: ObjectId): number | null {
    if (isWhole(id)) return this.#whole.of(id);
    const rowid = rowidIn(id);
    if (rowid !== null) return this.#rowids.of(rowid);
    return typeof id === "string" ? this.#texts.of(id) : this.#others.get(id) ?? null;
  }

  forget(id: ObjectId): void {
    const rowid = rowidIn(id);
    if (isWhole(id)) this.#whole.forget(id);
    else if (rowid !== null) this.#rowids.forget(rowid);
    else if (typeof id === "string") this.#texts.forget(id);
    else this.#others.delete(id);
  }

  /** Numbers come first, and texts last, in the order of their characters. */
  *pages(): Generator<readonly ObjectId[], void> {
    yield* this.#whole.pages();
    for (const page of this.#rowids.pages()) yield page.map((rowid) => rowIdOf(null, [], rowid));
    if (this.#others.size > 0) yield [...this.#others.keys()].sort((one, other) => Number(one) - Number(other));
    yield* this.#texts.pages();
  }
}

function isWhole(id: ObjectId): boolean {
  return typeof id === "number" && Number.isInteger(id);
}

/** Null: it is none, or one that no number can be. */
function rowidIn(id: ObjectId): ObjectId | null {
  if (!isRowid(id)) return null;
  const address = addressOf(id);
  const rowid = address.kind === "rowid" ? Number(address.rowid) : null;
  return rowid !== null && Number.isSafeInteger(rowid) ? rowid as ObjectId : null;
}
