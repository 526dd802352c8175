/** How many objects a run has deleted, as its entries come. */
import type { ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";

/** Entries of the same object are neighbours. */
export class DeletedObjects {
  count = 0;
  #class: ClassCode | null = null;
  #id: ObjectId | null = null;

  add(code: ClassCode, id: ObjectId): void {
    if (id !== this.#id || code !== this.#class) this.count++;
    this.#class = code;
    this.#id = id;
  }

  addMany(count: number): void {
    this.takeBackTo(this.count + count);
  }

  takeBackTo(count: number): void {
    this.count = count;
    this.#class = this.#id = null;
  }
}
