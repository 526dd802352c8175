/** Opens what a run reads: a file, or standard input. */
import { EXIT, RunStop } from "../errors.ts";
import { interruptible } from "../interruption.ts";
import type { ProgramIo } from "../io.ts";
import { type ByteReader, fileReader, streamReader } from "./byte_reader.ts";
import { inputChanged, inputMissing, inputName, type UnreadableReason } from "../messages/input.ts";
import { systemReason, wordsOf } from "../messages/system_reason.ts";
import { isFileAmong } from "../same_file.ts";
import { pathFrom } from "../working_folder.ts";

export interface Source {
  /** The path as it was given; `standard input` for `-`. */
  readonly name: string;
  /** In bytes, byte order mark included; null when it is not known before the end, as with a pipe. */
  readonly size: number | null;
  /** The bytes, once; a piece is good until the next one is asked for. A failure to read throws `RunStop` with code 66. */
  readonly pieces: AsyncIterable<Uint8Array>;
  /**
   * The same bytes once more, as those of an open source. Left out: they come only once, as from a pipe.
   * @throws RunStop 66 when they are gone, or others since
   */
  readonly again?: () => Promise<Pick<Source, "pieces" | "close">>;
  /** Closes the source, if it is still open. */
  close(): Promise<void>;
}

/** What opens a source needs of the world. */
type SourceIo = Pick<ProgramIo, "stdin" | "interruption" | "whileDeaf" | "workingFolder">;

/**
 * Opens a source for reading.
 * @param path relative to the working folder; `-` is standard input
 * @param io standard input is touched only when it is read: to make a stream of it takes time
 * @param database paths of its files: to close one of them would end the locks of whoever works in it in this process
 * @param allowed what is no file is not touched before this is settled well: whoever writes a pipe would be let down
 * @throws {RunStop} code 66, when there is no such file, or it cannot be read
 */
export async function openSource(
  path: string,
  io: SourceIo,
  database: readonly string[] = [],
  allowed?: Promise<unknown>,
): Promise<Source> {
  const { interruption } = io;
  if (path === "-") return sourceOf(inputName(path), null, streamReader(io.stdin), interruption);
  const file = pathFrom(io, path);
  const info = await orStop(path, () => Deno.stat(file));
  if (info.isDirectory) throw unreadable(path, { kind: "folder" });
  if (await isFileAmong(info, file, database)) throw unreadable(path, { kind: "database" });
  if (!info.isFile) await allowed;
  const open = () => interruptible(() => Deno.open(file), interruption);
  // Deno 2.4 stands still until somebody opens the other end of a pipe.
  const opened = await orStop(path, () => info.isFifo && io.whileDeaf ? io.whileDeaf(open) : open());
  const source = sourceOf(path, info.isFile ? info.size : null, fileReader(opened), interruption);
  if (!info.isFile) return source;
  return {
    ...source,
    async again() {
      const now = await orStop(path, () => Deno.stat(file));
      if (!isSameAs(now, info)) throw new RunStop(EXIT.inputMissing, [inputChanged(path)]);
      return sourceOf(path, now.size, fileReader(await orStop(path, open)), interruption);
    },
  };
}

/** As far as can be told without reading it. */
function isSameAs(now: Deno.FileInfo, before: Deno.FileInfo): boolean {
  return now.isFile && now.size === before.size && now.mtime?.getTime() === before.mtime?.getTime() &&
    now.ino === before.ino && now.dev === before.dev;
}

/**
 * Whether a source could be opened now. A pipe is not touched: whoever writes it would take the one that looks for its reader.
 * @throws {RunStop} code 66, when it is not there, or a file that cannot be read
 */
export async function checkSource(path: string, io: SourceIo): Promise<void> {
  if (path === "-") return;
  const info = await orStop(path, () => Deno.stat(pathFrom(io, path)));
  if (info.isFile || info.isDirectory) await (await openSource(path, io)).close();
}

function sourceOf(
  name: string,
  size: number | null,
  reader: ByteReader,
  interruption: AbortSignal | undefined,
): Source {
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await reader.cancel();
  };
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      while (true) {
        const piece = await orStop(name, () => interruptible(() => reader.read(), interruption));
        // At its end it is closed.
        if (piece === null) isOpen = false;
        // Somebody may have closed it while it was read.
        if (!isOpen || piece === null) return;
        yield piece;
      }
    } catch (error) {
      // So it is when it fails.
      isOpen = false;
      throw error;
    } finally {
      // The caller had enough.
      await close();
    }
  }
  return { name, size, pieces: pieces(), close };
}

async function orStop<T>(name: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RunStop) throw error;
    throw unreadable(name, reasonOf(error), error);
  }
}

function reasonOf(error: unknown): UnreadableReason {
  if (error instanceof Deno.errors.NotFound) return { kind: "missing" };
  if (error instanceof Deno.errors.PermissionDenied) return { kind: "no_permission" };
  if (error instanceof Deno.errors.NotCapable) return { kind: "of_the_system" };
  const words = wordsOf(error);
  return words === null ? { kind: "other", detail: systemReason(error) } : { kind: "told", words };
}

function unreadable(name: string, reason: UnreadableReason, cause?: unknown): RunStop {
  return new RunStop(EXIT.inputMissing, [inputMissing(name, reason)], { cause });
}
