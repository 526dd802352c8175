/** Opens what a run reads: a file, or standard input. */
import { EXIT, RunStop } from "../errors.ts";
import { inputMissing, type UnreadableReason } from "../messages/input.ts";

export interface Source {
  /** The path as it was given; `standard input` for `-`. */
  readonly name: string;
  /** In bytes, byte order mark included; null when it is not known before the end, as with a pipe. */
  readonly size: number | null;
  /** Cancel it to close the file before its end. A failure to read throws `RunStop` with code 66. */
  readonly stream: ReadableStream<Uint8Array>;
}

/**
 * Opens a source for reading.
 * @param path relative to the working directory; `-` is standard input
 * @throws {RunStop} code 66, when there is no such file, or it cannot be read
 */
export async function openSource(path: string, stdin: ReadableStream<Uint8Array>): Promise<Source> {
  if (path === "-") {
    const name = "standard input";
    return { name, size: null, stream: stoppingOnFailure(stdin, name) };
  }
  const info = await orStop(path, () => Deno.stat(path));
  if (info.isDirectory) throw unreadable(path, { kind: "folder" });
  const file = await orStop(path, () => Deno.open(path));
  return { name: path, size: info.isFile ? info.size : null, stream: stoppingOnFailure(file.readable, path) };
}

function stoppingOnFailure(stream: ReadableStream<Uint8Array>, name: string): ReadableStream<Uint8Array> {
  return ReadableStream.from(readingOrStopping(stream, name));
}

async function* readingOrStopping(stream: ReadableStream<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const reader = stream[Symbol.asyncIterator]();
  try {
    while (true) {
      const next = await orStop(name, () => reader.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await reader.return?.();
  }
}

async function orStop<T>(name: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw unreadable(name, reasonOf(error), error);
  }
}

function reasonOf(error: unknown): UnreadableReason {
  if (error instanceof Deno.errors.NotFound) return { kind: "missing" };
  if (error instanceof Deno.errors.PermissionDenied) return { kind: "no_permission" };
  return { kind: "other", detail: error instanceof Error ? error.message : String(error) };
}

function unreadable(name: string, reason: UnreadableReason, cause?: unknown): RunStop {
  return new RunStop(EXIT.inputMissing, [inputMissing(name, reason)], { cause });
}
