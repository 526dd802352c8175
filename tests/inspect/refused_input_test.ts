/** What is said of inputs that are not what they should be: the hint names what they are, and what helps (SPEC 15 and 16). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";

function wide(text: string, bytes: 2 | 4): Uint8Array {
  return Uint8Array.from([...text].flatMap((one) => [one.charCodeAt(0), ...new Array<number>(bytes - 1).fill(0)]));
}

/** Input, parameters, exit code, hint. */
const CASES: readonly (readonly [string, string | Uint8Array, Readonly<Record<string, string>>, number, string])[] = [
  ["a semicolon", "name;code\nA;1\n", {}, 64, "With separator=; the columns are known"],
  ["a semicolon, and a name of its own", "name;code;x\nA;1;2\n", {}, 64, "With separator=; 2 of 3 columns are known"],
  ["a tab", "name\tcode\nA\t1\n", {}, 64, "With separator=tab the columns are known"],
  ["a comma", '"name","code"\nA,1\n', { separator: ";" }, 65, "With separator=, the columns are known"],
  ["a bar, labels", "Name|Code\nA|1\n", { no_localize: "0" }, 64, "With separator=| the columns are known"],
  [
    "a sep= line that contradicts",
    "sep=;\r\nname,code\r\nA,1\r\n",
    { separator: "," },
    64,
    "Leave separator out, and the line is believed, or give separator=;",
  ],
  ["#TYPE", "#TYPE System.Object\nname,code\nA,1\n", {}, 64, "the #TYPE line of PowerShell: give skip_lines=1"],
  ["UTF-16 without a mark", wide("name\tcode\r\nA\t1\r\n", 2), { separator: "tab" }, 64, "charset=UTF-16LE would fit"],
  ["UTF-32", wide("name,code\nA,1\n", 4), {}, 64, "This is UTF-32"],
  ["a workbook", Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 8, 0xff, 0xfe]), {}, 65, "a workbook of Excel (.xlsx)"],
  ["an old workbook", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), {}, 65, "an old workbook of Excel (.xls)"],
  ["gzip", Uint8Array.from([0x1f, 0x8b, 8, 0, 0]), {}, 65, "gzip has packed"],
  [
    "gzip as WINDOWS-1252",
    Uint8Array.from([0x1f, 0x8b, 8, 0x41, 0x0a]),
    { charset: "WINDOWS-1252" },
    64,
    "gzip has packed",
  ],
  ["HTML", "<html><body>Please log in</body></html>\n", {}, 64, "This is a page of HTML"],
  ["a PDF", "%PDF-1.7\nx\n", {}, 64, "This is a PDF document"],
];

for (const [what, input, params, exitCode, hint] of CASES) {
  Deno.test(`a refused input is named: ${what}`, () =>
    withWorld(async ({ print }) => {
      const run = await print("Organization", input, params);
      assertExit(run, exitCode);
      assertStringIncludes(run.stderr, hint);
    }));
}

Deno.test("what is only a wrong name gets no such hint", () =>
  withWorld(async ({ print }) => {
    for (const csv of ["nme,code\nA,1\n", "name;cod\nA;1\n"]) {
      const { stderr } = await print("Organization", csv);
      assertEquals(/With separator|This is/.test(stderr), false, stderr);
    }
  }));

Deno.test("a column without a name is told by its number", () =>
  withWorld(async ({ print }) => {
    const run = await print("Organization", "nme,cod,,\nA,1,,\n");
    assertExit(run, 64);
    for (const number of [3, 4]) {
      assertStringIncludes(run.stderr, `Column ${number} has no name: do lines end with a separator?`);
    }
  }));

Deno.test("of thousands of unknown columns twenty are told, and how many more there are", () =>
  withWorld(async ({ print }) => {
    const names = Array.from({ length: 3000 }, (_, index) => `unknown ${index}`);
    const run = await print("Organization", `name,${names.join(",")}\n`);
    assertExit(run, 64);
    const told = lines(run.stdout).filter((line) => line.startsWith("#Unknown column"));
    assertEquals(told.length, 21);
    assertEquals(told[0], "#Unknown columns: 2980 more");
    assertStringIncludes(told.at(-1) ?? "", "#Unknown column: 'unknown 0'.");
    assertEquals(lines(run.stderr).length < 30, true, run.stderr);
  }));
