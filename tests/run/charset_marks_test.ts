/** Byte order marks against `charset`, and what is said of bytes that are no text (SPEC 14 and 16). */
import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";

const UTF_8 = new TextEncoder();

function warnings(stdout: string): string[] {
  return lines(stdout).filter((line) => line.startsWith("#Warning"));
}

/** The text in UTF-16, the low byte first, with its mark. */
function utf16(text: string): Uint8Array {
  const marked = `\ufeff${text}`;
  return Uint8Array.from([...marked].flatMap((one) => [one.charCodeAt(0) & 0xff, one.charCodeAt(0) >> 8]));
}

Deno.test("a byte order mark wins over charset, and a warning that counts tells of it", () =>
  withWorld(async ({ print, objects }) => {
    await print("Organization", Uint8Array.from([...UTF_8.encode("name,code\nM"), 0xfc, 0x0a]), { charset: "latin-1" });
    const marked = await print("Organization", "\ufeffname,code\nMüller,1\n", { charset: "WINDOWS-1252" });
    assertEquals(warnings(marked.stdout), [
      "#Warning: The input begins with a byte order mark of UTF-8, but charset is WINDOWS-1252: it was read as UTF-8",
      "#Warnings: 1",
    ]);
    const wide = await print("Organization", utf16("name,code\nZoë,2\n"), { charset: "utf-8" });
    assertEquals(warnings(wide.stdout).at(-1), "#Warnings: 1");
    assertEquals(objects("Organization", "name,code").slice(1), ["Müller,1", "Zoë,2"]);
  }));

Deno.test("no warning where charset is only the default, or says the same", () =>
  withWorld(async ({ print }) => {
    const runs = [
      await print("Organization", utf16("name\nA\n")),
      await print("Organization", "\ufeffname\nB\n"),
      await print("Organization", "\ufeffname\nC\n", { charset: "utf_8" }),
      await print("Organization", utf16("name\nD\n"), { charset: "UTF-16LE" }),
    ];
    for (const run of runs) assertEquals(warnings(run.stdout), ["#Warnings: 0"]);
  }));

Deno.test("a file that is cut off or mixed is refused without advice that would turn good text into rubbish", () =>
  withWorld(async ({ print }) => {
    const cut = await print("Organization", Uint8Array.from([...UTF_8.encode("name\nHäuser\nM"), 0xc3]));
    assertExit(cut, 65);
    assertStringIncludes(cut.stderr, "The file ends inside a character: is it whole?");
    const mixed = await print("Organization", Uint8Array.from([...UTF_8.encode("name\nMüller\nH"), 0xe4, 0x75, 0x0a]));
    assertExit(mixed, 65);
    assertStringIncludes(mixed.stderr, "a part of the file has another charset");
    for (const { stderr } of [cut, mixed]) assertFalse(/WINDOWS|ISO-8859|GBK|Shift_JIS/.test(stderr), stderr);
    const other = await print("Organization", Uint8Array.from([...UTF_8.encode("name\nH"), 0xe4, 0x75, 0x0a]));
    assertStringIncludes(other.stderr, "charset=WINDOWS-1252");
  }));
