/** Numbers for ids that are texts. The texts may be those of others too, and are kept once. */
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectNumbers } from "../../store/objects.ts";
import { NumberedIds } from "../shared/object_numbers.ts";
import type { KnownTexts } from "./known_texts.ts";

/** Ids of a page. */
const PAGE = 4096;

export class TextNumbers implements ObjectNumbers {
  /** By the index of the text: texts mostly come in the order of their numbers. */
  readonly #numbers = new NumberedIds();

  constructor(private readonly texts: KnownTexts) {}

  noteOnce(id: ObjectId, number: number): number {
    return this.#numbers.noteOnce(this.texts.add(String(id)) as ObjectId, number);
  }

  of(id: ObjectId): number | null {
    const index = this.texts.find(String(id));
    return index === null ? null : this.#numbers.of(index as ObjectId);
  }

  forget(id: ObjectId): void {
    const index = this.texts.find(String(id));
    if (index !== null) this.#numbers.forget(index as ObjectId);
  }

  /** In the order of their characters. */
  *pages(): Generator<readonly ObjectId[], void> {
    const known = new Uint32Array(this.texts.size);
    let count = 0;
    for (const page of this.#numbers.pages()) for (const index of page) known[count++] = Number(index);
    const sorted = known.subarray(0, count).sort((one, other) => this.texts.compare(one, other));
    for (let start = 0; start < count; start += PAGE) {
      yield Array.from(sorted.subarray(start, start + PAGE), (index) => this.texts.at(index) as string & ObjectId);
    }
  }
}
