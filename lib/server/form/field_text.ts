/** The text of a field's bytes. */

/** @returns null: no UTF-8. A byte order mark is kept: it is no part of an encoding here. */
export function utf8Text(bytes: Uint8Array): string | null {
  return decodedText(bytes, "utf-8");
}

/** @param label one that `TextDecoder` knows @returns null: the charset does not define these bytes */
export function decodedText(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    // What the Encoding Standard throws for bytes that are undefined.
    if (error instanceof TypeError) return null;
    throw error;
  }
}
