/** `output=rejects` over HTTP: the rows in error as a file to be saved (SPEC 15). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { encoderFor } from "../../lib/source/encode.ts";
import { formPost, multipartPost, rawPost } from "./post.ts";
import { withServed } from "./served.ts";

const FIELDS = {
  auth_user: "admin",
  auth_pwd: "admin",
  class: "Organization",
  output: "rejects",
  no_localize: "1",
};
const BAD = "name,status\nA,active\nB,x\n";

Deno.test("the rows in error are the answer, with their type and a name for the file", () =>
  withServed({}, async ({ post }) => {
    const answer = await post(multipartPost(FIELDS, BAD, "Orgs of 2024.csv"));
    assertEquals(answer.status, 200);
    assertEquals(answer.headers.get("csvrecon-exit-code"), "1");
    assertEquals(answer.headers.get("content-type"), "text/csv; charset=utf-8");
    assertEquals(
      answer.headers.get("content-disposition"),
      "attachment; filename=\"Orgs_of_2024.rejects.csv\"; filename*=UTF-8''Orgs%20of%202024.rejects.csv",
    );
    assertStringIncludes(answer.text, "name,status,_line,_status,_why\nB,x,3,rejected,");
    const mended = await post(rawPost(FIELDS, answer.text.replace("B,x", "B,inactive")));
    assertEquals([mended.status, mended.text, mended.headers.get("csvrecon-exit-code")], [200, "", "0"]);
    assertEquals(mended.headers.get("content-disposition"), 'attachment; filename="data.rejects.csv"');
  }));

Deno.test("hostile names of files stay names", () =>
  withServed({}, async ({ post }) => {
    const names = [
      ["../../etc/passwd", 'filename="passwd.rejects.csv"'],
      ["C:\\\\data\\\\orgs.csv", 'filename="orgs.rejects.csv"'],
      ["é\u202e;x=.csv", "filename=\"_x_.rejects.csv\"; filename*=UTF-8''%C3%A9%E2%80%AE%3Bx%3D.rejects.csv"],
    ] as const;
    for (const [name, shown] of names) {
      const answer = await post(multipartPost(FIELDS, BAD, name));
      assertEquals(answer.headers.get("content-disposition"), `attachment; ${shown}`);
    }
  }));

Deno.test("the charset of the answer is that of the posted file, and so are its bytes", () =>
  withServed({}, async ({ post }) => {
    const latin = encoderFor("windows-1252")("name,status\nZoë,x\n");
    const answer = await post(multipartPost({ ...FIELDS, charset: "ISO-8859-1" }, latin, "a.csv"));
    assertEquals(answer.headers.get("content-type"), "text/csv; charset=windows-1252");
    assertStringIncludes(new TextDecoder("windows-1252").decode(answer.body), "Zoë,x,2,rejected,");
    const wide = Uint8Array.from([0xff, 0xfe, ...encoderFor("utf-16le")("name,status\nZoë,x\n")]);
    const marked = await post(multipartPost(FIELDS, wide, "a.csv"));
    assertEquals(marked.headers.get("content-type"), "text/csv; charset=utf-16le");
    assertStringIncludes(new TextDecoder("utf-16le").decode(marked.body), "Zoë,x,2,rejected,");
  }));

Deno.test("refusals are words as with every output, and no client names a file", () =>
  withServed({}, async ({ post }) => {
    const refused = await post(formPost(FIELDS, "nome\nA\n"));
    assertEquals([refused.status, refused.headers.get("content-type")], [400, "text/plain; charset=utf-8"]);
    assertEquals(refused.headers.get("content-disposition") ?? null, null);
    assertStringIncludes(refused.text, "Unknown column: 'nome'");
    const path = await post(formPost({ ...FIELDS, rejects: "bad.csv" }, BAD));
    assertEquals(path.status, 400);
    assertStringIncludes(path.text, "rejects");
  }));
