/** Waiting for something that may never happen. */

/**
 * Waits for the end of something, good or bad, whose failure then counts as handled.
 * @param milliseconds at most
 * @returns null: it was late, and goes on
 */
export function endWithin<T>(
  promise: Promise<T>,
  milliseconds: number,
): Promise<{ readonly value: T } | { readonly error: unknown } | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), milliseconds);
    const end = (result: { readonly value: T } | { readonly error: unknown }) => {
      clearTimeout(timer);
      resolve(result);
    };
    promise.then((value) => end({ value }), (error) => end({ error }));
  });
}
