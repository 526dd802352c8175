/** Reading while the database is at work: for those that answer later. */
import { setImmediate } from "node:timers";

/** Gives the same, and begins to read the next one as soon as whoever works on the last one has to wait. */
export async function* readMeanwhile<T>(source: AsyncIterable<T>): AsyncGenerator<T, void> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (let read = await next; read.done !== true; read = await next) {
      next = whenIdle().then(() => iterator.next());
      // Who asks for it hears of a failure.
      next.catch(() => {});
      yield read.value;
    }
  } finally {
    await next.catch(() => {});
    await iterator.return?.();
  }
}

function whenIdle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
