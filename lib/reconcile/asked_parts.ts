/**
 * The parts of a group, asked about one after another. Where a row may need what rows before it create, the part ends before it: new objects
 * get their ids in the order of their rows, and what was asked about too early would have taken some.
 */
import type { CsvRecord } from "../csv/record.ts";
import type { AskedRow, RowQuestions } from "./row_questions.ts";

/** After a row that ends a part, so many times as many rows as were asked about then are tried: asking too much again costs little so. */
const GROWTH = 2;

/** @param start the index of the first record */
export async function* askedParts(
  questions: Pick<RowQuestions, "ask">,
  parts: readonly (readonly CsvRecord[])[],
  start: number,
): AsyncGenerator<readonly AskedRow[]> {
  let next = start;
  let most = Infinity;
  for (const part of parts) {
    for (let done = 0; done < part.length;) {
      const some = done === 0 && part.length <= most ? part : part.slice(done, done + most);
      const asked = await questions.ask(some, next);
      yield asked;
      done += asked.length;
      next += asked.length;
      most = asked.length < some.length ? asked.length * GROWTH : Math.max(most, some.length * GROWTH);
    }
  }
}
