/** Sinks for tests. */
import type { TextSink } from "../../lib/io.ts";

/** Remembers all that was written. */
export class MemorySink implements TextSink {
  text = "";

  constructor(readonly isTerminal = false) {}

  write(text: string): Promise<void> {
    this.text += text;
    return Promise.resolve();
  }
}

/** A pipe whose other end is closed. */
export class ClosedSink implements TextSink {
  readonly isTerminal = true;
  attempts = 0;

  write(): Promise<void> {
    this.attempts++;
    return Promise.reject(new Deno.errors.BrokenPipe("Broken pipe (os error 32)"));
  }
}
