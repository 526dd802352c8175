/** Who has not logged in cannot fill the disk: what is kept of all such requests together has a bound. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { SharedRoom } from "../../lib/server/form/shared_room.ts";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { bytesOf, concat, formPost } from "./post.ts";
import { withServed } from "./served.ts";

const KIB = 1024;

/** A request that never ends, whose few bytes become many. */
function unfinished(dataBytes: number): Uint8Array<ArrayBuffer> {
  const packed = gzipSync(bytesOf(`csvdata=${"a".repeat(dataBytes)}`), { finishFlush: 3 });
  const head = "POST /import HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\nContent-Encoding: gzip\r\n" +
    "Content-Type: application/x-www-form-urlencoded\r\n\r\n";
  return concat(head, new Uint8Array(packed));
}

Deno.test("data before the login has a bound for all requests together; small files and known senders pass", () =>
  withServed({ parameters: ["--max_body_before_login=256K"] }, async ({ port, post }) => {
    const strangers: Deno.TcpConn[] = [];
    const refusal = Promise.withResolvers<string>();
    for (let count = 0; count < 30; count++) {
      const stranger = await Deno.connect({ hostname: "127.0.0.1", port });
      strangers.push(stranger);
      await stranger.write(unfinished(250 * KIB));
      const answer = new Uint8Array(4 * KIB);
      stranger.read(answer).then((length) => {
        if (length !== null) refusal.resolve(new TextDecoder().decode(answer.subarray(0, length)));
      }, () => {});
    }
    const timer = setTimeout(() => refusal.resolve("none of them was refused"), 5000);
    assertStringIncludes(await refusal.promise, "503 ");
    clearTimeout(timer);
    const { auth_user = "", auth_pwd = "", ...others } = ORGANIZATIONS;
    assertEquals((await post(formPost(ORGANIZATIONS, ONE_ROW))).status, 200);
    const large = ONE_ROW + "\n".repeat(200 * KIB);
    assertEquals((await post(formPost({ auth_user, auth_pwd, ...others }, large))).status, 200);
    for (const stranger of strangers) stranger.close();
  }));

Deno.test("room that is released is free again; the first KiB of each take none", () => {
  const room = new SharedRoom(100 * KIB);
  const [one, other] = [room.share(), room.share()];
  assert(one.grow(64 * KIB) && one.grow(160 * KIB));
  assertEquals(room.used, 96 * KIB);
  assert(other.grow(64 * KIB));
  assert(!other.grow(69 * KIB));
  one.release();
  one.release();
  assert(other.grow(164 * KIB));
  assertEquals(room.used, 100 * KIB);
  other.release();
  assertEquals(room.used, 0);
});
