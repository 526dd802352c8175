/** Reading while the database is at work: for those that answer later. */
import { setImmediate } from "node:timers";

/** In milliseconds: a file gives the next rows sooner, and who waits longer for a pipe has waited for nothing. */
const SOON = 10;

/** What is read, with a look at what comes next. */
export interface MeanwhileRead<T> extends AsyncIterable<T> {
  /** The one behind the last one, if it comes soon; null: nobody knows. It is given in its turn all the same. */
  soon(): Promise<T | null>;
}

/**
 * Gives the same, and begins to read the next one as soon as whoever works on the last one has to wait.
 * @param close is called, and the next one not waited for, by who has had enough of a source of which it may never come. Null: it is waited for
 */
export function readMeanwhile<T>(
  source: AsyncIterable<T>,
  close: (() => Promise<void>) | null = null,
): MeanwhileRead<T> {
  const iterator = source[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<T>> | null = null;
  async function* all(): AsyncGenerator<T, void> {
    next = iterator.next();
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
  return { [Symbol.asyncIterator]: all, soon: async () => next === null ? null : await valueOf(next) };
}

async function valueOf<T>(next: Promise<IteratorResult<T>>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => timer = setTimeout(() => resolve(null), SOON));
  try {
    // Its failure is told when its turn has come.
    const read = await Promise.race([next.catch(() => null), late]);
    return read === null || read.done === true ? null : read.value;
  } finally {
    clearTimeout(timer);
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
