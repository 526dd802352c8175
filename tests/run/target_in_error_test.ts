/** With `second_pass`, who refers to what a row in error would have made is told that row, in every report (SPEC 16). */
import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { type Loading, withModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const MODEL = {
  name: "staff",
  languages: ["EN US"],
  classes: {
    Person: {
      reconciliation_keys: ["mail"],
      friendly_name: "{mail}",
      attributes: {
        code: { kind: "string" },
        mail: { kind: "string", null: false },
        age: { kind: "integer" },
        boss: { kind: "external_key", target: "Person" },
        deputy: { kind: "external_key", target: "Person" },
      },
    },
  },
};

const PARAMS = { reconciliationkeys: "mail", second_pass: "boss" };
const CSV = "mail,age,boss->mail\nb,1,A\na,x,\nc,1,b\nd,1,nobody\ne,1,f\nf,1,\n";
const WHY = (value: string, line: number) =>
  `No match for value '${value}': the row in line ${line} has it, and is in error`;

function withStaff(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withModel(MODEL, use);
}

Deno.test("a row in error of the first reading is told, one that is held back too; what nobody has is told as ever", () =>
  withStaff(async ({ load }) => {
    const { rows, run } = await load("Person", CSV, PARAMS);
    assertEquals(rows, [
      `rejected: Unexpected attribute value(s) | boss: ${WHY("A", 3)}`,
      "rejected: Unexpected attribute value(s) | age: 'x' is an invalid value. Unexpected value for attribute 'age': " +
      "Wrong format [x], expected a whole number: digits, a sign before them if need be",
      `rejected: Unexpected attribute value(s) | boss: ${WHY("b", 2)}`,
      "rejected: Unexpected attribute value(s) | boss: No match for value 'nobody'. Some possible 'Person' value(s): e, f",
      "created Person 1",
      "created Person 2",
    ]);
    const [first = ""] = run.stdout.split("\n");
    const { messages } = JSON.parse(first) as { readonly messages: readonly Record<string, unknown>[] };
    assertEquals(messages[1], {
      kind: "target_in_error",
      text: WHY("A", 3),
      attribute: "boss",
      column: "boss->mail",
      searched: "A",
      target: "Person",
      record: 1,
      line: 3,
    });
  }));

Deno.test("every format tells it, the rows in error come back as they came, and load when the one is mended", () =>
  withStaff(async (loading) => {
    const { print, scratch, load } = loading;
    for (const output of ["details", "errors", "diff"]) {
      const { stdout } = await print("Person", CSV, { ...PARAMS, output, simulate: "1" });
      assertStringIncludes(stdout, WHY("A", 3), output);
      assertFalse(stdout.includes("held"), output);
    }
    const run = await print("Person", CSV, { ...PARAMS, report: "page.html", rejects: "back.csv" });
    assertExit(run, 1);
    const page = Deno.readTextFileSync(scratch.path("page.html"));
    assert(page.includes(WHY("A", 3)) || page.includes(WHY("A", 3).replaceAll("'", "&#39;")), page.slice(-3000));
    const back = Deno.readTextFileSync(scratch.path("back.csv"));
    assertStringIncludes(back, `\nb,1,A,2,rejected,"boss->mail: ${WHY("A", 3)}"\na,x,,3,rejected,`);
    const mended = back.replace("a,x,", "a,7,").replace("d,1,nobody", "d,1,e");
    const again = await load("Person", mended, PARAMS);
    assertEquals(again.rows, [3, 4, 5, 6].map((id) => `created Person ${id}`));
  }));

Deno.test("an object that a row in error would have renamed is told so by its new name", () =>
  withStaff(async ({ load }) => {
    const keyed = { reconciliationkeys: "code" };
    await load("Person", "code,mail\n1,a\n", keyed);
    const csv = "code,mail,age,boss->mail\n1,z,x,\n2,b,1,z\n3,c,1,a\n";
    const { rows } = await load("Person", csv, { ...keyed, second_pass: "boss" });
    assertEquals(rows.slice(1), [
      `rejected: Unexpected attribute value(s) | boss: ${WHY("z", 2)}`,
      "created Person 2",
    ]);
  }));

Deno.test("a row whose cells cannot be told apart has no name, and several keys are told each by itself", () =>
  withStaff(async ({ load }) => {
    const params = { ...PARAMS, second_pass: "boss,deputy" };
    const csv = "mail,age,boss->mail,deputy->mail\na,x,,\nb,1\nc,1,b,a\n";
    const { rows } = await load("Person", csv, params);
    assertEquals(
      rows[2],
      "rejected: Unexpected attribute value(s) | boss: There are no 'Person' objects. | " +
        `deputy: ${WHY("a", 2)}`,
    );
  }));
