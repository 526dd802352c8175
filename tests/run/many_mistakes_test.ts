/** Thousands of mistakes of one kind are told in few lines: the first twenty, and how many more there are. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";

const MANY = 3000;

function names(prefix: string, count = MANY): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

const FILES: readonly (readonly [string, string, Record<string, string>, string])[] = [
  ["columns that are not known", names("c").join(","), {}, "#Unknown columns: 2980 more"],
  ["one column again and again", names("x").map(() => "name").join(","), {}, "#… and 2979 more of this kind"],
  [
    "keys that are not known",
    "name,code",
    { reconciliationkeys: names("k").join(",") },
    "#… and 2980 more of this kind",
  ],
  [
    "parameters that are not known",
    "name,code",
    Object.fromEntries(names("p").map((name) => [name, "x"])),
    "#… and 2980 more of this kind",
  ],
];

for (const [what, header, params, more] of FILES) {
  Deno.test(`three thousand mistakes in few lines: ${what}`, () =>
    withWorld(async ({ print }) => {
      const { exitCode, stdout, stderr } = await print("Organization", `${header}\nx,y\n`, params);
      assertEquals(exitCode, 64);
      assert(lines(stdout).length + lines(stderr).length < 120, stdout.slice(0, 2000));
      assertStringIncludes(stderr, more.slice(1));
    }));
}
