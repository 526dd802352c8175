/** The world around the program: `main.ts` hands in the real one, tests hand in their own. */

import type { WorkingFolder } from "./working_folder.ts";

/** Where text goes. */
export interface TextSink {
  /** Writes the whole text. @throws when the other end is closed or full */
  write(text: string): Promise<void>;
  /** Writes text that is bytes already, in UTF-8 but where another charset is asked for; a piece may end within a character. @throws when the other end is closed or full */
  writeBytes(bytes: Uint8Array): Promise<void>;
  /** Writes a sequence of our own that commands a terminal, as it is; left out: as `write` does it. */
  command?(sequence: string): Promise<void>;
  /** Whether a person sees it. */
  readonly isTerminal: boolean;
}

/** What a program that goes on until it is ended makes of signals. */
export interface ServingSignals {
  /** From now on the program may take as long as it needs after the first signal; a second one ends it at once. */
  takeTime(): void;
  /** From now on SIGHUP calls this and no longer ends the program, where the system has that signal. */
  onHangUp(act: () => void): void;
}

export interface ProgramIo extends WorkingFolder {
  readonly stdin: ReadableStream<Uint8Array>;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** The value of an environment variable. */
  env(name: string): string | undefined;
  now(): Date;
  /** Somebody wants no colours (https://no-color.org); undefined: nobody has said so. */
  readonly noColor?: boolean | undefined;
  /** Aborted with an `Interruption` when somebody wants the program to end; undefined: nobody can. */
  readonly interruption?: AbortSignal | undefined;
  /** Undefined: there are no signals. */
  readonly servingSignals?: ServingSignals | undefined;
  /**
   * Does something that may block the whole program, so that no interruption is heard: the system ends the program then. Undefined:
   * nothing special is to be done.
   */
  readonly whileDeaf?: (<T>(act: () => Promise<T>) => Promise<T>) | undefined;
  /**
   * Asks whoever sits at the terminal of standard input for a secret, which is not shown. Undefined: nobody does.
   * @returns null at the end of input @throws the reason of an interruption
   */
  readonly askHidden?: ((prompt: string) => Promise<string | null>) | undefined;
  /** Told the text of every statement just before SQLite executes it. Tests look on, or throw. */
  readonly onStatement?: ((sql: string) => void) | undefined;
  /** Gives up the right to use the network, for good. */
  readonly giveUpNetwork?: (() => void) | undefined;
  /** How much work a new password hash is; undefined: the program's own. Tests make it small. */
  readonly passwordCost?: { readonly n: number; readonly r: number; readonly p: number } | undefined;
  /** How many rows of an import are worked together; undefined: the program's own. With one, rows go one by one: tests hold others against that. */
  readonly rowsTogether?: number | undefined;
}
