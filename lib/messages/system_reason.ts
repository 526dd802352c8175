/** Why the system does not open, read or write a file, in words that say what it is. */
import { reasonOf } from "../errors.ts";

/** Reasons that the system tells by a number, or Deno in the words of its own command line. Null: it has the best words itself. */
export function wordsOf(error: unknown): string | null {
  if (error instanceof Deno.errors.NotCapable) return OF_THE_SYSTEM;
  if (error instanceof Deno.errors.IsADirectory) return "It is a folder: name a file in it";
  if (error instanceof Deno.errors.NotADirectory) return "A part of its path is a file, where a folder was expected";
  if (error instanceof Deno.errors.FilesystemLoop) return "Its links lead in a circle";
  return codeOf(error) === "ENXIO" ? "It is a socket, or a device that is not there" : null;
}

/** Deno opens them for programs that may do everything, and ours may not (`scripts/compile_options.ts`). */
const OF_THE_SYSTEM = "It is a file of the system, below /dev, /proc or /sys, and csvrecon opens none of these";

/** @returns a sentence without its full stop, or the words of the system, which have no path: messages name it as it was typed */
export function systemReason(error: unknown): string {
  return wordsOf(error) ?? reasonOf(error).replace(/(\(os error \d+\)): .*$/s, "$1");
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}
