/** Files for what is too large for memory: nobody else can read them, and they do not outlive the process that made them. */
import { join } from "node:path";

/** Bytes read at a time. */
const PIECE_BYTES = 64 * 1024;

const NAME_START = ".csvrecon-spool-";
const NAME_END = ".tmp";

/** No run takes that long: a file of this age has lost its process. */
const LEFT_OVER_MILLISECONDS = 24 * 3600 * 1000;

/** A file that only we can read, and that goes away when it is closed, or when the program ends where the system allows. */
export class TemporaryFile {
  readonly #file: Deno.FsFile;
  #pathToRemove: string | null;
  #bytes = 0;
  #isAtEnd = true;

  /** @param folder where it is made @throws what the system says, when it cannot be made */
  constructor(folder: string) {
    removeLeftOverFiles(folder, new Date());
    const path = join(folder, `${NAME_START}${crypto.randomUUID()}${NAME_END}`);
    this.#file = Deno.openSync(path, { read: true, write: true, createNew: true, mode: 0o600 });
    // An open file without a name goes away even if the program is killed. Windows keeps the name until it is closed.
    this.#pathToRemove = isRemoved(path) ? null : path;
  }

  /** Appends. @throws what the system says, for example that the disk is full */
  write(bytes: Uint8Array): void {
    if (!this.#isAtEnd) this.#file.seekSync(this.#bytes, Deno.SeekMode.Start);
    this.#isAtEnd = true;
    let written = 0;
    while (written < bytes.length) written += this.#file.writeSync(bytes.subarray(written));
    this.#bytes += written;
  }

  /** All that was written, from the start, in pieces that are good until the next one. May be read again, and by several at once. */
  *pieces(): Generator<Uint8Array> {
    const piece = new Uint8Array(PIECE_BYTES);
    let position = 0;
    while (true) {
      this.#file.seekSync(position, Deno.SeekMode.Start);
      this.#isAtEnd = false;
      const read = this.#file.readSync(piece);
      if (read === null) return;
      position += read;
      yield piece.subarray(0, read);
    }
  }

  close(): void {
    this.#file.close();
    if (this.#pathToRemove !== null) isRemoved(this.#pathToRemove);
    this.#pathToRemove = null;
  }
}

/**
 * Removes the files that killed processes have left: a process may die between the making of a file and the removal of its name, and on
 * Windows at any time. A server does so when it starts, and whoever makes another one. Files that cannot be removed stay, for the next
 * time.
 * @param folder a folder that temporary files are made in
 * @returns how many were removed
 */
export function removeLeftOverFiles(folder: string, now: Date): number {
  let removed = 0;
  for (const { name, isFile } of entriesOf(folder)) {
    if (!isFile || !name.startsWith(NAME_START) || !name.endsWith(NAME_END)) continue;
    const path = join(folder, name);
    if (isLeftOver(path, now) && isRemoved(path)) removed++;
  }
  return removed;
}

function entriesOf(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch {
    // Whoever needs the folder will say what is wrong with it.
    return [];
  }
}

function isLeftOver(path: string, now: Date): boolean {
  try {
    const { mtime, size } = Deno.lstatSync(path);
    // It has no name any more when it is written. If its process lives after all, it loses what it would have removed next.
    if (size === 0 && Deno.build.os !== "windows") return true;
    return mtime !== null && now.getTime() - mtime.getTime() > LEFT_OVER_MILLISECONDS;
  } catch {
    // Removed in the meantime.
    return false;
  }
}

function isRemoved(path: string): boolean {
  try {
    Deno.removeSync(path);
    return true;
  } catch {
    // Still open: see above. After closing: somebody else removed it, and gone is what we want.
    return false;
  }
}
