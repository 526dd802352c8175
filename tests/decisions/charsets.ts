import { assert, assertEquals, assertMatch } from "@std/assert";
import { assertComment, assertRefused, assertReport, decision, UNTOUCHED } from "../helpers/decision.ts";
import { describeRun } from "../helpers/scratch.ts";

const UNDEFINED_BYTES = "bytes that the charset does not define end the run (65) and nothing is written";

decision(UNDEFINED_BYTES, "a-cs-invalid-utf-8", async (play) => {
  const run = await play.writesNothing(() => play.step(1));
  assertRefused(run, 65, "UTF-8", "2");
  // The byte 0xE9 is the fourteenth of the file.
  assertMatch(run.stderr, /\b1[34]\b/, describeRun(run));
});

for (const charset of ["1251", "1252"]) {
  decision(UNDEFINED_BYTES, `a-cs-windows-${charset}`, async (play) => {
    const run = await play.writesNothing(() => play.step(1));
    assertRefused(run, 65, `WINDOWS-${charset}`, "3");
    // The undefined byte is the twenty-fifth of the file.
    assertMatch(run.stderr, /\b2[45]\b/, describeRun(run));
  });
}

decision("ISO-8859-1 is read as its superset WINDOWS-1252", "a-cs-iso-8859-1", async (play) => {
  const run = await play.step(1);
  assertReport(run, { created: 2 }, [
    ["0", "created", "Organization", "2", "Café ¤", "A"],
    ["1", "created", "Organization", "3", "x€y", "B"],
  ]);
  assertComment(run, "#Charset Encoding:ISO-8859-1");
  assertEquals(play.objects("Organization", "name").at(-1), ["x€y"]);
});

decision("0x81, 0x8D, 0x8F, 0x90 and 0x9D are undefined in ISO-8859-1", "a-cs-iso-8859-1", async (play) => {
  for (const byte of [0x81, 0x8d, 0x8f, 0x90, 0x9d]) {
    const csv = new Uint8Array([...new TextEncoder().encode("name,code\nA,x"), byte]);
    const run = await play.writesNothing(() => play.load(csv, { class: "Organization", charset: "ISO-8859-1" }));
    assertRefused(run, 65, "ISO-8859-1", "2");
  }
});

decision("a byte order mark is dropped whatever way the charset is spelt", "a-cs-lower-case-bom", async (play) => {
  const lowerCase = await play.step(1);
  assertReport(lowerCase, { created: 1 }, [["0", "created", "Brand", "37", "A"]]);
  assertComment(lowerCase, "#Charset Encoding:utf-8");
  // Warnings count: each #Warning: line counts in #Warnings (SPEC 14).
  assertReport(await play.step(2), { unchanged: 1, warnings: 1 }, [["0", "unchanged", "Brand", "37", "A"]]);
});

decision("an unknown charset is a usage error (64) that lists the known names", "a-cs-unknown", async (play) => {
  const run = await play.writesNothing(() => play.step(1));
  assertRefused(run, 64, "KLINGON", "UTF-8", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1251", "WINDOWS-1252");
  assertEquals(play.objects("Organization", "id,name,code"), UNTOUCHED);
});

decision("an unknown charset is refused before anything is read", "a-cs-unknown", async (play) => {
  let wasRead = false;
  const stdin = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      wasRead = true;
      controller.close();
    },
  }, { highWaterMark: 0 });
  const login = ["--auth_user=admin", "--auth_pwd=admin"];
  const args = [`--db=${play.database}`, ...login, "--class=Organization", "--csvfile=-", "--charset=KLINGON"];
  assertRefused(await play.scratch.run(args, { stdin }), 64, "KLINGON");
  assert(!wasRead);
});
