/** SQLite answers at once; whoever asks need not know. */

/** @param flush writes what is held back, so that it is found */
export function asked<T>({ flush }: { readonly flush: () => void }, answer: () => T): Promise<T> {
  try {
    flush();
    return Promise.resolve(answer());
  } catch (error) {
    return Promise.reject(error);
  }
}
