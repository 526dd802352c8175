/** What happens when standard output is closed or full. */
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import { systemReason } from "../messages/system_reason.ts";
import { Interruption } from "../interruption.ts";
import { interruptedBy, reportNotWritable } from "../messages/report.ts";

/**
 * Prints, or ends the run.
 * @param message says it, given what the operating system says
 * @throws RunStop with `EXIT.reportNotWritable`, or with the code of the signal that cut it off
 */
export async function printing(print: () => Promise<void>, message: (reason: string) => StopMessage): Promise<void> {
  try {
    await print();
  } catch (error) {
    // What is printed may be done already: that nothing was written is no more true.
    if (error instanceof Interruption) throw new RunStop(error.exitCode, [message(interruptedBy(error.signal))]);
    if (error instanceof RunStop) throw error;
    const reason = systemReason(error);
    throw new RunStop(EXIT.reportNotWritable, [message(reason)], { cause: error });
  }
}

/**
 * Prints why a run is stopped. When that cannot be printed, standard error still tells both, and the exit code is that of the first
 * error: a caller that tries again later because of a lock must see the lock.
 * @returns what is to be thrown
 */
export async function printingRefusal(stop: RunStop, print: () => Promise<void>): Promise<RunStop> {
  try {
    await printing(print, reportNotWritable);
    return stop;
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    return new RunStop(stop.exitCode, [...stop.messages, ...error.messages], { cause: stop.cause });
  }
}
