/** Byte order marks against `charset`, and what is said of bytes that are no text (SPEC 14 and 16). */
import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { type Loading, type Parameters, withWorld } from "../helpers/loading.ts";
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

/** The comment line of `summary`, and the setting of `json`. */
async function toldCharsets(
  print: Loading["print"],
  csv: Uint8Array | string,
  params: Parameters = {},
): Promise<readonly [string | undefined, unknown]> {
  const summary = await print("Organization", csv, { ...params, simulate: "1" });
  const json = await print("Organization", csv, { ...params, output: "json", simulate: "1" });
  const run = JSON.parse(lines(json.stdout).at(-1) ?? "");
  return [lines(summary.stdout).find((line) => line.startsWith("#Charset"))?.split(":")[1], run.settings?.charset];
}

Deno.test("reports name the charset that was read: what a mark says, or what was typed", () =>
  withWorld(async ({ print }) => {
    const both = (name: string) => [name, name] as const;
    assertEquals(await toldCharsets(print, utf16("name\nA\n")), both("UTF-16LE"));
    assertEquals(await toldCharsets(print, utf16("name\nA\n"), { charset: "latin-1" }), both("UTF-16LE"));
    assertEquals(await toldCharsets(print, "\ufeffname\nA\n", { charset: "latin-1" }), both("UTF-8"));
    assertEquals(await toldCharsets(print, "\ufeffname\nA\n", { charset: "utf_8" }), both("utf_8"));
    assertEquals(await toldCharsets(print, "name\nA\n", { charset: "latin-1" }), both("latin-1"));
  }));

Deno.test("a refused input is named so too: by its header, in its first bytes, and further down", () =>
  withWorld(async ({ print }) => {
    const unknown = utf16("nonsense\nA\n");
    const undecodable = Uint8Array.from([0xff, 0xfe, 0x00, 0xdc]);
    const later = Uint8Array.from([...utf16("name\nA\n"), 0x00, 0xdc]);
    for (const [csv, exitCode] of [[unknown, 64], [undecodable, 65], [later, 65]] as const) {
      const run = await print("Organization", csv);
      assertExit(run, exitCode);
      assertEquals(lines(run.stdout).find((line) => line.startsWith("#Charset")), "#Charset Encoding:UTF-16LE");
    }
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
