/** How often SQLite is called where rows, or what they refer to, are known by friendly names. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Loading, preparedWorld } from "../helpers/loading.ts";

const ROWS = 3 * 1024;
const SERVERS = 64;

interface Files {
  readonly class: string;
  readonly keys: string;
  readonly header: string;
  readonly row: (index: number) => string;
}

const FILES: readonly Files[] = [
  {
    class: "Person",
    keys: "friendlyname",
    header: "name,first_name,friendlyname,org_id",
    row: (index) => `Last${index},First,First Last${index},1`,
  },
  {
    class: "DBServer",
    keys: "friendlyname",
    header: "name,system_id->name,friendlyname,org_id",
    row: (index) => `db${index},server${index % SERVERS},db${index} server${index % SERVERS},1`,
  },
  {
    class: "DBServer",
    keys: "name",
    header: "name,system_id->friendlyname,org_id",
    row: (index) => `db${index},server${index % SERVERS},1`,
  },
];

const withServers = preparedWorld(async ({ load }) => {
  await load("Server", `name,org_id\n${Array.from({ length: SERVERS }, (_, index) => `server${index},1\n`).join("")}`);
});

/** @param counted what the report counts */
async function count({ print }: Loading, files: Files, counted: string): Promise<number> {
  let statements = 0;
  const csv = [files.header, ...Array.from({ length: ROWS }, (_, index) => files.row(index)), ""].join("\n");
  const params = { reconciliationkeys: files.keys, output: "summary" };
  const { stdout, exitCode } = await print(files.class, csv, params, { onStatement: () => statements++ });
  assertEquals(exitCode, 0);
  assertStringIncludes(stdout, counted);
  return statements;
}

for (const files of FILES) {
  Deno.test(`rows of ${files.class} by ${files.keys}, ${files.header}: a tenth of a statement for each`, () =>
    withServers(async (loading) => {
      const created = await count(loading, files, `#Created: ${ROWS}`);
      assert(created <= ROWS / 10, `${created} to create them`);
      const unchanged = await count(loading, files, `#Unchanged: ${ROWS}`);
      assert(unchanged <= ROWS / 10, `${unchanged} to find them unchanged`);
    }));
}
