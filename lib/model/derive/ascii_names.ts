/** Names as SQLite compares them: the case of ASCII letters does not count, that of others does. */

export function foldName(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function isSameName(a: string, b: string): boolean {
  return a === b || foldName(a) === foldName(b);
}

/** By folded name; the first of several stays. */
export function byName<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map([...all].reverse().map((one) => [foldName(one.name), one]));
}
