/** The comparison of reports must be strict but for the freedoms that it names. */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { amend } from "./amendments.ts";
import { caseNames, readCase } from "./golden_case.ts";
import { reportDifferences } from "./golden_report.ts";
import { splitReport } from "./our_report.ts";
import { parseRecordedTable } from "./recorded_table.ts";

const RECORDED = `#Output format: details
#Class: Team
#Issues: 2
#Created: 1
#Updated: 1
#Unchanged: 0
Line;Status;Object Class;Object Id;org_id (Organization - ext key);name (Name);code (Code)
2;Issue: wrong date format;n/a;n/a;n/a;T;1
0;created;Team;2;1;"A ""q""";"x"
1;updated 2 cols;Team;3;2Modified;B;""Modified
`;

const OURS = `#Output format: details
#Class: Team
#Issues: 2
#Created: 1
#Updated: 1
#Unchanged: 0
Line;Status;Object Class;Object Id;org_id (Organization - ext key);name (Name);code (Code)
0;created;Team;2;1;"A ""q""";"x"
1;updated 2 cols;Team;3;2;"B";""
2;Issue: wrong date format;n/a;n/a;n/a;"T";"1"
`;

Deno.test("reports agree when only the order of rows, marks and quotes differ", () => {
  assertEquals(reportDifferences(RECORDED, OURS), []);
});

const MISTAKES: Record<string, [string, string]> = {
  "a wrong count": ["#Created: 1", "#Created: 2"],
  "a missing comment line": ["#Class: Team\n", ""],
  "an extra comment line": ["#Class: Team\n", "#Class: Team\n#Warning: none\n"],
  "comment lines in another order": ["#Issues: 2\n#Created: 1\n", "#Created: 1\n#Issues: 2\n"],
  "a wrong heading": ["code (Code)", "code (Kode)"],
  "a wrong cell": [';"B";', ';"b";'],
  "a wrong last cell": ['"x"', '"x "'],
  "a wrong object id": ["Team;3", "Team;4"],
  "a wrong status": ["updated 2 cols", "updated 1 cols"],
  "a missing row": ['1;updated 2 cols;Team;3;2;"B";""\n', ""],
  "an extra row": ["2;Issue", '3;created;Team;2;1;"A";"x"\n2;Issue'],
  "the same row twice": ["2;Issue: wrong date format", "1;Issue: wrong date format"],
  "a mark behind a value": [";2;", ";2Modified;"],
  "a table that is no CSV": ['"B"', '"B"x'],
  "a row that is too short": [';"T";"1"', ';"T"'],
};

for (const [mistake, [from, to]] of Object.entries(MISTAKES)) {
  Deno.test(`reports differ by ${mistake}`, () => {
    assertStringIncludes(OURS, from);
    assert(reportDifferences(RECORDED, OURS.replace(from, to)).length > 0);
  });
}

Deno.test("reports differ when one has a table and the other none", () => {
  const withoutTable = (report: string) => report.slice(0, report.indexOf("Line;"));
  assertEquals(reportDifferences(withoutTable(RECORDED), withoutTable(OURS)), []);
  assert(reportDifferences(RECORDED, withoutTable(OURS)).length > 0);
  assert(reportDifferences(withoutTable(RECORDED), OURS).length > 0);
});

Deno.test("a typed value that ends in Modified is no mark", () => {
  const recorded = RECORDED.replace(";B;", ";LastModified;");
  assertEquals(reportDifferences(recorded, OURS.replace('"B"', '"LastModified"')), []);
  assert(reportDifferences(recorded, OURS.replace('"B"', '"Last"')).length > 0);
});

Deno.test("of the list of possible columns nothing is compared, of the line before it everything", () => {
  const recorded = "#Unknown column: 'foob'. Possible columns: id, name\n";
  assertEquals(reportDifferences(recorded, `#Class: Team\n#Unknown column: 'fo"o<b>'. Possible columns: id\n`), []);
  assert(reportDifferences(recorded, "#Unknown column: 'fob'. Possible columns: id, name\n").length > 0);
  assert(reportDifferences(recorded, "#Unknown column: 'foob'\n").length > 0);
  assert(reportDifferences(recorded, "#Unknown columns: 'foob'. Possible columns: id, name\n").length > 0);
});

Deno.test("arrows in the name of a reconciliation key are free, its letters are not", () => {
  const recorded = "#Reconciliation key not found in the input columns: 'org_id-code'\n";
  assertEquals(reportDifferences(recorded, recorded.replace("-", "->")), []);
  assert(reportDifferences(recorded, recorded.replace("org_id", "org")).length > 0);
});

