/** Classes of many attributes, models of many classes, accounts. */
import { DatabaseSync } from "node:sqlite";
import type { Cliff, Kind } from "./cliff.ts";
import { from, linesOf, organizations, type Start } from "./databases.ts";
import { isChanged, listOf } from "./rows.ts";
import { ALL, type Different, oneImport, personSteps, TWO } from "./steps.ts";
import type { Workshop } from "./workshop.ts";

interface Told extends Different {
  readonly name: string;
  readonly about: string;
  readonly rows: number;
  readonly limit: number | null;
  readonly isSmall?: true;
}

function modelCliff({ name, about, rows, limit, isSmall, ...different }: Told): Cliff {
  const steps = (count: number) => personSteps(name, count, different);
  return { name, about, rows, limit, ...isSmall === true ? { isSmall } : {}, steps };
}

/** @param count of attributes beside the name @param classes that refer to each other in a ring */
function wideModel(count: number, classes = 1): Start {
  return (shop) =>
    shop.database(`wide${count}_${classes}.db`, async (name) => {
      const model = `model${count}_${classes}.json`;
      await Deno.writeTextFile(
        shop.path(model),
        JSON.stringify({ name: "wide", classes: wideClasses(count, classes) }),
      );
      await shop.run(["init", `--db=${name}`, `--model=${model}`, "--admin_user=admin", "--admin_pwd=admin"]);
    });
}

function wideClasses(count: number, classes: number): Record<string, unknown> {
  const texts = Object.fromEntries(listOf(count, (k) => [`a${k}`, { kind: "string" }]));
  return Object.fromEntries(listOf(classes, (n) => {
    const next = classes > 1 ? { next_id: { kind: "external_key", target: `C${(n + 1) % classes}` } } : {};
    const attributes = { name: { kind: "string", null: false }, ...texts, ...next };
    return [`C${n}`, { reconciliation_keys: ["name"], friendly_name: "{name}", attributes }];
  }));
}

const wide = (count: number, rows: number, limit: number | null, more: Partial<Told> = {}): Cliff => {
  const rest = listOf(count - 1, (k) => `value ${k + 1}`).join(",");
  return modelCliff({
    name: `columns_${count}`,
    about: `${count} attributes, all of them columns of the file`,
    rows,
    limit,
    header: headerOf(count),
    args: ["--class=C0", "--reconciliationkeys=name"],
    row: (i, p) => `N${i},${isChanged(i, p) ? "x" : "y"}${i},${rest}`,
    start: wideModel(count),
    kinds: ALL,
    ...more,
  });
};

function headerOf(count: number): string {
  return ["name", ...listOf(count, (k) => `a${k}`)].join(",");
}

const EIGHT_COLUMNS = {
  header: headerOf(7),
  row: (i: number, p: number) => `N${i},${isChanged(i, p) ? "x" : "y"}${i},b,c,d,e,f,g`,
  kinds: TWO,
};
const CLASS_250 = ["--class=C250", "--reconciliationkeys=name"];

export const MODEL_CLIFFS: readonly Cliff[] = [
  wide(7, 100_000, 1.5),
  wide(90, 20_000, 1.5),
  wide(150, 20_000, null),
  wide(1_000, 2_000, null, { isSmall: true }),
  modelCliff({
    ...EIGHT_COLUMNS,
    name: "columns_150_of_few",
    about: "a class of 150 attributes, eight columns in the file",
    rows: 100_000,
    limit: null,
    args: ["--class=C0", "--reconciliationkeys=name"],
    start: wideModel(150),
  }),
  modelCliff({
    ...EIGHT_COLUMNS,
    name: "classes_500",
    about: "a model of 500 classes",
    rows: 100_000,
    limit: 1.5,
    args: CLASS_250,
    start: wideModel(7, 500),
  }),
  modelCliff({
    ...EIGHT_COLUMNS,
    name: "classes_500_ten_rows",
    about: "a model of 500 classes, ten rows: what the start costs",
    rows: 10,
    limit: 1.5,
    isSmall: true,
    args: CLASS_250,
    start: wideModel(7, 500),
  }),
  {
    name: "userlocal",
    about: "logins without a column for passwords: profiles as a link set, the rules of accounts",
    rows: 2_000,
    limit: 1.5,
    steps: (rows) =>
      ([["unchanged", 0], ["upd10", 10], ["upd100", 100]] as const).map(([name, percent]) =>
        loginStep(rows, name, percent)
      ),
  },
  modelCliff({
    name: "userlocal_password",
    about: "logins with passwords: scrypt, slow on purpose",
    rows: 40,
    limit: null,
    isSmall: true,
    header: "login,password,language,profile_list",
    args: ["--class=UserLocal", "--reconciliationkeys=login"],
    row: (i) => `login${i},Secret-${i},EN US,profileid->name:Configuration Manager`,
    kinds: TWO,
  }),
];

function loginStep(rows: number, name: Kind, percent: number): ReturnType<typeof oneImport> {
  const row = (i: number) =>
    `login${i},${isChanged(i, percent) ? "FR FR" : "EN US"},profileid->name:Configuration Manager`;
  return oneImport(rows, {
    name,
    start: logins(rows),
    args: ["--class=UserLocal", "--reconciliationkeys=login"],
    file: (shop) =>
      shop.file(`logins${rows}_${percent}.csv`, { header: "login,language,profile_list", count: rows, row }),
  });
}

/** So many logins with the password of the first: nobody has to wait for their hashes. */
function logins(count: number): Start {
  return from(`logins${count}.db`, organizations(), async (shop, name) => {
    const line = "login0,Secret-1,EN US,profileid->name:Configuration Manager";
    const file = shop.file("first_login.csv", linesOf("login,password,language,profile_list", [line]));
    await shop.load(name, "UserLocal", file, "--reconciliationkeys=login");
    cloneLogins(shop, name, count);
  });
}

function cloneLogins(shop: Workshop, name: string, count: number): void {
  const database = new DatabaseSync(shop.path(name));
  try {
    cloneIn(database, count);
  } finally {
    database.close();
  }
}

function cloneIn(database: DatabaseSync, count: number): void {
  const columns = (table: string, ...but: string[]) =>
    database.prepare(`SELECT name FROM pragma_table_info('${table}')`).all().map((row) => String(row["name"]))
      .filter((column) => !but.includes(column));
  const named = (codes: readonly string[], from = "") => codes.map((code) => `${from}"${code}"`).join(", ");
  const [user, links] = [columns("user", "id", "login"), columns("urp_userprofile", "id", "userid")];
  const first = "(SELECT id FROM user WHERE login = 'login0')";
  const numbers = `WITH numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count - 1})`;
  database.exec(
    `INSERT INTO user (login, ${named(user)}) ${numbers} SELECT 'login' || n, ${named(user, "first.")}
      FROM numbers, user AS first WHERE first.id = ${first} ORDER BY n;
    INSERT INTO urp_userprofile (userid, ${named(links)}) SELECT made.id, ${named(links, "link.")}
      FROM user AS made, urp_userprofile AS link
      WHERE made.login LIKE 'login%' AND made.login <> 'login0' AND link.userid = ${first} ORDER BY made.id;
    PRAGMA wal_checkpoint(TRUNCATE);`,
  );
}
