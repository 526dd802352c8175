/** The login that a request brings along in its header: HTTP Basic (RFC 7617). */
import { decodeBase64 } from "@std/encoding/base64";

export interface Credentials {
  readonly login: string;
  /** In clear: never printed or logged. */
  readonly password: string;
}

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/**
 * @param authorization the header field; null: there is none
 * @returns null when it is none, or not Basic, or no UTF-8
 */
export function basicCredentials(authorization: string | null): Credentials | null {
  const [, encoded] = BASIC.exec(authorization ?? "") ?? [];
  if (encoded === undefined) return null;
  const text = decodedText(encoded);
  const colon = text?.indexOf(":") ?? -1;
  if (text === null || colon < 0) return null;
  return { login: text.slice(0, colon), password: text.slice(colon + 1) };
}

function decodedText(encoded: string): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(decodeBase64(encoded));
  } catch {
    // No base64, or no UTF-8: nobody's login, whichever it is.
    return null;
  }
}
