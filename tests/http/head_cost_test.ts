/** What a head costs: never the square of its length. */
import { assert, assertEquals } from "@std/assert";
import { MOST_AT_ONCE } from "../../lib/http/llhttp.ts";
import { readHead } from "../../lib/http/request_head.ts";
import { type RawHead, RequestParser } from "../../lib/http/request_parser.ts";
import { bytesOf } from "./test_server.ts";

/** Takes half a minute where every step looks at all that came before. */
const MANY = 200_000;
const MOST_MILLISECONDS = 5000;

Deno.test("head: blanks within a value cost their number", () => {
  const parser = new RequestParser(2 * MANY);
  parser.begin();
  const start = performance.now();
  const head = parsedWhole(parser, bytesOf(`GET / HTTP/1.1\r\nA: a${" ".repeat(MANY)}b \t \r\n\r\n`));
  assertEquals(head?.fields[0]?.[1].length, MANY + 2);
  assert(performance.now() - start < MOST_MILLISECONDS);
  parser.free();
});

Deno.test("head: fields with the same name cost their number", () => {
  const fields = Array.from({ length: MANY / 5 }, () => ["a", "b"] as const);
  const start = performance.now();
  const raw = { method: "GET", target: "/", protocol: " HTTP/", version: "1.0", fields };
  const head = readHead(raw);
  assert("headers" in head);
  assertEquals(head.headers.get("a")?.length, 3 * fields.length - 2);
  assert(performance.now() - start < MOST_MILLISECONDS);
});

function parsedWhole(parser: RequestParser, bytes: Uint8Array): RawHead | null {
  let head: RawHead | null = null;
  for (let at = 0; at < bytes.length; at += MOST_AT_ONCE) {
    const parsed = parser.parseHead(bytes.subarray(at, at + MOST_AT_ONCE));
    assert("head" in parsed);
    head = parsed.head;
  }
  return head;
}
