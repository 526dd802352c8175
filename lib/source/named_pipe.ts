/**
 * Pipes with a name (FIFOs): to open one waits for its other end, and with Deno 2.4 the whole program waits and hears no signal. Who opens
 * one for both directions has the other end, and never waits (`man 7 fifo`).
 */

/** Whether it is one. The pipes of a shell's `<(…)` have no name, and are open at both ends already. */
export async function isNamedPipe(path: string): Promise<boolean> {
  try {
    if ((await Deno.stat(path)).isFifo !== true) return false;
    return (await Deno.lstat(await Deno.realPath(path))).isFifo === true;
  } catch {
    // To open it will tell why.
    return false;
  }
}

/** Reads from a pipe, for which one waits in a thread of the runtime. A writer who goes without a byte is none: the next one is waited for. */
export class NamedPipe implements Disposable {
  #file: Deno.FsFile;
  #isAlone = true;

  private constructor(readonly path: string, bothEnds: Deno.FsFile) {
    this.#file = bothEnds;
  }

  /** @throws Deno.errors.PermissionDenied when it may only be read */
  static async open(path: string): Promise<NamedPipe> {
    return new NamedPipe(path, await Deno.open(path, { read: true, write: true }));
  }

  /** @returns null at the end: its last writer has closed it */
  async read(buffer: Uint8Array): Promise<number | null> {
    const count = await this.#file.read(buffer);
    if (this.#isAlone) {
      this.#isAlone = false;
      // As long as we could write ourselves there would be no end.
      const reader = await Deno.open(this.path);
      this.#file.close();
      this.#file = reader;
    }
    return count;
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
