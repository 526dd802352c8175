/** How often SQLite is called for accounts: their rules need the order of rows, but look-ups for many of them at once. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, preparedWorld } from "../helpers/loading.ts";

const MOST_A_ROW = 0.1;
const FEW = 512;
const MANY = 4 * 512;

const withAccounts = preparedWorld(async ({ load, database }) => {
  const csv =
    "login,password,profile_list,allowed_org_list\nuser0,Secret_1,profileid:3|profileid:8,allowed_org_id:1\n" +
    "limited,Secret_2,profileid:1,allowed_org_id:1\n";
  await load("UserLocal", csv);
  copyFirst(database, MANY);
});

/** So many accounts with the password, the profiles and the organisation of the first: nobody has to wait for their hashes. */
function copyFirst(database: string, count: number): void {
  const opened = new DatabaseSync(database);
  const copy = (table: string, key: string, value: string, where: string) => {
    const columns = opened.prepare(`SELECT name FROM pragma_table_info('${table}') WHERE name NOT IN ('id', '${key}')`)
      .all().map(({ name }) => `t."${name}"`).join(", ");
    opened.exec(
      `INSERT INTO ${table} (${key}, ${
        columns.replaceAll("t.", "")
      }) SELECT ${value}, ${columns} FROM ${table} t, n WHERE ${where}`,
    );
  };
  opened.exec("BEGIN");
  opened.exec(
    `CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${
      count - 1
    }) SELECT i FROM n`,
  );
  copy("user", "login", "'user' || n.i", "t.login = 'user0'");
  const first = "(SELECT id FROM user WHERE login = 'user0')";
  const other = "(SELECT id FROM user WHERE login = 'user' || n.i)";
  for (const table of ["urp_userprofile", "urp_userorg"]) copy(table, "userid", other, `t.userid = ${first}`);
  opened.exec("COMMIT");
  opened.close();
}

/** Counts statements; those that update an object are one each, of whatever class. */
class Counter {
  count = 0;
  readonly onStatement = (sql: string): void => {
    if (!/^UPDATE/i.test(sql.trim())) this.count++;
  };
}

interface File {
  readonly header: string;
  readonly row: (login: string, index: number) => string;
  readonly params?: Readonly<Record<string, string>>;
}

/** Statements for each row more. */
async function statementsARow({ print }: Loading, file: File, expected: string): Promise<number> {
  const counted: number[] = [];
  for (const rows of [FEW, MANY]) {
    const lines = Array.from({ length: rows }, (_, index) => file.row(`user${index}`, index));
    const counter = new Counter();
    const { stdout } = await print(
      "UserLocal",
      `${[file.header, ...lines].join("\n")}\n`,
      { reconciliationkeys: "login", output: "summary", simulate: "1", ...file.params },
      counter,
    );
    assert(stdout.includes(`#${expected}: ${rows}\n`), stdout);
    counted.push(counter.count);
  }
  const [few = 0, many = 0] = counted;
  return (many - few) / (MANY - FEW);
}

const LIMITED = { auth_user: "limited", auth_pwd: "Secret_2" };

const FILES: Readonly<Record<string, readonly [expected: string, File]>> = {
  "that stay": ["Unchanged", { header: "login,status", row: (login) => `${login},enabled` }],
  "whose lists stay": [
    "Unchanged",
    {
      header: "login,profile_list,allowed_org_list",
      row: (login) => `${login},profileid:3|profileid:8,allowed_org_id:1`,
    },
  ],
  "that change beside their lists": [
    "Updated",
    { header: "login,status,profile_list", row: (login) => `${login},disabled,profileid:3|profileid:8` },
  ],
  "that change": ["Updated", { header: "login,status", row: (login) => `${login},disabled` }],
  "that a limited administrator changes": [
    "Updated",
    { header: "login,status", row: (login) => `${login},disabled`, params: LIMITED },
  ],
};

for (const [what, [expected, file]] of Object.entries(FILES)) {
  Deno.test(`accounts ${what} take at most ${MOST_A_ROW} statements a row`, () =>
    withAccounts(async (loading) => {
      const each = await statementsARow(loading, file, expected);
      assert(each <= MOST_A_ROW, `${each} a row`);
    }));
}

Deno.test("links of accounts are judged with at most 0.1 statements a row", () =>
  withAccounts(async ({ print, query }) => {
    const counted: number[] = [];
    const ids = query("SELECT id FROM urp_userprofile WHERE profileid = 8 ORDER BY id");
    for (const rows of [FEW, MANY]) {
      const counter = new Counter();
      const csv = ids.slice(0, rows).map((id) => `${id},7`);
      const { stdout } = await print(
        "URP_UserProfile",
        `${["id,profileid", ...csv].join("\n")}\n`,
        { reconciliationkeys: "id", output: "summary", simulate: "1" },
        counter,
      );
      assert(stdout.includes(`#Updated: ${rows}\n`), stdout);
      counted.push(counter.count);
    }
    const [few = 0, many = 0] = counted;
    assert((many - few) / (MANY - FEW) <= MOST_A_ROW, `${counted}`);
  }));

Deno.test("administrators who go are counted with few statements", () =>
  withAccounts(async ({ print, database, query }) => {
    const opened = new DatabaseSync(database);
    opened.exec("UPDATE urp_userprofile SET profileid = 1 WHERE profileid = 3");
    opened.close();
    const counter = new Counter();
    const lines = Array.from({ length: MANY }, (_, index) => `user${index},disabled`);
    const { stdout } = await print(
      "UserLocal",
      `${["login,status", ...lines].join("\n")}\n`,
      { reconciliationkeys: "login", output: "summary" },
      counter,
    );
    assert(stdout.includes(`#Updated: ${MANY}\n`), stdout);
    assert(counter.count <= MOST_A_ROW * MANY, `${counter.count}`);
    assertEquals(query("SELECT COUNT(*) FROM user WHERE status = 'disabled'"), [String(MANY)]);
  }));