Deno.test("of a refused run the last line is compared, of a missing argument the first", () => {
  assertEquals(reportDifferences("#a\n#Unknown class: 'Foo'\n", "#Unknown class: 'Foo'\n"), []);
  assert(reportDifferences("#Unknown class: 'Foo'\n", "#Unknown class: 'foo'\n").length > 0);
  assert(reportDifferences("#Unknown class: 'Foo'\n", "#Unknown class: 'Foo'\n#more\n").length > 0);
  assertEquals(
    reportDifferences("ERROR: Missing argument 'class'\n\nUSAGE:\n", "ERROR: Missing argument 'class'\n"),
    [],
  );
  assert(reportDifferences("ERROR: Missing argument 'class'\n", "ERROR: Missing argument 'csvfile'\n").length > 0);
  assertEquals(reportDifferences("2", "2\n"), []);
  assert(reportDifferences("2", "3").length > 0);
});

function oneRow(row: string): string {
  return `#Created: 0\nLine;Status;Object Class;Object Id;org_id (Organization - ext key);name (Name)\n${row}\n`;
}

Deno.test("the examples behind 'Some possible' are free, the rest of the message is not", () => {
  const recorded = oneRow(
    "0;Issue: x;n/a;n/a;No match for value 'a;b'. Some possible 'Organization' value(s): A, B, C...;T",
  );
  const ours = oneRow(`0;Issue: x;n/a;n/a;"No match for value 'a;b'. Some possible 'Organization' value(s): Z";"T"`);
  assertEquals(reportDifferences(recorded, ours), []);
  assert(reportDifferences(recorded, ours.replace("a;b", "a;c")).length > 0);
  assert(reportDifferences(recorded, ours.replace("'Organization'", "'Team'")).length > 0);
});

Deno.test("a refusal at writing is compared without what the reference wraps around it", () => {
  const created = oneRow(
    "0;Issue: Internal error: CoreCannotSaveObjectException, One, two.: issues = {0=>One; 1=>two.}, class = Team, id = -1;n/a;n/a;1;T",
  );
  assertEquals(reportDifferences(created, oneRow('0;"Issue: One, two.";n/a;n/a;1;"T"')), []);
  assert(reportDifferences(created, oneRow('0;"Issue: One";n/a;n/a;1;"T"')).length > 0);
  const updated = oneRow("0;Issue: One.: issues = {0=>One.}, class = Team, id = 2;Team;2;1;T");
  assertEquals(reportDifferences(updated, oneRow('0;"Issue: One.";Team;2;1;"T"')), []);
  assert(reportDifferences(updated, oneRow('0;"Issue: Internal error: One.";Team;2;1;"T"')).length > 0);
});

Deno.test("the Object Id of an ambiguous row is n/a", () => {
  const recorded = oneRow("0;Issue: ambiguous reconciliation;n/a;Invalid value for attribute;1;T");
  assertEquals(reportDifferences(recorded, oneRow('0;Issue: ambiguous reconciliation;n/a;n/a;1;"T"')), []);
  assert(
    reportDifferences(
      recorded,
      oneRow('0;Issue: ambiguous reconciliation;n/a;Invalid value for attribute;1;"T"'),
    ).length > 0,
  );
});

Deno.test("values with line breaks, quotes and semicolons are read from the recorded table", () => {
  const { rows } = parseRecordedTable(
    `Line;Status;a;b\n0;created;"x;""y""\n1;created";say "hi"\nthere; you\n1;unchanged;;"q"r\n2;unchanged;'a;b' is an invalid value. No;\n`,
  );
  assertEquals(rows.map((row) => row.map((cell) => cell.text)), [
    ["0", "created", 'x;"y"\n1;created', 'say "hi"\nthere; you'],
    ["1", "unchanged", "", '"q"r'],
    ["2", "unchanged", "'a;b' is an invalid value. No", ""],
  ]);
});

Deno.test("every recorded table can be read", () => {
  for (const name of caseNames("cases")) {
    const golden = readCase("cases", name);
    for (const step of golden.steps) {
      const { tableText } = splitReport(golden.read(step.report));
      if (tableText === "") continue;
      const table = parseRecordedTable(tableText);
      const numbers = table.rows.map((row) => Number(row[0]?.text)).sort((a, b) => a - b);
      assertEquals(numbers, numbers.map((_, index) => index), `${name}/${step.report}`);
    }
  }
});

Deno.test("an amendment must find its lines, once", () => {
  const amendment = { case: "c", report: "1.report", decision: "", replace: [{ from: "b", to: "x" }] };
  assertEquals(amend("a\nb\n", amendment), "a\nx\n");
  assertThrows(() => amend("a\nbb\n", amendment), Error, "must hold this line once: b");
  assertThrows(() => amend("b\nb\n", amendment), Error, "must hold this line once: b");
});
