/** Reading while the database is at work: for those that answer later. */
import { setImmediate } from "node:timers";

/**
 * Gives the same, and begins to read the next one as soon as whoever works on the last one has to wait.
 * @param close is called, and the next one not waited for, by who has had enough of a source of which it may never come. Null: it is waited for
 */
export async function* readMeanwhile<T>(
  source: AsyncIterable<T>,
  close: (() => Promise<void>) | null = null,
): AsyncGenerator<T, void> {
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
    if (close === null) await ended(next, iterator);
    else {
      await close();
      ended(next, iterator).catch(() => {});
    }
  }
}

/** The same, but that nothing behind the first one is read before somebody asks for the second: it may be the only one that is wanted. */
export async function* readBehindFirst<T>(source: AsyncIterable<T>): AsyncGenerator<T, void> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    if (first.done === true) return;
    yield first.value;
    yield* readMeanwhile({ [Symbol.asyncIterator]: () => iterator });
  } finally {
    await iterator.return?.();
  }
}

async function ended<T>(next: Promise<unknown>, iterator: AsyncIterator<T>): Promise<void> {
  await next.catch(() => {});
  await iterator.return?.();
}

function whenIdle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
