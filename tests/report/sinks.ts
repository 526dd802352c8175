/** Sinks for tests. */
import type { TextSink } from "../../lib/io.ts";

/** A pipe whose other end is closed. */
export class ClosedSink implements TextSink {
  readonly isTerminal = true;
  attempts = 0;

  write(): Promise<void> {
    this.attempts++;
    return Promise.reject(new Deno.errors.BrokenPipe("Broken pipe (os error 32)"));
  }

  writeBytes(): Promise<void> {
    return this.write();
  }
}
