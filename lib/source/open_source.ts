/** Opens what a run reads: a file, or standard input. */
import { EXIT, RunStop } from "../errors.ts";
import { inputMissing, type UnreadableReason } from "../messages/input.ts";

export interface Source {
  /** The path as it was given; `standard input` for `-`. */
  readonly name: string;
  /** In bytes, byte order mark included; null when it is not known before the end, as with a pipe. */
  readonly size: number | null;
  /**
   * Each piece is good until the next one is asked for. Cancel it to close the file before its end. A failure to read throws
   * `RunStop` with code 66.
   */
  readonly stream: ReadableStream<Uint8Array>;
}

/** Small pieces, so that little of what is made of them is still in use when the garbage collector comes. */
const PIECE_BYTES = 16 * 1024;

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

/**
 * Passes bytes on in one buffer that is used again and again: a new one for each piece costs memory that is freed late.
 * Nothing is read before it is asked for.
 */
function stoppingOnFailure(stream: ReadableStream<Uint8Array>, name: string): ReadableStream<Uint8Array> {
  const reader = stream.getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(PIECE_BYTES);
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const { value, done } = await orStop(name, () => reader.read(new Uint8Array(buffer)));
    if (done) return controller.close();
    buffer = value.buffer;
    controller.enqueue(value);
  };
  return new ReadableStream({ pull, cancel: () => reader.cancel() }, { highWaterMark: 0 });
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
