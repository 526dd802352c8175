/** Which file a path leads to. It is asked by path: to open and close a database's file beside SQLite takes SQLite's locks from it (POSIX). */

export interface FileIdentity {
  readonly dev: number;
  /** Null: the system has none. */
  readonly ino: number | null;
}

/** @returns null when there is no file */
export function fileIdentity(path: string): FileIdentity | null {
  try {
    const { dev, ino } = Deno.statSync(path);
    return { dev, ino };
  } catch {
    return null;
  }
}

export function isSameFile(a: FileIdentity | null, b: FileIdentity | null): boolean {
  return a !== null && b !== null && a.dev === b.dev && a.ino === b.ino;
}
