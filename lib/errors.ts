/**
 * The ways a run may stop on purpose. Problems with data are values; a `RunStop` is thrown only when the run cannot go on.
 * Nothing below `main.ts` calls `Deno.exit`: `program.ts` turns a `RunStop` into messages and an exit code.
 */

/** Exit codes of the program, after the BSD `sysexits.h` numbers; those of signals as shells have them. */
export const EXIT = {
  done: 0,
  rowsInError: 1,
  limitExceeded: 2,
  usage: 64,
  badInput: 65,
  inputMissing: 66,
  notListening: 69,
  bug: 70,
  databaseNotWritable: 73,
  reportNotWritable: 74,
  databaseLocked: 75,
  notAllowed: 77,
  databaseNotUsable: 78,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** One of the program's exit codes. */
export type ExitCode = typeof EXIT[keyof typeof EXIT];

/** What went wrong, and what the operator can do about it. */
export interface StopMessage {
  /** What was found, where, and what was expected: a whole line, as it is printed in the report. */
  readonly text: string;
  /** What to do; printed on standard error only. */
  readonly hint?: string;
}

/** Ends a run on purpose: every message is reported and the program exits with `exitCode`. */
export class RunStop extends Error {
  /**
   * @param exitCode the program's exit code, never `EXIT.done`
   * @param messages at least one message; all problems that were found together
   */
  constructor(
    readonly exitCode: Exclude<ExitCode, 0 | 1>,
    readonly messages: readonly StopMessage[],
    options?: ErrorOptions,
  ) {
    super(messages.map((message) => message.text).join("\n"), options);
    this.name = "RunStop";
  }
}

/** The end of a run that came to its last row and was taken back, because it would have done more than its caller allows. */
export class LimitStop extends RunStop {
  /** @param isInReport whether its report has the messages */
  constructor(messages: readonly StopMessage[], readonly isInReport: boolean) {
    super(EXIT.limitExceeded, messages);
    this.name = "LimitStop";
  }
}

/** What is said of whatever was thrown, in the words of whoever threw it. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
