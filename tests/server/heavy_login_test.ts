/** Logins that are heavy to normalise hold nobody up, and the columns of a file that are. */
import { assert, assertEquals } from "@std/assert";
import { processorSeconds } from "../helpers/processor_time.ts";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { basic, formPost } from "./post.ts";
import { withServed } from "./served.ts";

/** Nearly as much as a form's field may hold: sorting the marks takes a processor for seconds. */
const HEAVY = "a" + "\u0301".repeat(16_000) + "\u0316".repeat(16_000);
/** Seconds, of the server and its client together. */
const MOST = 0.5;

Deno.test("a login or password of thousands of combining marks is refused without keeping the thread", () =>
  withServed({}, async ({ post }) => {
    // What is loaded at the first request does not count.
    await post(formPost({ ...ORGANIZATIONS, auth_pwd: "wrong" }, ONE_ROW));
    const heavyToo = { auth_user: HEAVY.slice(0, 255), auth_pwd: HEAVY.slice(0, 1024) };
    const expected = [400, 400, 401];
    for (const heavy of [{ auth_user: HEAVY }, { auth_user: "nobody", auth_pwd: HEAVY }, heavyToo]) {
      const request = formPost({ ...ORGANIZATIONS, ...heavy }, ONE_ROW);
      let status = 0;
      const seconds = await processorSeconds(async () => {
        status = (await post(request)).status;
      });
      assertEquals(status, expected.shift());
      assert(seconds < MOST, `${seconds} s for ${Object.keys(heavy).join(" and ")}`);
    }
  }));

Deno.test("a column whose name is thousands of combining marks is unknown at once", () =>
  withServed({}, async ({ post }) => {
    await post(formPost(ORGANIZATIONS, ONE_ROW));
    const request = formPost(ORGANIZATIONS, `name,${HEAVY.repeat(4)}\nAcme,1\n`);
    let status = 0;
    const seconds = await processorSeconds(async () => {
      status = (await post(request)).status;
    });
    assertEquals(status, 400);
    assert(seconds < MOST, `${seconds} s`);
  }));

Deno.test("a login in a header is refused by its length too, and NUL in any field, before anybody has logged in", () =>
  withServed({}, async ({ post, stderr }) => {
    const form = formPost({ class: "Organization" }, ONE_ROW);
    const long = { ...form, headers: { ...form.headers, ...basic("x".repeat(256), "y") } };
    const { status, text } = await post(long);
    assertEquals([status, text.split("\n")[0]], [400, "#Wrong auth_user: it has 256 characters, expected at most 255"]);
    for (const name of ["comment", "auth_user", "auth_pwd", "class", "output", "separator"]) {
      const refused = await post(formPost({ [name]: "a\0b" }, ONE_ROW));
      assertEquals(refused.status, 400, name);
      assertEquals(
        refused.text.split("\n")[0],
        `#Wrong ${name}: it holds the character NUL (U+0000), which no value may`,
      );
    }
    assertEquals(stderr().split("\n").length, 2, stderr());
  }));
