/**
 * What the main thread and the import thread say to each other. The import thread asks, one thing at a time, and waits for the answer:
 * so no more than one piece of input and one piece of report are ever on their way. An input of one piece comes with the import. A piece travels in a buffer that both threads hand to
 * and fro, and that is never copied on the way.
 */
import type { PasswordCost } from "../../users/password.ts";
import type { WorkingFolder } from "../../working_folder.ts";
import type { FinishedImport, QueuedImport } from "./queued_import.ts";

/** Of each of the two buffers. */
export const PIECE_BYTES = 64 * 1024;

/** An import without what only the main thread can do for it. */
export type ImportTask =
  & Omit<QueuedImport, "input" | "report">
  & WorkingFolder
  & {
    readonly passwordCost: PasswordCost | undefined;
    /** All of a small input; left out, or null: it is to be asked for. */
    readonly whole?: Uint8Array<ArrayBuffer> | null;
  };

/** To the import thread. */
export type ToImportThread =
  | { readonly kind: "run"; readonly task: ImportTask }
  /** The import is to end as soon as it can. Its questions get no answers from now on. */
  | { readonly kind: "abort" }
  /** No import runs, and none will come: the database is to be closed. */
  | { readonly kind: "close" }
  | Answer;

export type Answer =
  | { readonly kind: "piece"; readonly bytes: Uint8Array<ArrayBuffer> }
  /** There is no more input. */
  | { readonly kind: "end" }
  | { readonly kind: "unreadable"; readonly reason: string }
  /** A piece of the report was taken; the buffer comes back. */
  | { readonly kind: "taken"; readonly buffer: ArrayBuffer }
  | { readonly kind: "not_taken"; readonly reason: string };

export type Question =
  /** The next piece of input, in this buffer. */
  | { readonly kind: "next"; readonly buffer: ArrayBuffer }
  /** A piece of the report. */
  | { readonly kind: "report"; readonly bytes: Uint8Array<ArrayBuffer> };

/** From the import thread. */
export type FromImportThread =
  | Question
  | { readonly kind: "finished"; readonly result: FinishedImport }
  | { readonly kind: "closed" };
