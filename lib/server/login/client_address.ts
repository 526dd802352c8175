/** Whose failures are whose: the address that a request comes from. */
import type { Peer, RequestHeaders } from "../../http/exchange.ts";
import { plainAddress } from "../../ip_address.ts";

/**
 * The client's address; null: not known, as behind a proxy that does not tell.
 * @param proxies plain addresses of reverse proxies that are believed, and `unix` for the one at a socket. Of `X-Forwarded-For` the last address
 * counts that is none of theirs: what stands before it is what the client says.
 */
export function clientAddress(peer: Peer, headers: RequestHeaders | null, proxies: readonly string[]): string | null {
  const own = peer.transport === "unix" ? "unix" : plainAddress(peer.address) ?? peer.address;
  if (!proxies.includes(own)) return own === "unix" ? null : own;
  const forwarded = (headers?.get("x-forwarded-for") ?? "").split(",").map(forwardedAddress);
  // Null for a proxy that is believed, and says nothing: all of its clients would be counted as one.
  return forwarded.findLast((address) => address === null || !proxies.includes(address)) ?? null;
}

/** Without port and brackets, as some proxies write it; null: it is none. */
function forwardedAddress(text: string): string | null {
  const trimmed = text.trim();
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(trimmed) ?? [];
  const [, withPort] = /^([0-9.]+):\d+$/.exec(trimmed) ?? [];
  return plainAddress(inBrackets ?? withPort ?? trimmed);
}
