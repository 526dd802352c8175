/** The end of a file, read without what stands before it. */
import { pathFrom, type WorkingFolder } from "../working_folder.ts";

/**
 * @param size of the file, in bytes @param length of the end that is wanted
 * @returns fewer bytes when the file has become shorter; none when it is gone
 */
export async function readTail(path: string, at: WorkingFolder, size: number, length: number): Promise<Uint8Array> {
  try {
    using file = await Deno.open(pathFrom(at, path));
    await file.seek(Math.max(0, size - length), Deno.SeekMode.Start);
    const buffer = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const count = await file.read(buffer.subarray(filled));
      if (count === null) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  } catch (error) {
    // It was there a moment ago; what was read of it is told all the same.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return new Uint8Array(0);
    }
    throw error;
  }
}
