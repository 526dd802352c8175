import { assertEquals } from "@std/assert";
import type { HttpRequest } from "../../lib/http/exchange.ts";
import { isFromForeignPage } from "../../lib/server/foreign_origin.ts";

const HOST = "cmdb.example.org:8080";

const CASES: readonly (readonly [string, Readonly<Record<string, string>>, boolean])[] = [
  ["a program", {}, false],
  ["a page of the same host and port", { origin: "http://CMDB.example.org:8080" }, false],
  ["the same, told by a browser", { "sec-fetch-site": "same-origin" }, false],
  ["somebody who typed the address", { "sec-fetch-site": "none" }, false],
  ["a page of another site", { origin: "https://evil.example" }, true],
  ["a page of another port", { origin: "http://cmdb.example.org" }, true],
  ["a page without an origin", { origin: "null" }, true],
  ["an extension", { origin: "moz-extension://1" }, true],
  ["another site, told by a browser", { "sec-fetch-site": "cross-site" }, true],
  ["a neighbour, told by a browser", { "sec-fetch-site": "same-site" }, true],
];

for (const [title, fields, expected] of CASES) {
  Deno.test(`a request of ${title} is ${expected ? "" : "not "}foreign`, () => {
    const headers = { host: HOST, ...fields } as Readonly<Record<string, string>>;
    const request = { headers: { get: (name: string) => headers[name] ?? null } } as HttpRequest;
    assertEquals(isFromForeignPage(request), expected);
  });
}
