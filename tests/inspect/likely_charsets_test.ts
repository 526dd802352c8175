/** What a refusal of undecodable bytes hints at. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { likelyCharsets } from "../../lib/inspect/likely_charsets.ts";
import { StrictDecoder } from "../../lib/source/strict_decoder.ts";
import { fixturePath } from "../helpers/fixtures.ts";
import { withWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

function likely(encoding: string, bytes: Uint8Array) {
  const decoder = new StrictDecoder(encoding);
  const found = [...decoder.push(bytes), ...decoder.end()].find((chunk) => chunk.kind === "undecodable");
  return found === undefined ? null : likelyCharsets(found);
}

function fixture(file: string): Uint8Array {
  return Deno.readFileSync(fixturePath("charsets", file));
}

Deno.test("bytes that are good UTF-8 are nothing else", () => {
  for (const [encoding, text] of [["windows-1252", "name\nŁódź\n"], ["iso-8859-15", "name\nÀ €\n"]] as const) {
    assertEquals(likely(encoding, new TextEncoder().encode(text)), { fitting: ["UTF-8"] });
  }
});

Deno.test("the likeliest charset comes first, and never the one that failed", () => {
  const first: readonly (readonly [string, string, string])[] = [
    ["utf-8", "windows-1252.csv", "WINDOWS-1252"],
    ["utf-8", "iso-8859-15.csv", "ISO-8859-15"],
    ["utf-8", "shift_jis.csv", "Shift_JIS"],
    ["utf-8", "windows-1251.csv", "WINDOWS-1251"],
    ["utf-8", "gbk.csv", "GBK"],
  ];
  for (const [encoding, file, name] of first) assertEquals(likely(encoding, fixture(file))?.fitting[0], name);
  const noShiftJis = Uint8Array.from("Nov\xfd Bor and more than a few\n", (character) => character.charCodeAt(0));
  assertEquals(likely("shift_jis", noShiftJis)?.fitting, ["WINDOWS-1252"]);
});

Deno.test("none is likely where good UTF-8 beyond ASCII stands before the bytes, or bytes are no text", () => {
  const good = new TextEncoder().encode("name\nMüller\n");
  for (const bytes of [[...good, 0xe4, 0x68, 0x0a], [...good.slice(0, 8), 0xe4, 0x0a], [0x41, 0x00, 0xe9, 0x00]]) {
    assertEquals(likely("utf-8", Uint8Array.from(bytes)), { fitting: [] });
  }
});

/** `Müller` and `Straße` as DOS wrote them. */
const DOS = Uint8Array.from("name\nM\x81ller\nStra\xe1e\n", (character) => character.charCodeAt(0));

Deno.test("a code page of DOS is suggested, and no charset that would make rubbish of it", () =>
  withWorld(async ({ print, scratch }) => {
    for (const charset of ["UTF-8", "WINDOWS-1252"]) {
      const run = await print("Organization", DOS, { charset });
      assertExit(run, 65);
      assertStringIncludes(run.stderr, "The file may have another charset: charset=CP850");
      const checked = await scratch.run(["check", "own.csv", `--charset=${charset}`]);
      assertExit(checked, 65);
      assertStringIncludes(checked.stdout, "The file may have another charset: charset=CP850");
    }
  }));

Deno.test("what a refused import and a look say of undecodable bytes is the same", () =>
  withWorld(async ({ print, scratch }) => {
    const inputs = [
      "name\nM\xfcller\n",
      "name\nM\xc3\xbcller\nH\xe4user\n",
      "name\nM\xc3",
      "name\nSt\xc4 \xa3\xf3d\x9f\n",
    ];
    for (const input of inputs) {
      const bytes = Uint8Array.from(input, (character) => character.charCodeAt(0));
      const refused = await print("Organization", bytes, { output: "summary" });
      const looked = await scratch.run(["check", "own.csv", "--charset=UTF-8"]);
      const [text = "", hint = ""] = refused.stderr.replace(/^csvrecon: /, "").trimEnd().split("\n");
      assertStringIncludes(looked.stdout, `Error: ${text}\n${hint}\n`);
    }
  }));
