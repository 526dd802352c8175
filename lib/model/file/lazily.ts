/** Values that are made when somebody asks for them: most runs need few classes of a model. */

/**
 * @param make called at most once, when the value is first asked for
 * @param failed what is thrown when `make` throws
 */
export function lazily<T>(make: () => T, failed: (error: unknown) => unknown): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    if (made !== null) return made.value;
    try {
      made = { value: make() };
    } catch (error) {
      throw failed(error);
    }
    return made.value;
  };
}
