/** With a class `check` finds the signs of numbers and the words for nothing with which an import takes the rows. */
import { assertEquals } from "@std/assert";
import { withModel } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";
import { MODEL } from "../run/value_model.ts";

interface Values {
  readonly what: string;
  readonly columns: string;
  readonly rows: readonly string[];
  /** Of these alone. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly findings: readonly string[];
}

const CASES: readonly Values[] = [
  { what: "as stored", columns: "price;quantity", rows: ["1.5;2", "1234.50;-3"], parameters: {}, findings: [] },
  { what: "decimal commas", columns: "price", rows: ["1,5", "3"], parameters: { decimal_sign: "," }, findings: [] },
  {
    what: "decimal commas, and points in another column",
    columns: "price;quantity",
    rows: ["1,5;1.000", "1234,56;2"],
    parameters: { decimal_sign: ",", grouping_sign: "." },
    findings: [],
  },
  {
    what: "numbers in a column of texts decide nothing",
    columns: "price;name",
    rows: ["1.5;12,5", "2.5;13,5"],
    parameters: {},
    findings: [],
  },
  {
    what: "nobody can tell",
    columns: "price",
    rows: ["1,234", "2"],
    parameters: {},
    findings: ["error values_refused"],
  },
  {
    what: "both notations",
    columns: "price",
    rows: ["1,5", "1.5"],
    parameters: {},
    findings: ["error values_refused"],
  },
  {
    what: "a word that is no number",
    columns: "price",
    rows: ["1,5", "cheap"],
    parameters: { decimal_sign: "," },
    findings: ["error values_refused"],
  },
  {
    what: "words for nothing",
    columns: "price;bought;name;maker_id;status",
    rows: ["1,5;2024-01-02;NULL;;used", "NULL;#NV;x;NULL;\\N"],
    parameters: { decimal_sign: ",", null_words: "NULL, \\N, #NV" },
    findings: Array.from({ length: 4 }, () => "warning null_word"),
  },
  { what: "words in texts only", columns: "name;note", rows: ["NULL;None", "N/A;x"], parameters: {}, findings: [] },
];

for (const { what, columns, rows, parameters, findings } of CASES) {
  Deno.test(`values of a class: ${what}`, () =>
    withModel(MODEL, async ({ scratch, database, load }) => {
      const csv = `tag;${columns}\n${rows.map((row, index) => `n${index};${row}\n`).join("")}`;
      scratch.write("own.csv", csv);
      const run = await scratch.run(["check", "own.csv", `--db=${database}`, "--class=Device", "--output=json"]);
      const told = JSON.parse(run.stdout);
      const found = told.findings.map(({ level, kind }: { level: string; kind: string }) => `${level} ${kind}`);
      assertEquals(found, findings, describeRun(run));
      const names = ["decimal_sign", "grouping_sign", "null_words"];
      const own = Object.fromEntries(Object.entries(told.parameters).filter(([name]) => names.includes(name)));
      assertEquals(own, parameters);
      const loaded = await load("Device", csv, told.parameters);
      const isRejected = loaded.rows.some((row) => row.startsWith("rejected"));
      assertEquals(isRejected, run.exitCode === 1, loaded.rows.join("\n"));
      await scratch.run(["check", "own.csv", `--db=${database}`, "--class=Device", "--write=own.params"]);
      const again = await scratch.run([
        "check",
        "own.csv",
        "--param_file=own.params",
        "--output=json",
        `--db=${database}`,
      ]);
      assertEquals(JSON.parse(again.stdout).parameters.decimal_sign, told.parameters.decimal_sign, describeRun(again));
    }));
}
