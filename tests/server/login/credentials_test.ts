import { assertEquals } from "@std/assert";
import { encodeBase64 } from "@std/encoding/base64";
import { basicCredentials } from "../../../lib/server/login/credentials.ts";

function basic(text: string | Uint8Array): string {
  return `Basic ${encodeBase64(text)}`;
}

Deno.test("the login of HTTP Basic is read, in UTF-8, up to the first colon", () => {
  assertEquals(basicCredentials(basic("admin:pä:ss")), { login: "admin", password: "pä:ss" });
  assertEquals(basicCredentials(basic(":")), { login: "", password: "" });
  assertEquals(basicCredentials(basic("a:b").replace("Basic", "bAsIC  ")), { login: "a", password: "b" });
});

const NONE: readonly (readonly [string, string | null])[] = [
  ["no header", null],
  ["another way to log in", "Bearer YWRtaW46YWRtaW4="],
  ["no base64", "Basic ***"],
  ["base64 of a wrong length", "Basic YWRta"],
  ["no colon", basic("admin")],
  ["no UTF-8", basic(new Uint8Array([0x61, 0x3a, 0xff]))],
  ["more behind it", `${basic("admin:admin")} x`],
];

for (const [title, header] of NONE) {
  Deno.test(`no login: ${title}`, () => assertEquals(basicCredentials(header), null));
}
