import { assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { safeText } from "../../lib/report/safe_csv.ts";
import * as table from "../../lib/report/table_row.ts";
import type { RowOutcome, RowResult } from "../../lib/reconcile/row_result.ts";
import { trouble } from "../messages/every_problem.ts";
import { created, row, unchanged, updated } from "./facts.ts";

const headingRow = (cells: readonly string[]) => table.headingRow(cells, (text) => text) + "\n";
const tableRow = (result: RowResult) => table.tableRow(result, (text) => text) + "\n";

Deno.test("the heading is the reference's, quoted only where it must be", () => {
  const cells = ["org_id (Organization - ext key)", "name (Last Name)", "id (id (Primary Key))"];
  assertEquals(
    headingRow(cells),
    "Line;Status;Object Class;Object Id;org_id (Organization - ext key);name (Last Name);id (id (Primary Key))\n",
  );
  assertEquals(headingRow(['x (a; "b")']), 'Line;Status;Object Class;Object Id;"x (a; ""b"")"\n');
});

Deno.test("the row of a new object is the reference's, byte for byte", () => {
  assertEquals(
    tableRow(row(0, created(1, "Server"), [1, "A", 1, "03/02/2024"])),
    '0;created;Server;1;1;"A";1;"03/02/2024"\n',
  );
  assertEquals(tableRow(row(0, created(2), ['Raw "q" in', '12"'])), '0;created;Organization;2;"Raw ""q"" in";"12"""\n');
  assertEquals(
    tableRow(row(0, created(2), ["Line1\nLine2", "A\nB"])),
    '0;created;Organization;2;"Line1\nLine2";"A\nB"\n',
  );
  assertEquals(
    tableRow(row(0, created(2, "UserLocal"), ["a", null, "'profileid:3'"])),
    '0;created;UserLocal;2;"a";;"\'profileid:3\'"\n',
  );
});

Deno.test("text is quoted whatever becomes of the row, and no word is glued to it", () => {
  assertEquals(tableRow(row(1, unchanged(2), ["A", "1"])), '1;unchanged;Organization;2;"A";"1"\n');
  assertEquals(tableRow(row(2, updated(2, ["code"]), ["A", "2"])), '2;updated 1 cols;Organization;2;"A";"2"\n');
});

const NONE = { objects: [], more: false } as const;

/** By a rule of uniqueness with these words. */
function rejected(template: string, object: RowOutcome["object"]): RowOutcome {
  const problem = { kind: "duplicate", class: "Person", rule: "name", template, values: {}, ...NONE } as const;
  return { kind: "rejected", reason: { kind: "refused", problems: [problem] }, object, cells: [] };
}

Deno.test("a row in error names its object, or n/a", () => {
  assertEquals(tableRow(row(3, rejected("No", null), ["A", 0])), '3;Issue: No;n/a;n/a;"A";0\n');
  const known = rejected("No", { class: "Person", id: 2 });
  assertEquals(tableRow(row(3, known, [""])), '3;Issue: No;Person;2;""\n');
});

Deno.test("an id that is a text is quoted only where it must be, and changed as other texts", () => {
  const withId = (id: string): RowOutcome => ({ kind: "unchanged", object: { class: "Person", id } });
  assertEquals(tableRow(row(0, withId("0191-af"))), "0;unchanged;Person;0191-af\n");
  assertEquals(tableRow(row(0, withId('a;"b"'))), '0;unchanged;Person;"a;""b"""\n');
  assertEquals(table.tableRow(row(0, withId("=1")), safeText), "0;unchanged;Person;'=1");
});

Deno.test("a cell shows what is wrong with it, quoted and changed as other texts", () => {
  const bad = trouble({ kind: "value_not_allowed", found: 'a;"b"', allowed: ["good"], nearest: null }, {
    attribute: "status",
    cell: 'a;"b"',
  });
  const outcome: RowOutcome = { kind: "rejected", reason: { kind: "bad_cells" }, object: null, cells: [bad] };
  const before = "0;Issue: Unexpected attribute value(s);n/a;n/a";
  const words = '\'a;""b""\' is an invalid value. ' +
    'Unexpected value for attribute \'status\': Value not allowed [a;""b""], expected good';
  assertEquals(tableRow(row(0, outcome, ["A", bad, 1])), `${before};"A";"${words}";1\n`);
  const formula = trouble({ kind: "wrong_format", found: ",=1", expected: "email", suspected: null }, { cell: ",=1" });
  assertStringIncludes(table.tableRow(row(0, outcome, [formula]), safeText), `"','=1' is an invalid value.`);
});

Deno.test("line ends inside a text stay what they are", () => {
  assertEquals(tableRow(row(0, created(2), ["a\r\nb", "a\rb"])), '0;created;Organization;2;"a\r\nb";"a\rb"\n');
});

Deno.test("the table is CSV, whatever stands in it", () => {
  const nasty = ['a;b"c', "line 1\nline 2", ' "quoted" ', "", "#x", "'", '"', "tab\there", "été 😀"];
  const status = 'Login must be unique - "A;B" is already being used.\nReally';
  const text = headingRow(nasty) + tableRow(row(0, rejected(status, null), nasty)) +
    tableRow(row(1, created(2), nasty));
  assertEquals(parse(text, { separator: ";" }), [
    ["Line", "Status", "Object Class", "Object Id", ...nasty],
    ["0", `Issue: ${status}`, "n/a", "n/a", ...nasty],
    ["1", "created", "Organization", "2", ...nasty],
  ]);
});
