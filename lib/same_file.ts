/** Whether two paths lead to one file, through whatever links. */
import { basename, dirname, join, resolve } from "node:path";

/** The first of some paths that leads where `path` does; null: none. Nothing is opened: the file may be a database in use. */
export async function sameFileAmong(path: string, others: readonly string[]): Promise<string | null> {
  const [own, place] = [await infoOf(path), placeOf(path)];
  for (const other of others) {
    if (place === placeOf(other)) return other;
    const info = own === null ? null : await infoOf(other);
    if (own !== null && info !== null && own.ino !== null && own.ino === info.ino && own.dev === info.dev) return other;
  }
  return null;
}

/** Whether a file is one of some others; a few looks at most, where the system numbers its files. @param info of the file */
export async function isFileAmong(info: Deno.FileInfo, path: string, others: readonly string[]): Promise<boolean> {
  if (info.ino === null) return await sameFileAmong(path, others) !== null;
  for (const other of others) {
    const found = await infoOf(other);
    if (found !== null && found.ino === info.ino && found.dev === info.dev) return true;
  }
  return false;
}

async function infoOf(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch {
    // Nothing is there, or it is out of reach: to open it will tell so.
    return null;
  }
}

/** However a path is spelt: the one without links; of a file that is not there yet that of its folder, with its name. */
export function placeOf(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    try {
      return join(Deno.realPathSync(dirname(resolve(path))), basename(path));
    } catch {
      return resolve(path);
    }
  }
}
