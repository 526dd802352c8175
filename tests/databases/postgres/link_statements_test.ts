/** How often a server is asked where links come and go: each time costs the way there and back. */
import { assert } from "@std/assert";
import { serverName } from "../../helpers/both_databases.ts";
import { withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { assertExit, type Scratch, withScratch } from "../../helpers/scratch.ts";

const LOGIN = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];
const ORGANIZATION = "Company";
const PERSONS = 200;

/** Of two persons each, the first one after them where it changes. */
function teams(count: number, isChanged: boolean): string {
  const member = (row: number) => `person_id->email:user${row % PERSONS}@example.com`;
  const rows = Array.from(
    { length: count },
    (_, row) => `Team ${row},${ORGANIZATION},${member(isChanged ? row + 2 : row)}|${member(row + 1)}`,
  );
  return ["name,org_id->name,persons_list", ...rows].join("\n");
}

function persons(): string {
  const rows = Array.from({ length: PERSONS }, (_, row) => `Last${row},First,user${row}@example.com,${ORGANIZATION}`);
  return ["name,first_name,email,org_id->name", ...rows].join("\n");
}

/** @returns how many statements it took */
async function load(scratch: Scratch, db: string, args: readonly string[], csv: string): Promise<number> {
  let statements = 0;
  const file = scratch.write("rows.csv", csv);
  const run = await scratch.run([`--db=${db}`, ...LOGIN, `--csvfile=${file}`, ...args], {
    onStatement: () => statements++,
  });
  assertExit(run, 0);
  return statements;
}

for (const release of POSTGRES_RELEASES.slice(0, 1)) {
  Deno.test(`${release.name}: links of many rows that go are deleted together`, () =>
    withDatabase(release, (address) =>
      withScratch(async (scratch) => {
        const db = serverName(address);
        assertExit(await scratch.run(["init", `--db=${db}`, "--admin_user=admin", "--admin_pwd=admin"]), 0);
        await load(scratch, db, ["--class=Organization"], `name\n${ORGANIZATION}`);
        await load(scratch, db, ["--class=Person", "--reconciliationkeys=email"], persons());
        const args = ["--class=Team", "--reconciliationkeys=name"];
        const [few, many] = [200, 1000];
        await load(scratch, db, args, teams(many, false));
        const ofFew = await load(scratch, db, args, teams(few, true));
        await load(scratch, db, args, teams(many, false));
        const ofMany = await load(scratch, db, args, teams(many, true));
        const each = (ofMany - ofFew) / (many - few);
        assert(each <= 0.1, `${each} to change a team's links`);
      })));
}
