/** Files that people write by hand: read whole, but never more of them than anybody would write. */
import { fileTooLarge } from "../messages/input.ts";
import { pathFrom, type WorkingFolder } from "../working_folder.ts";
import { isNamedPipe, NamedPipe } from "./named_pipe.ts";

const KIBI = 1024;
/** Of a param file, a job file or a password file, in bytes. */
export const LARGEST_SETTINGS_FILE = 256 * KIBI;
/** Of a model file, in bytes; the built-in model has 45 KiB. */
export const LARGEST_MODEL_FILE = 2048 * KIBI;

/**
 * Reads a file that must be small, also a pipe or a device, of which nobody knows how long it is.
 * @param largest in bytes
 * @param at what the path is relative to
 * @throws what the system says, or an error that says that the file is too large: its message is good to be printed
 */
export async function readSmallFile(path: string, largest: number, at: WorkingFolder): Promise<Uint8Array> {
  using file = await openSmall(pathFrom(at, path));
  const buffer = new Uint8Array(largest + 1);
  let length = 0;
  while (length <= largest) {
    const count = await file.read(buffer.subarray(length));
    if (count === null) return buffer.slice(0, length);
    length += count;
  }
  throw new Error(fileTooLarge(largest));
}

async function openSmall(path: string): Promise<Deno.FsFile | NamedPipe> {
  if (!await isNamedPipe(path)) return await Deno.open(path);
  try {
    return await NamedPipe.open(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
    return await Deno.open(path);
  }
}
