/** Files of sizes that no table has. */

export const MEBI = 1024 * 1024;

/** Writes texts, and numbers as so many zero bytes, which take no place on the disk. */
export function writeParts(path: string, ...parts: readonly (string | number)[]): void {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  for (const part of parts) {
    if (typeof part === "number") {
      const end = file.seekSync(0, Deno.SeekMode.Current) + part;
      file.truncateSync(end);
      file.seekSync(end, Deno.SeekMode.Start);
    } else {
      const bytes = new TextEncoder().encode(part);
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    }
  }
}

export const HEADER = "name,code\n";
