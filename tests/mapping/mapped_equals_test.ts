/** A mapped import is the import of the file that somebody has rewritten by hand: random files and maps, through the records of each. */
import { assertEquals } from "@std/assert";
import { xoroshiro128plus } from "pure-rand/generator";
import { uniformInt } from "pure-rand/distribution";
import { planColumns } from "../../lib/columns/column_plan.ts";
import { columnMapper } from "../../lib/columns/mapped_columns.ts";
import type { Cell, CsvRecord } from "../../lib/csv/record.ts";
import { readMap } from "../../lib/mapping/read_map.ts";
import { RecordMapper } from "../../lib/mapping/record_mapper.ts";
import { readModel } from "../../lib/model/file/read_model.ts";
import { SHOP, withShop } from "./shop_world.ts";

const reading = readModel(JSON.stringify(SHOP));
if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
const { model } = reading;
const product = model.classes.get("Product")!;

/** Attributes that are texts, and what a template makes of two cells by hand. */
const TEMPLATES: readonly (readonly [string, (a: string, b: string) => string])[] = [
  ["{a} {b}", (a, b) => `${a} ${b}`],
  ["{a|lower}-{b|upper}", (a, b) => `${a.toLowerCase()}-${b.toUpperCase()}`],
  ["{{{a|before:x}}}{b}", (a, b) => `{${a.split("x")[0]}}${b}`],
  [
    "{b|after:-}{a|replace: ,_}",
    (a, b) => (b.includes("-") ? b.slice(b.indexOf("-") + 1) : "") + a.replaceAll(" ", "_"),
  ],
  ["{a|part: ,2}", (a) => a.split(" ")[1] ?? ""],
  ["{b|part: ,-1}", (_, b) => b.split(" ").at(-1) ?? ""],
  ["{b|part: ,-2}", (_, b) => b.split(" ").at(-2) ?? ""],
];
const CELLS = ["", "x", "Ann Lee", "a-b", "ja", "JA", "nein", "ä x", "A1", "1"];
const WORDS: Readonly<Record<string, string>> = { ja: "EUR", nein: "USD", "1": "" };
/** Words in any case, with blanks at their ends, and what is none of them. */
const CURRENCIES = ["ja", "JA", " Ja ", "nein", "NEIN\t", "1", "EUR", "jaja", ""];

interface Case {
  readonly map: unknown;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The same by hand, with codes. */
  readonly byHand: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

function randomCase(seed: number): Case {
  const random = xoroshiro128plus(seed);
  const pick = <T>(list: readonly T[]): T => list[uniformInt(random, 0, list.length - 1)]!;
  const rows = Array.from({ length: uniformInt(random, 1, 6) }, (_, row) => [
    `S${row}`,
    pick(CELLS),
    pick(CELLS),
    pick(CURRENCIES),
  ]);
  const [template, byHand] = pick(TEMPLATES);
  const constant = pick(["Acme", "", "x"]);
  const hasWords = uniformInt(random, 0, 1) === 1;
  const map = {
    columns: { "No.": "Article", "Cur": "currency" },
    make: { name: template, ean: "{a}{b}" },
    constants: { "brand_id->name": constant, "note": "{not a template}" },
    ...(hasWords ? { values: { currency: WORDS } } : {}),
  };
  const nameOf = (a: string, b: string) => {
    const used = [...template.matchAll(/\{([ab])/g)].map(([, one]) => one === "a" ? a : b);
    return used.some((cell) => cell !== "") && filteredIsFilled(template, a, b) ? byHand(a, b) : "";
  };
  return {
    map,
    header: ["No.", "a", "b", "Cur"],
    rows,
    byHand: {
      header: ["sku", "currency", "brand_id->name", "note", "name", "ean"],
      rows: rows.map(([sku = "", a = "", b = "", cur = ""]) => [
        sku,
        hasWords ? WORDS[cur.trim().toLowerCase()] ?? cur : cur,
        constant,
        "{not a template}",
        nameOf(a, b),
        a + b,
      ]),
    },
  };
}

/** Whether a filter leaves something of some cell. */
function filteredIsFilled(template: string, a: string, b: string): boolean {
  if (template.startsWith("{a|part")) return (a.split(" ")[1] ?? "") !== "";
  if (template.startsWith("{b|part")) return (b.split(" ").at(template.endsWith("-1}") ? -1 : -2) ?? "") !== "";
  if (template.startsWith("{{")) return a.split("x")[0] !== "" || b !== "";
  if (template.startsWith("{b|after")) return (b.includes("-") && b.slice(b.indexOf("-") + 1) !== "") || a !== "";
  return a + b !== "";
}

function recordOf(cells: readonly Cell[], line: number): CsvRecord {
  return { cells, line, problem: null, hasLineBreak: false };
}

Deno.test("500 random files with maps have the cells of the files that are rewritten by hand", () => {
  for (let seed = 1; seed <= 500; seed++) {
    const { map, header, rows, byHand } = randomCase(seed);
    const read = readMap(JSON.stringify(map), "m.json");
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const naming = { codes: false, language: "EN US" };
    const result = planColumns(model, product, naming, header, ["sku"], columnMapper(read.map, model, product, naming));
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const { plan } = result;
    const mapper = new RecordMapper(plan.mapping!, { madeLength: 1000, textTogether: 10 }, []);
    const parts = [...mapper.mapped(rows.map((cells, index) => recordOf(cells, index + 2)))];
    const mapped = parts.flat();
    const cells = mapped.map((record) => byHand.header.map((code) => record.cells[plan.codes.indexOf(code)]));
    assertEquals(cells, byHand.rows as Cell[][], `seed ${seed}: ${JSON.stringify(map)}`);
    assertEquals(mapped.map(({ typed }) => typed?.cells), rows as Cell[][]);
  }
});

Deno.test("the database is the same too, and what is refused is refused", async () => {
  for (const seed of [3, 7, 11, 19]) {
    const { map, header, rows, byHand } = randomCase(seed);
    const csv = (table: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }) =>
      [table.header, ...table.rows].map((cells) => cells.map((cell) => `"${cell}"`).join(",") + "\n").join("");
    const stored: string[][] = [];
    const told: (readonly string[])[] = [];
    await withShop(async ({ load, objects }) => {
      const given = { map, no_localize: "0", reconciliationkeys: "sku" };
      told.push((await load("Product", csv({ header, rows }), given)).rows.map((row) => row.split(":")[0] ?? ""));
      stored.push(objects("Product", "sku,name,currency,brand_id,note"));
    });
    await withShop(async ({ load, objects }) => {
      told.push((await load("Product", csv(byHand))).rows.map((row) => row.split(":")[0] ?? ""));
      stored.push(objects("Product", "sku,name,currency,brand_id,note"));
    });
    assertEquals(stored[0], stored[1], `seed ${seed}`);
    assertEquals(told[0], told[1], `seed ${seed}`);
  }
});
