/** A sink for what nobody has to read, such as standard error of a server: its other end may stand still. */
import type { TextSink } from "../io.ts";

/** Milliseconds that a write is waited for. */
const PATIENCE = 1000;

/** Characters that may wait for the other end; what comes beyond is lost. */
const MOST_WAITING = 64 * 1024;

/** The sink, which nobody waits for longer than a moment. A failure is as good as a success. */
export function briefSink(sink: TextSink): TextSink {
  let waiting = 0;
  const briefly = async (length: number, write: () => Promise<void>) => {
    if (waiting > MOST_WAITING) return;
    waiting += length;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, PATIENCE);
    const written = write().catch(() => {}).finally(() => waiting -= length);
    await Promise.race([written, late]);
    clearTimeout(timer);
  };
  return {
    isTerminal: sink.isTerminal,
    write: (text) => briefly(text.length, () => sink.write(text)),
    writeBytes: (bytes) => briefly(bytes.length, () => sink.writeBytes(bytes)),
  };
}
