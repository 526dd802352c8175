/**
 * The database of a server, which stays open from one import to the next: to open it, to read its schema and to prepare statements takes
 * longer than a small import. Whatever else has happened to it meanwhile, it is opened anew, and looked at as if for the first time.
 */
import type { Store } from "../store/store.ts";
import { othersChanges, requireOurs, schemaCookie } from "./sqlite/database.ts";
import { FileMarks } from "./sqlite/file_marks.ts";
import { type OpenedOwn, openOwn, type OpenOwnOptions } from "./sqlite/open_own.ts";

interface Opened extends OpenedOwn {
  /** How it was opened, as a text to be compared. */
  readonly how: string;
  readonly identity: string;
  readonly files: FileMarks;
  /** Of its files, when it was opened. */
  readonly marks: string;
}

/** How it was when the last import had ended. */
interface Left {
  readonly schema: number;
  readonly othersChanges: number;
}

export type KeptOptions = OpenOwnOptions & { readonly identity: string };

/** One database at a time, for one user at a time. */
export class KeptStore {
  #opened: Opened | null = null;
  #atServer: Store | null = null;
  /** Null: it is in use, or was not left in good order. */
  #left: Left | null = null;

  /** As `openOwnStore`. Who is done with it says so (`leave`). @throws as `openOwnStore` */
  open(path: string, options: KeptOptions): Store {
    const opened = this.#opened;
    const left = this.#left;
    this.#left = null;
    if (opened !== null && left !== null && opened.how === wayOf(path, options) && isAsLeft(opened, left)) {
      opened.database.useAgain(options.interruption);
      return opened.store;
    }
    this.close();
    const { identity } = options;
    const opening = openOwn(path, options);
    const files = new FileMarks(path, options);
    this.#opened = { ...opening, how: wayOf(path, options), identity, files, marks: files.now() };
    return opening.store;
  }

  /** The same of one at a server, which is opened anew for each user. */
  async openAtServer(path: string, options: KeptOptions): Promise<Store> {
    this.close();
    const { openOurStore } = await import("./open_store.ts");
    return this.#atServer = await openOurStore(path, options);
  }

  /** @param isSound false: something went wrong, and the next user gets it as if nobody had used it */
  leave(isSound: boolean): void {
    const opened = this.#opened;
    if (opened === null) return this.close();
    if (!isSound) return this.close();
    const { database } = opened;
    database.rest();
    this.#left = { schema: schemaCookie(database), othersChanges: othersChanges(database) };
  }

  close(): void {
    const opened = this.#opened;
    this.#opened = this.#left = null;
    opened?.database.close();
    this.#atServer?.close().catch(() => {});
    this.#atServer = null;
  }

  /** For a thread that dies while the process lives on: see `Store.abandon`. */
  abandon(): void {
    this.#opened?.store.abandon();
    this.#atServer?.abandon();
    this.#opened = this.#left = this.#atServer = null;
  }
}

function wayOf(path: string, { workingFolder, busyTimeoutSeconds, identity }: KeptOptions): string {
  return JSON.stringify([path, workingFolder, busyTimeoutSeconds, identity]);
}

function isAsLeft({ database, store, identity, files, marks }: Opened, left: Left): boolean {
  // A log that was taken into the database is as good a reason to open it anew as another database there.
  if (files.now() !== marks) return false;
  try {
    if (schemaCookie(database) !== left.schema) return false;
    if (othersChanges(database) === left.othersChanges) return true;
    requireOurs(database, database.path);
    return store.identityNow() === identity;
  } catch {
    // To open it anew tells what is wrong, if it still is.
    return false;
  }
}
