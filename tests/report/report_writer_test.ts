import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { parse } from "@std/csv";
import { RunStop } from "../../lib/errors.ts";
import type { RowResult } from "../../lib/reconcile/row_result.ts";
import type { OutputFormat } from "../../lib/parameters/settings/settings.ts";
import { createReport } from "../../lib/report/report_writer.ts";
import type { RunColumns, RunEnd, RunHeading } from "../../lib/report/run_facts.ts";
import { RowTotals } from "../../lib/report/totals.ts";
import { trouble } from "../messages/every_problem.ts";
import { COLUMNS, created, END, HEADING, NO_ROWS, row, unchanged, updated } from "./facts.ts";
import { ClosedSink } from "./sinks.ts";

/** No test here keeps so many rows that a file would be made. */
const NO_FOLDER = "/no/such/folder";

interface Run {
  readonly output: OutputFormat;
  readonly heading?: Partial<RunHeading>;
  readonly columns?: Partial<RunColumns>;
  readonly rows?: readonly RowResult[];
  readonly end?: Partial<RunEnd>;
}

async function reportOf({ output, heading, columns, rows, end }: Run): Promise<string> {
  const sink = new CollectedText();
  const report = await createReport({ output, safeCsv: false }, sink, NO_FOLDER);
  const totals = new RowTotals();
  report.heading({ ...HEADING, ...heading }, null);
  report.columns({ ...COLUMNS, ...columns });
  for (const one of rows ?? []) {
    report.row(one);
    totals.add(one.outcome);
  }
  totals.warnings = end?.warnings?.length ?? 0;
  await report.done(totals, { ...END, ...end });
  report.close();
  return sink.text;
}

/** Comment lines, then the table as cells: how two reports are compared. */
function taken(text: string): { lines: string[]; table: string[][] } {
  const lines = text.split("\n").filter((line) => line.startsWith("#"));
  return { lines, table: parse(text.slice(lines.join("\n").length + 1), { separator: ";" }) };
}

Deno.test("a details report is what the reference recorded, but for the word Modified", async () => {
  const recorded = `#Output format: details
#Class: Organization
#Separator: ,
#Qualifier: "
#Charset Encoding:UTF-8
#Date format: <none>
#Localize: no
#Data Size: 60
#Data Lines: 4
#Simulate: 0
#Columns: name, code, status
#Reconciliation Keys: name
#Change tracking comment: 
#Issues: 1
#Warnings: 0
#Created: 1
#Updated: 1
#Unchanged: 1
Line;Status;Object Class;Object Id;name (Name);code (Code);status (Status)
0;created;Organization;2;"A";"1";"active"
1;unchanged;Organization;2;A;1;active
2;updated 2 cols;Organization;2;A;"2";"inactive"
3;Issue: Unexpected attribute value(s);Organization;2;A;2;'bad' is an invalid value. Unexpected value for attribute 'status': Value not allowed [bad], expected good
`;
  const bad = trouble({ kind: "value_not_allowed", found: "bad", allowed: ["good"], nearest: null }, {
    attribute: "status",
    cell: "bad",
  });
  const text = await reportOf({
    output: "details",
    columns: {
      columns: ["name", "code", "status"],
      tableHeading: ["name (Name)", "code (Code)", "status (Status)"],
    },
    end: { dataSize: 60 },
    rows: [
      row(0, created(2), ["A", "1", "active"]),
      row(1, unchanged(2), ["A", "1", "active"]),
      row(2, updated(2, ["code", "status"]), ["A", "2", "inactive"]),
      row(3, {
        kind: "rejected",
        reason: { kind: "bad_cells" },
        object: { class: "Organization", id: 2 },
        cells: [bad],
      }, ["A", "2", bad]),
    ],
  });
  assertEquals(taken(text), taken(recorded));
});

Deno.test("a details report of new objects is the reference's byte for byte: dates, a comment", async () => {
  const recorded = `#Output format: details
#Class: Server
#Separator: ,
#Qualifier: "
#Charset Encoding:UTF-8
#Date and time format: 'd/m/Y H:i:s'
#Date format: 'd/m/Y'
#Localize: yes
#Data Size: 116
#Data Lines: 1
#Simulate: 1
#Columns: name, org_id, move2production
#Reconciliation Keys: name, org_id (id)
#Warning: Input column 'X' is ambiguous. Could be related to a or b. The first one will be used: a
#Change tracking comment: first load, été
#Issues: 0
#Warnings: 1
#Created: 1
#Updated: 0
#Unchanged: 0
Line;Status;Object Class;Object Id;org_id (Organization - ext key);name (Name);org_id (Organization);move2production (Move to production date)
0;created;Server;0;1;"A";1;"03/02/2024"
`;
  const text = await reportOf({
    output: "details",
    heading: {
      class: "Server",
      dateFormat: { dateTime: "d/m/Y H:i:s", date: "d/m/Y" },
      localize: true,
      simulate: true,
      comment: "first load, été",
    },
    columns: {
      columns: ["name", "org_id", "move2production"],
      keys: ["name", "org_id (id)"],
      tableHeading: [
        "org_id (Organization - ext key)",
        "name (Name)",
        "org_id (Organization)",
        "move2production (Move to production date)",
      ],
    },
    end: {
      warnings: ["Input column 'X' is ambiguous. Could be related to a or b. The first one will be used: a"],
      dataSize: 116,
    },
    rows: [row(0, created(0, "Server"), [1, "A", 1, "03/02/2024"])],
  });
  assertEquals(text, recorded);
});

