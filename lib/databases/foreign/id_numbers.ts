/** Numbers for the rows of a table, whatever their ids are: where these are whole numbers, millions of them take little memory. */
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectNumbers } from "../../store/objects.ts";
import { NumberedIds } from "../sqlite/object_numbers.ts";
import { addressOf, rowIdOf } from "./row_ids.ts";

/** Ids of a page. */
const PAGE = 4096;

export class IdNumbers implements ObjectNumbers {
  /** Ids that are whole numbers. */
  readonly #whole = new NumberedIds();
  /** Rowids, where they are the ids. */
  readonly #rowids = new NumberedIds();
  readonly #others = new Map<ObjectId, number>();

  noteOnce(id: ObjectId, number: number): number {
    if (isWhole(id)) return this.#whole.noteOnce(id, number);
    const rowid = rowidIn(id);
    if (rowid !== null) return this.#rowids.noteOnce(rowid, number);
    const known = this.#others.get(id);
    if (known !== undefined) return known;
    this.#others.set(id, number);
    return number;
  }

  of(id: ObjectId): number | null {
    if (isWhole(id)) return this.#whole.of(id);
    const rowid = rowidIn(id);
    return rowid === null ? this.#others.get(id) ?? null : this.#rowids.of(rowid);
  }

  forget(id: ObjectId): void {
    const rowid = rowidIn(id);
    if (isWhole(id)) this.#whole.forget(id);
    else if (rowid === null) this.#others.delete(id);
    else this.#rowids.forget(rowid);
  }

  /** Numbers come first, and texts last, in the order of their characters. */
  *pages(): Generator<readonly ObjectId[], void> {
    yield* this.#whole.pages();
    for (const page of this.#rowids.pages()) yield page.map((rowid) => rowIdOf(null, [], rowid));
    const others = [...this.#others.keys()].sort((one, other) => one < other ? -1 : 1);
    for (let start = 0; start < others.length; start += PAGE) yield others.slice(start, start + PAGE);
  }
}

function isWhole(id: ObjectId): boolean {
  return typeof id === "number" && Number.isInteger(id);
}

/** Null: it is none, or one that no number can be. */
function rowidIn(id: ObjectId): ObjectId | null {
  if (typeof id === "number") return null;
  const address = addressOf(id);
  const rowid = address.kind === "rowid" ? Number(address.rowid) : null;
  return rowid !== null && Number.isSafeInteger(rowid) ? rowid as ObjectId : null;
}
