import { assertEquals } from "@std/assert";
import type { Peer, RequestHeaders } from "../../../lib/http/exchange.ts";
import { readAddresses } from "../../../lib/parameters/reading/read_numbers.ts";
import { clientAddress } from "../../../lib/server/login/client_address.ts";

const UNIX: Peer = { transport: "unix" };

function tcp(address: string): Peer {
  return { transport: "tcp", address, port: 50_000 };
}

function forwardedFor(value: string): RequestHeaders {
  return { get: (name) => name === "x-forwarded-for" ? value : null };
}

const CASES: readonly (readonly [string, Peer, string, readonly string[], string | null])[] = [
  ["the peer's own, whatever it says of others", tcp("192.0.2.7"), "10.9.9.9", [], "192.0.2.7"],
  ["IPv4 that the system maps into IPv6", tcp("::FFFF:192.0.2.7"), "", [], "192.0.2.7"],
  ["a proxy's last word", tcp("10.0.0.1"), "6.6.6.6, 192.0.2.7", ["10.0.0.1"], "192.0.2.7"],
  ["the last that is no proxy", tcp("10.0.0.1"), "6.6.6.6, 192.0.2.7, 10.0.0.2", ["10.0.0.1", "10.0.0.2"], "192.0.2.7"],
  ["with a port", tcp("10.0.0.1"), "192.0.2.7:4711", ["10.0.0.1"], "192.0.2.7"],
  ["a proxy in another spelling", tcp("2001:db8::1"), "192.0.2.7", ["2001:DB8:0:0:0:0:0:1"], "192.0.2.7"],
  ["a proxy of IPv4 in IPv6's spelling", tcp("192.0.2.1"), "192.0.2.7", ["::ffff:192.0.2.1"], "192.0.2.7"],
  ["the same in hexadecimal digits", tcp("::ffff:192.0.2.1"), "192.0.2.7", ["::FFFF:c000:0201"], "192.0.2.7"],
  ["this machine, spelt out", tcp("::1"), "192.0.2.7", ["0:0:0:0:0:0:0:1"], "192.0.2.7"],
  ["a proxy in another spelling among those that forward", tcp("10.0.0.1"), "192.0.2.7, 2001:db8:0::1", [
    "10.0.0.1",
    "2001:db8::1",
  ], "192.0.2.7"],
  ["a client in another spelling", tcp("10.0.0.1"), "2001:0DB8:0:0::0:7", ["10.0.0.1"], "2001:db8::7"],
  ["IPv6 in brackets", tcp("::1"), "[2001:DB8::7]:4711", ["::1"], "2001:db8::7"],
  ["a proxy that is silent", tcp("10.0.0.1"), "", ["10.0.0.1"], null],
  ["a proxy that says nonsense", tcp("10.0.0.1"), "unknown", ["10.0.0.1"], null],
  ["nonsense does not uncover what the client said before", tcp("10.0.0.1"), "6.6.6.6, unknown", ["10.0.0.1"], null],
  ["a socket's peer is nobody", UNIX, "192.0.2.7", [], null],
  ["a socket's peer that is believed", UNIX, "192.0.2.7", ["unix"], "192.0.2.7"],
];

/** As the parameter reads them. */
function proxiesOf(typed: readonly string[]): readonly string[] {
  const read = readAddresses(typed.join(","));
  return read.ok ? read.value : [];
}

for (const [title, peer, forwarded, proxies, expected] of CASES) {
  Deno.test(`a client's address: ${title}`, () => {
    assertEquals(clientAddress(peer, forwardedFor(forwarded), proxiesOf(proxies)), expected);
  });
}
