/** Whose failures are whose: the address that a request comes from. */
import { isIP } from "node:net";
import type { Peer, RequestHeaders } from "../../http/exchange.ts";

/**
 * The client's address; null: not known, as behind a proxy that does not tell.
 * @param proxies addresses of reverse proxies that are believed, and `unix` for the one at a socket. Of `X-Forwarded-For` the last address
 * counts that is none of theirs: what stands before it is what the client says.
 */
export function clientAddress(peer: Peer, headers: RequestHeaders | null, proxies: readonly string[]): string | null {
  const own = peer.transport === "unix" ? "unix" : plainAddress(peer.address);
  if (!proxies.includes(own)) return own === "unix" ? null : own;
  const forwarded = (headers?.get("x-forwarded-for") ?? "").split(",").map(addressOnly);
  const client = forwarded.findLast((address) => !proxies.includes(address)) ?? "";
  if (isIP(client) !== 0) return client;
  // A proxy that is believed, and says nothing: all of its clients would be counted as one.
  return null;
}

/** IPv4 in its own form, also where the system maps it into IPv6. */
function plainAddress(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=[0-9.]+$)/, "");
}

/** Without port and brackets, as some proxies write it. */
function addressOnly(text: string): string {
  const trimmed = text.trim();
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(trimmed) ?? [];
  const [, withPort] = /^([0-9.]+):\d+$/.exec(trimmed) ?? [];
  return plainAddress(inBrackets ?? withPort ?? trimmed);
}
