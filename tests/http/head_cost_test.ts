/** What a head costs: never the square of its length. */
import { assert, assertEquals } from "@std/assert";
import { readHead } from "../../lib/http/request_head.ts";

/** Takes half a minute where every step looks at all that came before. */
const MANY = 200_000;
const MOST_MILLISECONDS = 5000;

Deno.test("head: fields with the same name cost their number", () => {
  const fields = Array.from({ length: MANY / 5 }, () => ["a", "b"] as const);
  const start = performance.now();
  const raw = { method: "GET", target: "/", protocol: " HTTP/", version: "1.0", fields };
  const head = readHead(raw);
  assert("headers" in head);
  assertEquals(head.headers.get("a")?.length, 3 * fields.length - 2);
  assert(performance.now() - start < MOST_MILLISECONDS);
});
