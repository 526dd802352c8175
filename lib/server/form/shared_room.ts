/**
 * Room on the disk for data that nobody knows the sender of yet, for all requests together: a few KiB of gzip become many MiB, and may be
 * sent over as many connections as there are.
 */

/** Bytes of each that are free: a small file is kept in memory, and is never refused for the sake of others. */
const FREE_BYTES = 64 * 1024;

export class SharedRoom {
  #used = 0;

  /** @param most bytes, of all shares together */
  constructor(readonly most: number) {}

  get used(): number {
    return this.#used;
  }

  /** For one request; to be released. */
  share(): RoomShare {
    let mine = 0;
    return {
      grow: (bytes) => {
        const more = Math.max(0, bytes - FREE_BYTES) - mine;
        if (this.#used + more > this.most) return false;
        this.#used += more;
        mine += more;
        return true;
      },
      release: () => {
        this.#used -= mine;
        mine = 0;
      },
    };
  }
}

export interface RoomShare {
  /** @param bytes that the request has in all @returns whether there is room for them */
  grow(bytes: number): boolean;
  /** Gives it back. May be called again. */
  release(): void;
}
