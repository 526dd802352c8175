/** What external keys were found to mean, by what their cells say. */
import { type KeyTarget, textLength } from "./key_target.ts";

/** Enough for any list of organisations, and a few MiB at most. */
const MOST_NAMES = 20_000;
/** In UTF-16 code units, of the names and of what is said about them. */
const MOST_TEXT = 1024 * 1024;

/** Forgets everything when it has become too much. */
export class RememberedTargets {
  #targets = new Map<string, KeyTarget>();
  #text = 0;

  get(name: string): KeyTarget | undefined {
    return this.#targets.get(name);
  }

  /** What is very long is not remembered at all. */
  set(name: string, target: KeyTarget): void {
    const text = name.length + textLength(target);
    if (text > MOST_TEXT) return;
    if (this.#targets.size >= MOST_NAMES || this.#text + text > MOST_TEXT) this.clear();
    this.#targets.set(ownText(name), target);
    this.#text += text;
  }

  clear(): void {
    // A map that is cleared holds what it had until V8 collects old objects.
    this.#targets = new Map();
    this.#text = 0;
  }
}

/** A copy: a cell is a slice, which would keep a whole piece of the input in memory. */
export function ownText(text: string): string {
  return JSON.parse(JSON.stringify(text));
}
