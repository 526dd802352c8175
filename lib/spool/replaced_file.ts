/** Files that are made anew: written beside their place, and moved there when they are whole. Nobody else can read them. */
import { dirname, join, resolve } from "node:path";

const NAME_START = ".csvrecon-new-";
const NAME_END = ".tmp";
/** Written at a time, in bytes. */
const PIECE_BYTES = 64 * 1024;
/** No run takes that long: a file of this age has lost its process. */
const LEFT_OVER_MILLISECONDS = 24 * 3600 * 1000;

/** In folders such as `/tmp`, where everybody may make files and remove none of others. */
const STICKY = 0o1000;
const WRITABLE_BY_OTHERS = 0o022;

/** To be ended by `publish` or `discard`. Methods throw what the system says. */
export class ReplacedFile {
  readonly #place: string;
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #buffer = new Uint8Array(PIECE_BYTES);
  #used = 0;
  #isOpen = true;

  /** @param path for the system; where a link is, what it leads to is replaced, unless it may be a trap */
  constructor(path: string) {
    this.#place = realPlace(path);
    const folder = dirname(this.#place);
    removeLeftOvers(folder);
    this.#path = join(folder, `${NAME_START}${crypto.randomUUID()}${NAME_END}`);
    this.#file = Deno.openSync(this.#path, { write: true, createNew: true, mode: 0o600 });
  }

  write(bytes: Uint8Array): void {
    if (bytes.length > PIECE_BYTES - this.#used) this.#empty();
    if (bytes.length > PIECE_BYTES) return this.#toFile(bytes);
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Puts the file in its place: who looks there sees what was there, or all of this. */
  publish(): void {
    this.#empty();
    this.#file.syncSync();
    this.#close();
    Deno.renameSync(this.#path, this.#place);
  }

  /** Leaves what was there. May be called again, and after a `publish` that has failed. */
  discard(): void {
    this.#close();
    try {
      Deno.removeSync(this.#path);
    } catch {
      // It is in its place, or gone.
    }
  }

  #close(): void {
    if (this.#isOpen) this.#file.close();
    this.#isOpen = false;
  }

  #empty(): void {
    this.#toFile(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }

  #toFile(bytes: Uint8Array): void {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(this.#file.writeSync(rest));
  }
}

/** So many links Linux follows. */
const MOST_LINKS = 40;

/**
 * What is replaced or removed: what a link leads to, unless somebody else may have laid it. A link may lead where nothing is yet, or no
 * more: that of a file of rows in error does after each run without any.
 * @throws Deno.errors.FilesystemLoop when links lead in a circle
 */
export function realPlace(path: string): string {
  let place = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    try {
      if (isTrap(place)) return place;
      return Deno.realPathSync(place);
    } catch {
      const next = linkedPlace(place);
      // Nothing is there yet, or it is out of reach: to make a file will tell.
      if (next === null) return place;
      place = next;
    }
  }
  throw new Deno.errors.FilesystemLoop(`more than ${MOST_LINKS} links`);
}

/** Where a link leads, be it nowhere; null: it is none. */
function linkedPlace(path: string): string | null {
  try {
    return resolve(Deno.realPathSync(dirname(path)), Deno.readLinkSync(path));
  } catch {
    return null;
  }
}

/**
 * Somebody else may have laid a link in a shared folder, to have a file written over that they cannot write themselves. As with
 * `fs.protected_symlinks` of Linux, which guards whoever opens a file and not who renames one, only the folder's owner's are followed.
 * @throws what the system says
 */
function isTrap(path: string): boolean {
  const { isSymlink, uid } = Deno.lstatSync(path);
  if (!isSymlink) return false;
  const folder = Deno.statSync(dirname(path));
  const mode = folder.mode ?? 0;
  return (mode & STICKY) !== 0 && (mode & WRITABLE_BY_OTHERS) !== 0 && uid !== folder.uid;
}

/** What killed processes have left. */
function removeLeftOvers(folder: string): void {
  try {
    for (const { name, isFile } of Deno.readDirSync(folder)) {
      if (!isFile || !name.startsWith(NAME_START) || !name.endsWith(NAME_END)) continue;
      const path = join(folder, name);
      const { mtime } = Deno.lstatSync(path);
      if (mtime !== null && Date.now() - mtime.getTime() > LEFT_OVER_MILLISECONDS) Deno.removeSync(path);
    }
  } catch {
    // Whoever needs the folder will say what is wrong with it.
  }
}
