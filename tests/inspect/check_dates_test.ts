/** With a class `check` finds errors in dates where an import with what it suggests leaves rows out, and only there. */
import { assert, assertEquals } from "@std/assert";
import { withModel } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";

const MODEL = {
  name: "dates",
  classes: {
    Thing: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        day: { kind: "date" },
        end: { kind: "date" },
        moment: { kind: "datetime" },
      },
    },
  },
};

interface Dates {
  readonly what: string;
  readonly columns: string;
  /** Cells of the rows, without the names. */
  readonly rows: readonly string[];
  /** Levels and kinds of what is found. */
  readonly findings: readonly string[];
}

function many(row: string): readonly string[] {
  return Array.from({ length: 40 }, () => row);
}

const CASES: readonly Dates[] = [
  { what: "one format", columns: "day", rows: ["31/12/2020", "01/02/2021"], findings: [] },
  { what: "as stored", columns: "day,moment", rows: ["2020-12-31,2020-12-31 10:11:12"], findings: [] },
  {
    what: "a few in another format",
    columns: "day",
    rows: [...many("31/1/2020"), "2020-01-31", "2020-02-01", "2020-02-02"],
    findings: ["error dates_mixed"],
  },
  {
    what: "a few that are none among those stored",
    columns: "day",
    rows: [...many("2020-01-31"), "soon"],
    findings: ["error dates_mixed"],
  },
  { what: "no row decides", columns: "day", rows: ["01/04/2020"], findings: ["error dates_undecided"] },
  {
    what: "another column decides",
    columns: "day,end",
    rows: ["01/04/2020,31/12/2020"],
    findings: ["warning dates_undecided"],
  },
  {
    what: "another column decides otherwise",
    columns: "day,end",
    rows: ["01/04/2020,31.12.2020"],
    findings: ["error dates_undecided"],
  },
  {
    what: "formats that differ",
    columns: "day,end",
    rows: ["31/12/2020,31.12.2020"],
    findings: ["error date_formats_differ"],
  },
  {
    what: "a format and the stored one",
    columns: "day,end",
    rows: ["31/12/2020,2020-12-31"],
    findings: [
      "error date_formats_differ",
    ],
  },
  {
    what: "dates as stored of one digit and two, beside a format",
    columns: "day,end",
    rows: ["2020-1-31,31/12/2020", "2020-01-31,31/12/2020"],
    findings: ["error date_formats_differ"],
  },
  { what: "a time of day", columns: "day,moment", rows: ["31/12/2020,31/12/2020 10:11"], findings: [] },
  { what: "a day for a moment", columns: "moment", rows: ["2020-12-31"], findings: [] },
  { what: "a day for a moment, and a day", columns: "day,moment", rows: ["2020-12-31,2020-12-31"], findings: [] },
  { what: "a moment for a day", columns: "day", rows: ["31/12/2020 10:11"], findings: ["error dates_refused"] },
  {
    what: "a stored moment for a day",
    columns: "day",
    rows: ["2020-12-31 10:11:12"],
    findings: [
      "error dates_refused",
    ],
  },
  {
    what: "hours of one digit and two",
    columns: "moment",
    rows: ["31/12/2020 9:11", "30/12/2020 10:11"],
    findings: [],
  },
  {
    what: "hours of one digit and padded",
    columns: "moment",
    rows: ["31/12/2020 9:11", "30/12/2020 09:11"],
    findings: [],
  },
  {
    what: "stored, with hours of one digit",
    columns: "moment",
    rows: ["2020-12-31 9:10:11", "2020-12-31 10:11:12"],
    findings: [],
  },
  { what: "half days", columns: "moment", rows: ["12/31/2020 9:11 PM", "12/30/2020 12:11 AM"], findings: [] },
  { what: "a leap day", columns: "day", rows: ["29.02.2020", "29.02.2000"], findings: [] },
  {
    what: "no leap day",
    columns: "day",
    rows: [...many("28.02.2020"), "29.02.2021"],
    findings: ["error dates_mixed"],
  },
  {
    what: "no leap day of a century",
    columns: "day",
    rows: [...many("28.02.2020"), "29.02.1900"],
    findings: [
      "error dates_mixed",
    ],
  },
  { what: "a leap day of two digits", columns: "day", rows: ["29.02.00", "29.02.96"], findings: [] },
  {
    what: "no such time",
    columns: "moment",
    rows: [...many("2020-12-31 10:11:12"), "2020-12-31 24:00:00"],
    findings: [
      "error dates_mixed",
    ],
  },
  {
    what: "no such half day",
    columns: "moment",
    rows: [...many("12/31/2020 9:11 PM"), "12/31/2020 13:11 PM"],
    findings: [
      "error dates_mixed",
    ],
  },
  { what: "no year", columns: "day", rows: [...many("2020-12-31"), "0000-12-31"], findings: ["error dates_mixed"] },
  {
    what: "with T, fractions and offsets",
    columns: "moment",
    rows: ["2020-12-31T10:11:12Z", "2020-12-31T10:11"],
    findings: [],
  },
  {
    what: "all that needs no format",
    columns: "moment",
    rows: ["2020-12-31", "2020-12-31 10:11:12.5+02:00"],
    findings: [],
  },
  { what: "T in another order", columns: "moment", rows: ["31.12.2020T10:11", "31.12.2020T9:11"], findings: [] },
  { what: "midnight for a day", columns: "day", rows: ["31/12/2020 00:00:00", "01/12/2020 00:00:00"], findings: [] },
  { what: "stored midnight for a day", columns: "day", rows: ["2020-12-31 00:00:00", "2020-12-30"], findings: [] },
  { what: "half a day for midnight", columns: "day", rows: ["12/31/2020 12:00:00 AM"], findings: [] },
  { what: "noon for a day", columns: "day", rows: ["12/31/2020 12:00:00 PM"], findings: ["error dates_refused"] },
  { what: "names of months", columns: "day", rows: ["03-Jan-2024", "4-september-2024", "5-SEP-2024"], findings: [] },
  {
    what: "names of months, and a time",
    columns: "moment",
    rows: ["03 May 2024 9:05 pm", "13 May 2024 10:05 AM"],
    findings: [],
  },
  {
    what: "other blanks",
    columns: "moment",
    rows: ["3/13/2024 9:05:00\u202fPM", "3/1/2024\u00a09:05:00 AM"],
    findings: [],
  },
  { what: "no name of a month", columns: "day", rows: ["03-Mai-2024"], findings: ["error dates_refused"] },
  { what: "days of one digit and two", columns: "day", rows: ["1/2/2024", "01/02/2024", "13/2/2024"], findings: [] },
  {
    what: "days of one digit in one column, and of two in another",
    columns: "day,end",
    rows: ["12.11.2024,1.2.2024", "13.10.2024,11.12.2024"],
    findings: [],
  },
  {
    what: "days of one digit, and of two with a time of day",
    columns: "day,moment",
    rows: ["1.2.2024,12.11.2024 10:11", "11.2.2024,13.11.2024 9:10"],
    findings: [],
  },
  {
    what: "days of one digit in a column that leaves the order open",
    columns: "day,end",
    rows: ["31/12/2024,1/4/2024"],
    findings: ["warning dates_undecided"],
  },
  {
    what: "days, some of them with midnight, as spreadsheets write them",
    columns: "day",
    rows: ["03.02.2024", "1.7.2023 00:00", "15.11.2022", "07.01.2025"],
    findings: [],
  },
  {
    what: "moments, some of them without a time of day",
    columns: "moment",
    rows: ["03.02.2024 10:11", "1.7.2023", "15.11.2022", "07.01.2025 9:10"],
    findings: [],
  },
  {
    what: "stored, days before moments with hours of one digit",
    columns: "moment",
    rows: ["2020-12-31", "2020-12-30", "2020-12-30 9:10", "2020-12-31 10:11"],
    findings: [],
  },
  {
    what: "stored, days of one digit and of two, with and without a time of day",
    columns: "moment",
    rows: ["2020-12-31", "2020-12-31 9:10", "2020-1-5", "2020-1-5", "2020-1-6 10:11"],
    findings: [],
  },
  {
    what: "a time of day among days",
    columns: "day",
    rows: [...many("13/12/2020"), "13/12/2020 10:11"],
    findings: ["error dates_mixed"],
  },
  {
    what: "a day in a month's name that is none",
    columns: "day",
    rows: [...many("28-Feb-2023"), "29-Feb-2023"],
    findings: ["error dates_mixed"],
  },
  { what: "nothing at all", columns: "day", rows: ["", ""], findings: [] },
];

for (const { what, columns, rows, findings } of CASES) {
  Deno.test(`dates of a class: ${what}`, () =>
    withModel(MODEL, async ({ scratch, database, load }) => {
      const csv = `name,${columns}\n${rows.map((row, index) => `n${index},${row}\n`).join("")}`;
      scratch.write("own.csv", csv);
      const run = await scratch.run(["check", "own.csv", `--db=${database}`, "--class=Thing", "--output=json"]);
      const told = JSON.parse(run.stdout);
      const found = told.findings.map(({ level, kind }: { level: string; kind: string }) => `${level} ${kind}`);
      assertEquals(found, findings, describeRun(run));
      const loaded = await load("Thing", csv, told.parameters);
      const isRejected = loaded.rows.some((row) => row.startsWith("rejected"));
      assert(isRejected === (run.exitCode === 1), `${run.exitCode}: ${loaded.rows.join("\n")}`);
    }));
}
