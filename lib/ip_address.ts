/** IP addresses have many spellings; here each has one. */
import { isIP } from "node:net";

/** IPv4 within IPv6 (RFC 4291, section 2.5.5.2), as a URL spells it. */
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * The one spelling of an address: that of RFC 5952 for IPv6, without a zone; IPv4 in its own, also where it is mapped into IPv6.
 * @returns null: it is none
 */
export function plainAddress(text: string): string | null {
  const version = isIP(text);
  if (version !== 6) return version === 4 ? text : null;
  const [address = ""] = text.split("%");
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(plain) ?? [];
  return high === undefined || low === undefined ? plain : dotted(parseInt(high, 16), parseInt(low, 16));
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join(".");
}
