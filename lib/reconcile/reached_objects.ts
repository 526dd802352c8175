/** Which rows of a run have reached which objects: those that they created, updated or found unchanged (SPEC 14, twins). */
import { classOf } from "../model/look_up.ts";
import type { ClassCode, Model } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectNumbers, ObjectStore } from "../store/objects.ts";
import type { RowPlace } from "./problems.ts";
import { RowLines } from "./row_lines.ts";
import type { IndexedRecord } from "./row_teller.ts";
import type { RunContext } from "./run_context.ts";

export class ReachedObjects {
  readonly #model: Model;
  readonly #store: ObjectStore;
  readonly #ownRoot: ClassCode;
  /** Of the class that is loaded. */
  readonly own: ObjectNumbers;
  /** By other root classes: those of links. */
  readonly #others = new Map<ClassCode, ObjectNumbers>();
  readonly #lines = new RowLines();

  constructor({ plan, store, model }: RunContext) {
    this.#model = model;
    this.#store = store;
    this.#ownRoot = plan.class.root;
    this.own = store.numbers();
  }

  /**
   * Notes that a row has reached an object of the loaded class.
   * @returns the index of the row that was the first to do so
   */
  note({ index, record }: IndexedRecord, id: ObjectId): number {
    this.#lines.note(index, record.line);
    return this.own.noteOnce(id, index);
  }

  /**
   * The same of objects of any class. The row has been noted for its own object.
   * @returns the index of the last row before it that has reached one of them, or its own
   */
  noteOthers(index: number, code: ClassCode, ids: readonly ObjectId[]): number {
    const numbers = this.#numbersOf(code);
    let last = -1;
    for (const id of ids) {
      const first = numbers.noteOnce(id, index);
      if (first !== index && first > last) last = first;
    }
    return last < 0 ? index : last;
  }

  /** The index of the first row that has reached an object; null: none has. */
  rowOf(code: ClassCode, id: ObjectId): number | null {
    return this.#numbersOf(code).of(id);
  }

  /** The row has not reached the object after all. If another one has since, it is to be noted again. */
  forget(index: number, id: ObjectId): void {
    if (this.own.of(id) === index) this.own.forget(id);
  }

  /** The same of objects of any class. */
  forgetOthers(index: number, code: ClassCode, ids: readonly ObjectId[]): void {
    const numbers = this.#numbersOf(code);
    for (const id of ids) if (numbers.of(id) === index) numbers.forget(id);
  }

  /** @param index of a row that was noted */
  placeOf(index: number): RowPlace {
    return { record: index, line: this.#lines.lineOf(index) };
  }

  #numbersOf(code: ClassCode): ObjectNumbers {
    const { root } = classOf(this.#model, code);
    if (root === this.#ownRoot) return this.own;
    let numbers = this.#others.get(root);
    if (numbers === undefined) this.#others.set(root, numbers = this.#store.numbers());
    return numbers;
  }
}
