/** Somebody ends the program with a signal, and the program ends in good order: what is open is taken back, and it says so. */
import { type ExitCode, RunStop, type StopMessage } from "./errors.ts";

/** The end of a run that was asked for from outside. */
export class Interruption extends RunStop {
  /** @param signal its name, as `SIGINT` */
  constructor(readonly signal: string, exitCode: Exclude<ExitCode, 0 | 1>, messages: readonly StopMessage[]) {
    super(exitCode, messages);
    this.name = "Interruption";
  }
}

/** From here on an exit code is 128 and the number of a signal. */
const FIRST_OF_SIGNALS = 129;

/** Whether a run ended because somebody wanted the whole program to end. */
export function isInterrupted({ exitCode }: RunStop): boolean {
  return exitCode >= FIRST_OF_SIGNALS;
}

/**
 * Waits, but not longer than until the interruption. What was waited for goes on by itself, and nobody hears of its end.
 * @param interruption undefined: there can be none
 * @throws what the promise is rejected with; the reason of the interruption
 */
export async function interruptible<T>(wait: () => Promise<T>, interruption: AbortSignal | undefined): Promise<T> {
  if (interruption === undefined) return await wait();
  interruption.throwIfAborted();
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(interruption.reason);
  interruption.addEventListener("abort", onAbort);
  try {
    return await Promise.race([wait(), interrupted]);
  } finally {
    interruption.removeEventListener("abort", onAbort);
  }
}

/** Work that is not to be left half-way, by the interruption that would do so. */
const wholeWork = new WeakMap<AbortSignal, Set<Promise<unknown>>>();

/**
 * Does work of which nobody could say what has become of it if the program ended meanwhile: after an interruption the program waits for it.
 * @param interruption undefined: there can be none
 */
export async function asWhole<T>(work: () => Promise<T>, interruption: AbortSignal | undefined): Promise<T> {
  if (interruption === undefined) return await work();
  const underWay = wholeWork.get(interruption) ?? new Set();
  wholeWork.set(interruption, underWay);
  const promise = work();
  underWay.add(promise);
  try {
    return await promise;
  } finally {
    underWay.delete(promise);
  }
}

/** Waits for such work, whatever comes of it. @returns whether there was any */
export async function wholeWorkEnded(interruption: AbortSignal): Promise<boolean> {
  const underWay = [...wholeWork.get(interruption) ?? []];
  await Promise.allSettled(underWay);
  return underWay.length > 0;
}

/** Lets time pass. @throws the reason of the interruption */
export async function pause(milliseconds: number, interruption: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await interruptible(() => new Promise<void>((resolve) => timer = setTimeout(resolve, milliseconds)), interruption);
  } finally {
    clearTimeout(timer);
  }
}
