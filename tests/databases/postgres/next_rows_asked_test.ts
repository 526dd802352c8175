/** A server is asked about the next rows while these are worked: it comes to the same as if every group waited for the one before. */
import { assert, assertEquals } from "@std/assert";
import { serverName, storedAtServer, storedInFile, toldBy } from "../../helpers/both_databases.ts";
import { withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { assertExit, type Scratch, withScratch } from "../../helpers/scratch.ts";
import { Random } from "../../torture/random.ts";

const NOW = new Date("2026-01-02T03:04:05Z");
const ADMINISTRATOR = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];

async function make(scratch: Scratch, db: string): Promise<void> {
  const args = ["--admin_user=admin", "--admin_pwd=admin"];
  assertExit(await scratch.run(["init", `--db=${db}`, ...args], { now: NOW }), 0);
}

interface Load {
  readonly code: string;
  readonly csv: string;
  readonly keys: string;
  readonly rowsTogether: number;
}

async function load(scratch: Scratch, db: string, { code, csv, keys, rowsTogether }: Load) {
  const statements: string[] = [];
  const file = scratch.write("rows.csv", csv);
  const args = [`--class=${code}`, `--csvfile=${file}`, `--reconciliationkeys=${keys}`, "--output=json"];
  const run = await scratch.run([`--db=${db}`, ...ADMINISTRATOR, ...args], {
    now: NOW,
    rowsTogether,
    onStatement: (sql) => statements.push(sql),
  });
  return { run, statements };
}

/** Few keys, which come again and again: spelt otherwise, empty, with blanks at their ends, refused. */
const NAMES = ["A", "a", '"A "', "É", "é", "B", "C", "D", "", "E", "F", "G"];
const STATES = ["active", "active", "inactive", "no state"];
const CODES = ["1", "2", "3", ""];

function organizations(random: Random, rows: number): string {
  const row = () => [random.pick(NAMES), random.pick(CODES), random.pick(STATES)].join(",");
  return ["name,code,status", ...Array.from({ length: rows }, row), ""].join("\n");
}

function persons(random: Random, rows: number): string {
  const row = () => [random.pick(NAMES), "x", random.pick(["A", "B", "none"]), random.pick(CODES)].join(",");
  return ["name,first_name,org_id->name,employee_number", ...Array.from({ length: rows }, row), ""].join("\n");
}

for (const release of POSTGRES_RELEASES.slice(0, 1)) {
  Deno.test(`${release.name}: rows that are asked about ahead see what the rows before them have written`, () =>
    withDatabase(release, (address) =>
      withScratch(async (scratch) => {
        const [file, server] = [scratch.path("rows.db"), serverName(address)];
        for (const db of [file, server]) await make(scratch, db);
        const random = new Random(16);
        for (let number = 0; number < 12; number++) {
          const rowsTogether = [1, 2, 3, 5][number % 4] ?? 1;
          const rest = { csv: organizations(random, 30), rowsTogether };
          const one = number % 3 === 2
            ? { ...rest, code: "Person", csv: persons(random, 30), keys: random.pick(["name", "employee_number"]) }
            : { ...rest, code: "Organization", keys: random.pick(["name", "code", "name,code"]) };
          const expected = await load(scratch, file, one);
          const found = await load(scratch, server, one);
          assertEquals(toldBy(found.run, server), toldBy(expected.run, file), JSON.stringify(one));
        }
        const plain = (rows: readonly string[], db: string) => rows.map((row) => row.replaceAll(db, "DATABASE"));
        assertEquals(plain(await storedAtServer(address), server), plain(storedInFile(file), file));
      })));

  Deno.test(`${release.name}: the next rows are asked about before these are written, and only once`, () =>
    withDatabase(release, (address) =>
      withScratch(async (scratch) => {
        const db = serverName(address);
        await make(scratch, db);
        const names = Array.from({ length: 12 }, (_, row) => `Name ${row},${row}`);
        const csv = ["name,code", ...names, ""].join("\n");
        const { run, statements } = await load(scratch, db, {
          code: "Organization",
          csv,
          keys: "name",
          rowsTogether: 4,
        });
        assertExit(run, 0);
        const kinds = statements.flatMap((sql) => {
          if (/^INSERT INTO "organization"/.test(sql)) return "write";
          return sql.includes('FROM "organization"') && sql.includes("unnest(") ? "ask" : [];
        });
        assert(kinds.includes("write"));
        assertEquals(kinds.join(" "), "ask ask write ask write write");
      })));
}
