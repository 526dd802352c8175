/** Files that appear whole or not at all, and never in place of another one. Only their user may read them. */
import { basename, dirname, join } from "node:path";
import { giveNewName } from "../spool/new_name.ts";

/**
 * Makes a file that nobody else can read.
 * @param path for the system
 * @throws Deno.errors.AlreadyExists when there is something of that name; what else the system says. Then nothing is left behind
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.unfinished`);
  try {
    using file = await Deno.open(unfinished, { createNew: true, write: true, mode: 0o600 });
    await writeAll(file, new TextEncoder().encode(text));
    await file.sync();
    giveNewName(unfinished, path);
  } finally {
    await removed(unfinished);
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

async function removed(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch {
    // It has its right name already, or was never made.
  }
}
