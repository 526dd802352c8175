/** The cliffs of the bench: their names, their limits, their data, and what is told of them. */
import { assert, assertEquals } from "@std/assert";
import { cliffsNamed } from "../../scripts/bench/cliffs/bench_cliffs.ts";
import type { ImportWork } from "../../scripts/bench/cliffs/cliff.ts";
import { CLIFFS } from "../../scripts/bench/cliffs/cliffs.ts";
import {
  cliffLine,
  type CliffResult,
  cliffTable,
  growthLines,
  measureCliff,
} from "../../scripts/bench/cliffs/measure_cliffs.ts";
import { person } from "../../scripts/bench/cliffs/rows.ts";
import { Workshop } from "../../scripts/bench/cliffs/workshop.ts";
import { withScratch } from "../helpers/scratch.ts";

Deno.test("cliffs have names of their own, are found by them and their steps, and all together", () => {
  assertEquals(new Set(CLIFFS.map(({ name }) => name)).size, CLIFFS.length);
  assertEquals(cliffsNamed("cliffs").length, CLIFFS.length);
  assertEquals(cliffsNamed("manager").map(({ cliff, step }) => [cliff.name, step]), [["manager", null]]);
  assertEquals(cliffsNamed("manager/upd100").map(({ step }) => step), ["upd100"]);
  assertEquals([cliffsNamed("manager/sideways"), cliffsNamed("unchanged")], [[], []]);
});

Deno.test("each cliff may take 1.5 times the base case, but for those of which more is said", () => {
  const others = CLIFFS.filter(({ limit }) => limit !== 1.5).map(({ name, limit }) => `${name} ${limit}`);
  assertEquals(others, [
    ...["targets_100k 2", "manager 2", "parent_org 2", "parent_moved 2", "parent_chain 2"],
    ...["long_2k null", "long_7k null", "long_9k null", "long_20k null"],
    ...["teams_2 2.5", "teams_10 5", "teams_50 10", "links_by_class 2", "contacts_list 2.5"],
    ...["contacts_list_by_name 2.5", "columns_150 null", "columns_1000 null", "columns_150_of_few null"],
    ...["userlocal_password null", "job_50 3", "http_one_client 4", "http_eight_clients 4", "big_new_index 5"],
  ]);
});

/** What an import of a step reads. */
function fileOf(cliff: string, step: string, rows: number): Promise<string> {
  return withScratch(({ folder }) => {
    const found = CLIFFS.find(({ name }) => name === cliff)?.steps(rows).find(({ name }) => name === step);
    const shop = new Workshop(folder, () => ({ program: "none", args: [] }));
    const args = (found?.work as ImportWork).args(shop);
    return Deno.readTextFile(shop.path(args.at(-1)?.replace("--csvfile=", "") ?? ""));
  });
}

Deno.test("files of cliffs are the base case with one thing that is different", async () => {
  const base = await fileOf("base", "create", 3);
  assertEquals(base.split("\n").slice(0, 2), [
    "name,first_name,email,org_id->name,phone,status,notify,function",
    '"Last0","First0","user0@example.com","Org 000","+33 000000000",inactive,yes,"Engineer, level 0"',
  ]);
  assertEquals((await fileOf("base", "upd10", 30)).split("\n").filter((row) => row.includes("Director")).length, 3);
  assertEquals((await fileOf("employee_number", "create", 2)).split("\n")[2], `${person(1)},E1`);
  assertEquals((await fileOf("parent_moved", "upd100", 13)).split("\n").slice(-3, -1), ["N11,C11,N0", "N12,C12,N0"]);
  assertEquals(
    (await fileOf("teams_2", "upd10", 1)).split("\n")[1],
    [
      '"Team 0","Org 000","person_id->email:user50000@example.com|person_id->email:user1@example.com"',
    ].join(),
  );
  assertEquals(
    (await fileOf("err_enum_20", "create", 10)).split("\n").filter((row) => row.includes("retired")).length,
    2,
  );
  assertEquals((await fileOf("dup_same", "create", 10)).split("\n")[10], person(8));
});

/** Stands in for csvrecon: copies of databases are empty files. */
const ANY_PROGRAM = { program: "true", args: [] };

Deno.test("a step is measured in turn with that of the base case, and what only leads to it is not", () =>
  withScratch(async ({ folder, write }) => {
    const started: string[] = [];
    const shop = new Workshop(folder, (args) => {
      started.push(args.find((arg) => arg.startsWith("--csvfile=")) ?? args[0] ?? "");
      const database = args.find((arg) => arg.startsWith("--db="))?.slice(5) ?? "";
      write(database, "");
      return ANY_PROGRAM;
    });
    const [wanted] = cliffsNamed("two_keys/unchanged");
    assert(wanted !== undefined);
    const results = await measureCliff(shop, wanted, 5, 2);
    assertEquals(results.map(({ cliff, step, rows }) => [cliff, step, rows]), [["two_keys", "unchanged", 5]]);
    const loads = started.filter((name) => name.includes("persons5") || name.includes("two_keys5"));
    assertEquals(loads.map((name) => name.replace("--csvfile=", "")), [
      "two_keys5_0.csv",
      ...["persons5_0.csv", "persons5_0.csv", "two_keys5_0.csv", "persons5_0.csv", "two_keys5_0.csv"],
    ]);
  }));

function result(cliff: string, rows: number, ratio: number | null, limit: number | null = 1.5): CliffResult {
  const spent = { seconds: 1, cpuSeconds: ratio, peak: 170 };
  return { cliff, step: "create", rows, own: spent, base: { ...spent, peak: 100 }, ratio, limit };
}

Deno.test("what is beyond its limit is told, the worst first, and what grows faster than its input", () => {
  assertEquals(
    cliffLine(result("manager", 10, 2)),
    "manager/create ratio 2.00 (limit 1.5, BEYOND, MEMORY BEYOND 160 MiB; 10 rows: 2.00 s, 170 MiB; base 2.00 s, 100 MiB)",
  );
  assert(cliffLine(result("manager", 10, 1.5)).includes("ratio 1.50 (limit 1.5, MEMORY"));
  assert(cliffLine(result("long_2k", 10, 9, null)).includes("no limit"));
  assert(cliffLine(result("base", 10, null)).includes("ratio not known"));
  const table = cliffTable([result("one", 1000, 1), result("two", 1000, 3)]).split("\n");
  assertEquals(table.slice(2), [
    "| two | create | 1,000 | 3.00 | 1.5 | 170 |",
    "| one | create | 1,000 | 1.00 | 1.5 | 170 |",
  ]);
  const few = [result("one", 20, 1), result("two", 20, 2), result("small", 10, 1)];
  const many = [result("one", 80, 1.1), result("two", 80, 3), result("small", 10, 2)];
  assertEquals(growthLines(few, many), [
    "one/create grows 1.10 from 20 to 80 rows (limit 1.2)",
    "two/create grows 1.50 from 20 to 80 rows (limit 1.2, BEYOND)",
  ]);
});
