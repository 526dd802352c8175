/**
 * Work that asks a database in between, told once for those that answer at once and those that answer later: it gives way only where an
 * answer is a promise. With SQLite none is, and the work is done without a pause.
 */

/** An answer that may have to be waited for. */
export type Later<T> = T | Promise<T>;

/** Work that gives way with what it waits for, and goes on with what came of it. */
export type Steps<T> = Generator<Promise<unknown>, T, unknown>;

/** The answer, when it is there. */
export function* answered<T>(later: Later<T>): Steps<T> {
  return later instanceof Promise ? (yield later) as T : later;
}

/** Does work of which every answer is there at once. */
export function doneNow<T>(steps: Steps<T>): T {
  const step = steps.next();
  if (step.done !== true) throw new Error("what answers at once has made somebody wait");
  return step.value;
}

/** Does work, and waits where it has to. */
export async function doneLater<T>(steps: Steps<T>): Promise<T> {
  let step = steps.next();
  while (step.done !== true) {
    let answer: unknown;
    try {
      answer = await step.value;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(answer);
  }
  return step.value;
}
