/** Which file a path leads to. It is asked by path: to open and close a database's file beside SQLite takes SQLite's locks from it (POSIX). */

/** What tells the file from all others, as a text to be compared; null: there is none, or it is out of reach. */
export function fileIdentity(path: string): string | null {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}
