/** What an external key was found to mean. */

/** An external key's value for a row, or the text for its cell. */
export type KeyTarget =
  | { readonly ok: true; readonly id: number | null }
  | { readonly ok: false; readonly text: string };
