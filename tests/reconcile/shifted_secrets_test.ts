/** A password that a missing separator, or one too many, puts into another column is shown by no report. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { explainRow } from "../helpers/explaining.ts";
import { withWorld } from "../helpers/loading.ts";

/** The row on line 2: too short, too long, shifted. Every run is looked at for the passwords that it was given. */
const FILES: readonly string[] = [
  "login,status,password,profile_list\nadmin,Sh1fted-Passw0rd,profileid:1\n",
  "login,password,status,profile_list\nadmin,,Sh1fted-Passw0rd,enabled,profileid:1\n",
  "status,login,password,profile_list\nenabled,Sh1fted-Passw0rd\n",
  'login,password,status\n1,$78"admin,Sh1fted-Passw0rd, x"\n',
];

for (const csv of FILES) {
  Deno.test(`a password out of its column is in no report: ${JSON.stringify(csv)}`, () =>
    withWorld(async (loading) => {
      const page = loading.scratch.path("page.html");
      for (const output of ["summary", "errors", "details", "json", "diff"]) {
        const { stdout, stderr } = await loading.print("UserLocal", csv, { output, report: page });
        for (const text of [stdout, stderr, Deno.readTextFileSync(page)]) {
          assertEquals(text.includes("Sh1fted"), false, text);
        }
      }
      for (const output of ["summary", "json"]) {
        const { stdout, stderr } = await explainRow(loading, "UserLocal", csv, 2, { output });
        assertEquals((stdout + stderr).includes("Sh1fted"), false, stdout + stderr);
      }
    }));
}

Deno.test("what stands before a password is shown, and so is everything where there is none", () =>
  withWorld(async ({ print }) => {
    const extra = "login,password,status\nmark,Sh1fted-Passw0rd,enabled,\n";
    assertStringIncludes((await print("UserLocal", extra, { output: "errors" })).stdout, '"mark"');
    const persons = "name,first_name,email\nTwain,Mark\n";
    assertStringIncludes((await print("Person", persons, { output: "json" })).stdout, '"name":"Twain"');
  }));