Deno.test("the dialect is shown as it was used, and a comment stays on its line", async () => {
  const dialect = { separator: "\t", qualifier: "" };
  const text = await reportOf({
    output: "summary",
    heading: { dialect, comment: "one\r\ntwo" },
  });
  assertStringIncludes(text, "#Separator: \t\n#Qualifier: \n#Charset Encoding:UTF-8\n");
  assertStringIncludes(text, "#Change tracking comment: one two\n#Issues: 0\n");
});

Deno.test("a summary has the comment lines and no table", async () => {
  const text = await reportOf({ output: "summary", rows: [row(0, created(2), ["A", "1"])] });
  const lines = text.split("\n");
  assertEquals(lines[0], "#Output format: summary");
  assertEquals(lines.slice(-6), ["#Issues: 0", "#Warnings: 0", "#Created: 1", "#Updated: 0", "#Unchanged: 0", ""]);
});

Deno.test("a retcode report is the number of rows in error and a line end, as every line of text (issue 12: it had none)", async () => {
  const inError = row(0, {
    kind: "rejected",
    reason: { kind: "ambiguous", count: 2, objects: [], more: false },
    object: null,
    cells: [],
  }, []);
  assertEquals(await reportOf({ output: "retcode", rows: [inError, row(1, created(2)), inError] }), "2\n");
  assertEquals(await reportOf({ output: "retcode" }), "0\n");
});

Deno.test("a report without rows has its heading all the same", async () => {
  const text = await reportOf({ output: "details" });
  assertStringIncludes(text, "#Unchanged: 0\nLine;Status;Object Class;Object Id;name (Name);code (Code)\n");
});

const REFUSAL = {
  exitCode: 64,
  messages: [{ text: "#Unknown column: 'a'.", hint: "look" }, { text: "#Unknown column: 'b'." }],
} as const;

const REFUSAL_LINES = "#Unknown column: 'a'.\n#Unknown column: 'b'.\n";

async function refusalOf(output: OutputFormat, dataSize: number | null): Promise<string> {
  const sink = new CollectedText();
  const report = await createReport({ output, safeCsv: false }, sink, NO_FOLDER);
  report.heading(HEADING, dataSize);
  report.columns(COLUMNS);
  report.row(row(0, created(2), ["A", "1"]));
  await report.refused(REFUSAL);
  report.close();
  return sink.text;
}

Deno.test("a refused run prints the settings and why, but no counter and no row", async () => {
  const settings = `#Output format: details
#Class: Organization
#Separator: ,
#Qualifier: "
#Charset Encoding:UTF-8
#Date format: <none>
#Localize: no
`;
  assertEquals(await refusalOf("details", 20), settings + "#Data Size: 20\n" + REFUSAL_LINES);
  assertEquals(await refusalOf("details", null), settings + REFUSAL_LINES);
});

Deno.test("a refused run that asked for retcode prints only why", async () => {
  assertEquals(await refusalOf("retcode", 20), REFUSAL_LINES);
});

Deno.test("a run that was refused before its settings were known prints only why", async () => {
  const sink = new CollectedText();
  await (await createReport({ output: "summary", safeCsv: false }, sink, NO_FOLDER)).refused({
    exitCode: 64,
    messages: [{ text: "#Unknown class: 'Foo'" }],
  });
  assertEquals(sink.text, "#Unknown class: 'Foo'\n");
});

Deno.test("a report that cannot be printed ends the run with 74", async () => {
  const report = await createReport({ output: "summary", safeCsv: false }, new ClosedSink(), NO_FOLDER);
  report.heading(HEADING, null);
  report.columns(COLUMNS);
  const stop = await assertRejects(() => report.done(NO_ROWS, END), RunStop);
  assertEquals(stop.exitCode, 74);
  assertEquals(stop.messages, [{ text: "The report could not be written: Broken pipe (os error 32)" }]);
  const refused = await assertRejects(() => report.refused(REFUSAL), RunStop);
  assertEquals(refused.exitCode, 74);
});

Deno.test("who loses the report of a run that wrote something is told that it stands, but not after a simulation", async () => {
  const hintOf = async (simulate: boolean) => {
    const report = await createReport({ output: "summary", safeCsv: false }, new ClosedSink(), NO_FOLDER);
    report.heading({ ...HEADING, simulate }, null);
    report.columns(COLUMNS);
    const stop = await assertRejects(() => report.done({ ...NO_ROWS, updated: 1 }, END), RunStop);
    return stop.messages[0]?.hint ?? "";
  };
  assertStringIncludes(await hintOf(false), "what it wrote stays");
  assertEquals(await hintOf(true), "");
});

Deno.test("rows that find no room end the run with 73, as nothing is written", async () => {
  const report = await createReport({ output: "details", safeCsv: false }, new CollectedText(), NO_FOLDER);
  const big = row(0, created(2), ["x".repeat(1_000_000)]);
  const stop = assertThrows(() => report.row(big), RunStop);
  assertEquals(stop.exitCode, 73);
  assertStringIncludes(stop.message, "'/no/such/folder'");
});

Deno.test("a report that shows no rows keeps none", async () => {
  const sink = new CollectedText();
  const report = await createReport({ output: "summary", safeCsv: false }, sink, NO_FOLDER);
  report.heading(HEADING, null);
  report.columns(COLUMNS);
  report.row(row(0, created(2), ["x".repeat(1_000_000)]));
  await report.done(NO_ROWS, END);
  assertEquals(sink.text.includes("xxx"), false);
});
