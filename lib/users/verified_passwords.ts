/**
 * Passwords that were right a short while ago. To check one is slow on purpose; a client that posts file after file, or a job with many
 * imports, would wait for it each time. Only a keyed hash is remembered, whose key ends with the process, and only for the very text that the database stores: a changed
 * password counts at once.
 */
import { createHash, randomBytes } from "node:crypto";

const FIVE_MINUTES = 5 * 60 * 1000;
const MOST = 1000;

/** The last passwords that were right. */
export class VerifiedPasswords {
  readonly #key = randomBytes(32);
  /** When each is forgotten, the oldest first. */
  readonly #until = new Map<string, number>();

  /**
   * @param now milliseconds of any clock that only goes forward
   * @param milliseconds for how long each is remembered
   */
  constructor(
    readonly now: () => number = () => performance.now(),
    readonly milliseconds: number = FIVE_MINUTES,
  ) {}

  has(password: string, stored: string): boolean {
    const until = this.#until.get(this.#mark(password, stored));
    return until !== undefined && until > this.now();
  }

  add(password: string, stored: string): void {
    const mark = this.#mark(password, stored);
    this.#until.delete(mark);
    const [oldest] = this.#until.keys();
    if (this.#until.size >= MOST && oldest !== undefined) this.#until.delete(oldest);
    this.#until.set(mark, this.now() + this.milliseconds);
  }

  #mark(password: string, stored: string): string {
    // The key has one length and a stored text no line break, so that nothing runs together in two ways. No HMAC: nobody sees a mark, and
    // that of Deno 2.4 prints a warning of deprecation.
    return createHash("sha256").update(this.#key).update(`${stored}\n${password}`).digest("base64");
  }
}
