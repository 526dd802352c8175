import { assert, assertEquals } from "@std/assert";
import { MOST_AT_ONCE } from "../../lib/http/llhttp.ts";
import { type RawHead, RequestParser } from "../../lib/http/request_parser.ts";
import { processorSeconds } from "../helpers/processor_time.ts";

const HEAD = { method: "GET", target: "/", protocol: " HTTP/", version: "1.1" };

Deno.test("many blanks within a header field take no longer than other characters", async () => {
  const blanks = " \t".repeat(100_000);
  const parser = new RequestParser(1_000_000);
  const bytes = new TextEncoder().encode(`GET / HTTP/1.1\r\nX: ${blanks}a${blanks}b${blanks}\r\n\r\n`);
  parser.begin();
  try {
    let head: RawHead | null = null;
    const seconds = await processorSeconds(() => {
      for (let start = 0; start < bytes.length; start += MOST_AT_ONCE) {
        const parsed = parser.parseHead(bytes.subarray(start, start + MOST_AT_ONCE));
        head = "head" in parsed ? parsed.head : null;
      }
    });
    assertEquals(head, { ...HEAD, fields: [["x", `a${blanks}b`]] });
    assert(seconds < 2);
  } finally {
    parser.free();
  }
});
