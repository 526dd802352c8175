/** What may be typed behind a command, parameters aside: shells offer it. */
import { COMMANDS } from "./parameter_definition.ts";

/** The shells that `completions` knows. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** One of them. */
export type Shell = typeof SHELLS[number];

/** A place for a word. */
export interface WordPlace {
  /** The command and the words before this one, with blanks between them. */
  readonly behind: string;
  /** What the word may be; none: a file. */
  readonly words: readonly string[];
  /** What stands for the word in the help. */
  readonly name: string;
  /** Whether more of its kind may follow. */
  readonly repeats?: boolean;
}

export const WORD_PLACES: readonly WordPlace[] = [
  { behind: "model", words: ["show", "derive", "check"], name: "ACTION" },
  { behind: "model check", words: [], name: "FILE" },
  { behind: "check", words: [], name: "FILE" },
  { behind: "run", words: [], name: "JOB", repeats: true },
  { behind: "completions", words: SHELLS, name: "SHELL" },
  { behind: "help", words: COMMANDS, name: "COMMAND" },
];
