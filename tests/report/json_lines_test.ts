import { assertEquals } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import type { RowResult } from "../../lib/reconcile/row_result.ts";
import { visibleInJson } from "../../lib/messages/visible_text.ts";
import { jsonRows } from "../../lib/report/json_lines.ts";
import { createReport } from "../../lib/report/report_writer.ts";
import { RowTotals } from "../../lib/report/totals.ts";
import { trouble } from "../messages/every_problem.ts";
import { COLUMNS, created, END, HEADING, row, unchanged } from "./facts.ts";

const ROWS: readonly RowResult[] = [
  row(0, created(2), ["A"]),
  row(1, {
    kind: "updated",
    object: { class: "Server", id: 4 },
    changes: [
      { attribute: "nb_u", oldValue: null, newValue: 3 },
      { attribute: "password", oldValue: null, newValue: null },
    ],
  }),
  row(2, unchanged(2)),
  row(3, {
    kind: "rejected",
    reason: { kind: "bad_cells" },
    object: { class: "Person", id: 5 },
    cells: [
      trouble({ kind: "wrong_format", found: "x", expected: "email", suspected: null }, {
        attribute: "email",
        columns: ["Email"],
      }),
    ],
  }),
  row(4, {
    kind: "rejected",
    reason: { kind: "refused", problems: [{ kind: "no_profile" }, { kind: "own_status_change" }] },
    object: null,
    cells: [],
  }),
  row(5, unchanged("0191-af")),
];

