/** The login that a request brings along in its header: HTTP Basic (RFC 7617). */
import { decodeBase64 } from "@std/encoding/base64";
import { utf8Text } from "../form/field_text.ts";

/** A login as it was sent. */
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
  const bytes = decodedBytes(encoded);
  const text = bytes === null ? null : utf8Text(bytes);
  const colon = text?.indexOf(":") ?? -1;
  if (text === null || colon < 0) return null;
  return { login: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** @returns null: no base64 */
function decodedBytes(encoded: string): Uint8Array | null {
  try {
    return decodeBase64(encoded);
  } catch {
    // One character too many: nobody's login.
    return null;
  }
}