async function linesOf(rows: readonly RowResult[]): Promise<unknown[]> {
  const sink = new CollectedText();
  const report = await createReport({ output: "json", safeCsv: false }, sink, "/no/such/folder");
  const totals = new RowTotals();
  report.heading({ ...HEADING, dateFormat: { dateTime: "d/m/Y H:i", date: "d/m/Y" }, comment: "été" }, null);
  report.columns(COLUMNS);
  for (const one of rows) {
    report.row(one);
    totals.add(one.outcome);
  }
  totals.warnings = 1;
  await report.done(totals, { ...END, warnings: ["Careful"] });
  report.close();
  assertEquals(sink.text.endsWith("\n"), true);
  return sink.text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

Deno.test("every row is one object, in the order of the file", async () => {
  const lines = await linesOf(ROWS);
  const same = { type: "row", version: 1, messages: [], changes: [], cells: { Name: "Demo", Code: "D" } };
  assertEquals(lines.slice(0, -1), [
    { ...same, line: 2, record: 0, status: "created", class: "Organization", id: 2 },
    {
      ...same,
      line: 3,
      record: 1,
      status: "updated",
      class: "Server",
      id: 4,
      changes: [{ attribute: "nb_u", old: null, new: 3 }, { attribute: "password", old: null, new: null }],
    },
    { ...same, line: 4, record: 2, status: "unchanged", class: "Organization", id: 2 },
    {
      ...same,
      line: 5,
      record: 3,
      status: "rejected",
      class: "Person",
      id: 5,
      messages: [
        { kind: "bad_cells", text: "Unexpected attribute value(s)" },
        {
          attribute: "email",
          column: "Email",
          kind: "wrong_format",
          found: "x",
          expected: "email",
          suspected: null,
          text: "'x' is an invalid value. Unexpected value for attribute 'email': Wrong format [x], " +
            "expected an e-mail address such as ann@example.org",
        },
      ],
    },
    {
      ...same,
      line: 6,
      record: 4,
      status: "rejected",
      class: null,
      id: null,
      messages: [
        { kind: "no_profile", text: "At least one profile must be assigned to this user." },
        { kind: "own_status_change", text: "Changing status is not allowed for your own User" },
      ],
    },
    { ...same, line: 7, record: 5, status: "unchanged", class: "Organization", id: "0191-af" },
  ]);
});

Deno.test("the last object tells of the run", async () => {
  const lines = await linesOf(ROWS);
  assertEquals(lines.at(-1), {
    type: "run",
    version: 1,
    settings: {
      class: "Organization",
      separator: ",",
      qualifier: '"',
      charset: "UTF-8",
      date_format: "d/m/Y H:i",
      localize: false,
      twins: "error",
      simulate: false,
      max_errors: null,
      max_changes: null,
      comment: "été",
      columns: ["name", "code"],
      keys: ["name"],
    },
    warnings: ["Careful"],
    counts: { rows: 6, created: 1, updated: 1, unchanged: 2, rejected: 2, warnings: 1 },
    data_size: 28,
    rejects: null,
    seconds: 0.5,
    exceeded: [],
    exit_code: 1,
  });
});

Deno.test("a run without rows is one object", async () => {
  const lines = await linesOf([]);
  assertEquals(lines.length, 1);
});

Deno.test("a refused run is one object, without the rows that were read", async () => {
  const sink = new CollectedText();
  const report = await createReport({ output: "json", safeCsv: false }, sink, "/no/such/folder");
  report.heading(HEADING, 28);
  report.columns(COLUMNS);
  report.row(row(0, created(2)));
  await report.refused({ exitCode: 65, messages: [{ text: "#Bad byte", hint: "Try WINDOWS-1252" }, { text: "No #" }] });
  assertEquals(JSON.parse(sink.text), {
    type: "refused",
    version: 1,
    messages: [{ text: "Bad byte", hint: "Try WINDOWS-1252" }, { text: "No #" }],
    exit_code: 65,
  });
});

/** Characters of every kind that somebody writes otherwise, and their neighbours. */
const AWKWARD = [
  ...[
    '"',
    "\\",
    "/",
    "'",
    "\0",
    "\t",
    "\n",
    "\r",
    "\x1b",
    "\x7f",
    "\x80",
    "\x9f",
    "\xa0",
    "\xa1",
    "\xad",
    "\xae",
    "\u061c",
  ],
  ...["é", "ÿ", "Ā", "я", "漢", "\u200b", "\u200d", "\u202e", "\u2028", "\ufeff", "\u3000", "👩\u200d🚀", "🙂"],
  ...["\ud800", "\udc00", "__proto__", "", "a b", "}}", ","],
];

Deno.test("lines are what JSON makes of them, with everything escaped that nobody sees, whatever cells and headers hold", () => {
  for (const headers of [["Name", "Code"], ['a"b', "é"], ["\u202e", "x\\"], ["__proto__", "toString"]]) {
    const lineOf = jsonRows({ ...COLUMNS, headers, secretCells: [] });
    for (const first of AWKWARD) {
      for (const cells of [[first, `a${first}`], [`${first}z`], ["plain", first], [null, first]]) {
        for (const id of [2, 'a"b', "\u202e7"]) {
          const object = { class: "Organization", id, messages: [], changes: [] };
          const head = JSON.stringify({ type: "row", version: 1, line: 2, record: 0, status: "unchanged", ...object });
          const named = cells.map((cell, index) => `${JSON.stringify(headers[index])}:${JSON.stringify(cell)}`);
          const result = row(0, unchanged(id));
          assertEquals(
            lineOf({ ...result, typed: { ...result.typed, cells } }),
            visibleInJson(`${head.slice(0, -1)},"cells":{${named.join()}}}\n`),
          );
        }
      }
    }
  }
});

Deno.test("columns that are not loaded are left out, wherever they stand, and two of one name never meet", () => {
  const headers = ["", "x", "Name", "x", "Code", ""];
  const told = (ignoredCells: readonly number[], cells: readonly string[]) => {
    const lineOf = jsonRows({ ...COLUMNS, headers, ignoredCells });
    const result = row(0, unchanged(2));
    return lineOf({ ...result, typed: { ...result.typed, cells } }).replace(/^.*"cells":/, "");
  };
  assertEquals(told([0, 1, 3, 5], ["a", "b", "c", "d", "e", "f"]), '{"Name":"c","Code":"e"}}\n');
  assertEquals(told([0, 1, 3, 5], ["a", "b", "c"]), '{"Name":"c"}}\n');
  assertEquals(told([0, 1, 2, 3, 4, 5], ["a", "b", "c"]), "{}}\n");
  // Some MiB of names stand once in the report, and not in each line of it.
  const many = Array.from({ length: 10_000 }, (_, index) => "n".repeat(900) + index);
  const lineOf = jsonRows({ ...COLUMNS, headers: ["Name", ...many], ignoredCells: many.map((_, index) => index + 1) });
  const result = row(0, unchanged(2));
  const line = lineOf({ ...result, typed: { ...result.typed, cells: ["a", ...many.map(() => "")] } });
  assertEquals(line.length < 200, true, line.slice(0, 300));
});
