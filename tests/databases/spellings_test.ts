/** Spellings that the database keeps: other programs write, older versions made it, runs are only simulated; and an index is used. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { SCHEMA_VERSION } from "../../lib/databases/sqlite/database.ts";
import { openOwnStore } from "../../lib/databases/open_store.ts";
import type { Match } from "../../lib/store/objects.ts";
import type { Loading } from "../helpers/loading.ts";
import { wholeFile } from "../helpers/world.ts";
import { withShelf } from "../reconcile/shelf.ts";

/** Executes SQL as another program would. */
function execute(database: string, sql: string): void {
  const opened = new DatabaseSync(database);
  try {
    opened.exec(sql);
  } finally {
    opened.close();
  }
}

/** What becomes of a row for each name: `unchanged Maker 1`. */
async function found({ load }: Pick<Loading, "load">, names: readonly string[]): Promise<readonly string[]> {
  const rows = names.map((name) => `${name},\n`).join("");
  const { rows: results } = await load("Maker", `name,town\n${rows}`, { reconciliationkeys: "name", simulate: "1" });
  return results.map((row) => row.split(" ").slice(0, 3).join(" "));
}

/** Makes a database what version 1 would have left. */
function makeOld({ database, query }: Loading): void {
  const triggers = query("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
  execute(
    database,
    [
      ...triggers.map((name) => `DROP TRIGGER "${name}"`),
      "DROP TABLE csvrecon_spelling",
      "DROP TABLE csvrecon_unfolded",
      "DROP TABLE csvrecon_searched",
      "DROP INDEX change_undoes",
      "ALTER TABLE change DROP COLUMN deleted",
      "ALTER TABLE change DROP COLUMN undoes",
      "ALTER TABLE change DROP COLUMN pruned",
      "ALTER TABLE change DROP COLUMN feed",
      "ALTER TABLE change DROP COLUMN gone",
      "DROP TABLE csvrecon_feed_change",
      "DROP TABLE csvrecon_feed_object",
      "DROP TABLE csvrecon_feed",
      "PRAGMA user_version = 1",
    ].join(";"),
  );
}

Deno.test("what other programs write is found: new objects, changed ones, and not what is gone", () =>
  withShelf(async (loading) => {
    const { load, database, query } = loading;
    await load("Maker", "name\nÄrger\nPlain\n");
    execute(database, "INSERT INTO maker (finalclass, name, town) VALUES ('Maker', 'Über', ''), ('Maker', ' b ', '')");
    assertEquals(await found(loading, ["ÜBER", "a\u0308rger", "B"]), [3, 1, 4].map((id) => `updated Maker ${id}`));
    execute(database, "UPDATE maker SET name = 'Łódź' WHERE id = 2; DELETE FROM maker WHERE id = 3");
    assertEquals(await found(loading, ["ŁÓDŹ", "plain", "über"]), [
      "updated Maker 2",
      "created Maker 0",
      "created Maker 0",
    ]);
    // A run that writes folds what waits, and then nothing is left to look at.
    await load("Maker", "name\nLO\u0301dz\n");
    assertEquals(query("SELECT text FROM csvrecon_unfolded"), []);
    assertEquals(await found(loading, ["łódź"]), ["updated Maker 2"]);
  }));

Deno.test("what a trigger of somebody else writes is found, in the same run and in the next", () =>
  withShelf(async (loading) => {
    const { load, database } = loading;
    execute(
      database,
      "CREATE TRIGGER mine AFTER INSERT ON maker WHEN new.town = 'x' BEGIN " +
        "UPDATE maker SET name = 'Ž' || name WHERE id = new.id; END",
    );
    // The names in between fill what is looked up at once.
    const names = Array.from({ length: 600 }, (_, index) => `N${index},\n`).join("");
    const csv = `name,town\nA,x\n${names}\u017eA,y\n`;
    const { rows } = await load("Maker", csv, { reconciliationkeys: "name", twins: "last" });
    assertEquals([rows[0], rows.at(-1)?.slice(0, 15)], ["created Maker 1", "updated Maker 1"]);
    const next = await load("Maker", "name,town\nZ\u030cA,z\n", { reconciliationkeys: "name" });
    assertEquals(next.rows.map((row) => row.slice(0, 15)), ["updated Maker 1"]);
  }));

Deno.test("a database of version 1 gets what it lacks from the next run that is kept, in its transaction", () =>
  withShelf(async (loading) => {
    const { load, database, query } = loading;
    await load("Maker", "name\nÄrger\nE\u0301clair\n");
    makeOld(loading);
    const before = wholeFile(database);
    // A simulated run compares alike, and writes nothing.
    const simulated = await load("Maker", "name\nÄRGER\néclair\n", { simulate: "1" });
    assertEquals(simulated.rows.map((row) => row.slice(0, 15)), ["updated Maker 1", "updated Maker 2"]);
    assertEquals(wholeFile(database), before);
    // Nor does one that is taken back.
    const failed = await loading.print("Maker", 'name\närger\n"open\n');
    assertEquals([failed.exitCode, query("SELECT user_version FROM pragma_user_version")], [65, ["1"]]);
    const real = await load("Maker", "name\nÄRGER\nNeu\n");
    assertMatch(real.rows.join(), /^updated Maker 1 .*,created Maker 3$/);
    assertEquals(query("SELECT user_version FROM pragma_user_version"), [String(SCHEMA_VERSION)]);
    assertEquals((await load("Maker", "name\nÉCLAIR\nneu\n")).rows.map((row) => row.slice(0, 15)), [
      "updated Maker 2",
      "updated Maker 3",
    ]);
  }));

Deno.test("whoever only reads an old database finds the same, and leaves it as it was", () =>
  withShelf(async (loading) => {
    const { load, scratch, database, query } = loading;
    await load("UserLocal", "login,password,profile_list\nZoé,secret,profileid->name:Administrator\n");
    makeOld(loading);
    for (const login of ["Zoé", "ZOE\u0301"]) {
      const run = await scratch.run([
        ...[`--auth_user=${login}`, "--auth_pwd=secret", "--class=Nothing", "--csvfile=none.csv", `--db=${database}`],
      ]);
      // The login is good: it is told what is wrong.
      assertStringIncludes(run.stderr, "Nothing");
    }
    assertEquals(query("SELECT user_version FROM pragma_user_version"), ["1"]);
    assertEquals((await scratch.run(["model", "show", `--db=${database}`])).exitCode, 0);
  }));

Deno.test("a run that creates nothing leaves no rows behind", () =>
  withShelf(async ({ load, everything }) => {
    await load("Maker", "name\nÄrger\n");
    const before = everything();
    assertEquals((await load("Maker", "name\nA\u0308rger\n")).rows, ["unchanged Maker 1"]);
    assertEquals(everything(), before);
    assertMatch((await load("Device", "tag,quantity\nT1,many\n")).rows.join(), /^rejected/);
    const isLogged = (line: string) => /^change|"change"/.test(line);
    assertEquals(everything().filter((line) => !isLogged(line)), before.filter((line) => !isLogged(line)));
  }));

Deno.test("what friendly names are made of may be in other objects, and change", () =>
  withShelf(async ({ load }) => {
    await load("Device", "tag\nÄ\n");
    await load("Person", "email,first,last\na@x,B,C\n");
    await load("Keeping", "device_id->tag,person_id->email,reason\nä,a@x,1\n");
    const byName = (name: string) =>
      load("Keeping", `friendlyname,reason\n${name},2\n`, { reconciliationkeys: "friendlyname" });
    assertEquals((await byName("1 1")).rows, ['updated Keeping 1 reason="1"->"2"']);
  }));

Deno.test("texts of any length are found, in every form", () =>
  withShelf(async ({ load }) => {
    const long = "é".repeat(20_000);
    await load("Device", `tag,note\nT1,${long}\nT2,${long}x\n`);
    const csv = `note,name\n${long.normalize("NFD")},one\n${long.toUpperCase()}X,two\n${long}xx,three\n`;
    const { rows } = await load("Device", csv, { reconciliationkeys: "note", simulate: "1" });
    assertEquals(rows.slice(0, 2).map((row) => row.slice(0, 16)), ["updated Device 1", "updated Device 2"]);
    assertMatch(rows[2] ?? "", /^rejected: /);
  }));

Deno.test("spellings are found by an index", () =>
  withShelf(async ({ load, database }) => {
    await load("Maker", "name\nÄrger\n" + Array.from({ length: 50 }, (_, index) => `M${index}\n`).join(""));
    execute(
      database,
      "INSERT INTO maker (finalclass, name, town) VALUES ('Maker', 'ärger', ''), ('Maker', 'A\u0308rger', '')",
    );
    const statements: string[] = [];
    const store = openOwnStore(database, { busyTimeoutSeconds: 0, onStatement: (sql) => statements.push(sql) });
    const matches: Match[] = [];
    const model = await store.model();
    const facts = {
      date: new Date(),
      userId: null,
      user: "",
      comment: "",
      origin: "",
      inputName: null,
      parameters: {},
    };
    await store.transaction(async (transaction) => {
      const { objects } = await transaction.run(model, { ...facts, simulate: true });
      const plan = { class: "Maker", conditions: ["name"], read: [], includeHidden: true };
      matches.push(...await objects.search(plan).find([["ÄRGER"], ["M1"], ["none é"]]));
    }, { rollback: true });
    assertEquals(matches.map(({ kind }) => kind), ["several", "one", "none"]);
    const [several] = matches;
    assert(several?.kind === "several");
    await store.close();
    const opened = new DatabaseSync(database, { readOnly: true });
    for (
      const sql of statements.filter((one) => /json_each|csvrecon_spelling AS/.test(one) && one.startsWith("SELECT"))
    ) {
      const parameters = (sql.match(/\?/g) ?? []).map((_, index) => index === 0 ? "[]" : 1);
      const details = opened.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters).map((row) =>
        String(row["detail"])
      );
      for (const detail of details) assert(!/^SCAN (t|s)\b/.test(detail), `${sql}\n${details.join("\n")}`);
    }
    opened.close();
  }));

Deno.test("an object that an undo creates again, with its old id, is found by every spelling", () =>
  withShelf(async (loading) => {
    const { load, scratch, database } = loading;
    const undo = async (change: number) => {
      const login = ["--auth_user=admin", "--auth_pwd=admin"];
      const run = await scratch.run(["undo", `--db=${database}`, ...login, `--change=${change}`]);
      assertEquals(run.exitCode, 0, run.stderr);
    };
    await load("Maker", "name\nPlain\n");
    // By another key: the new text is not looked at.
    await load("Maker", "id,name\n1,Ärger\n", { reconciliationkeys: "id" });
    await load("Maker", "name,town\nŁódź,x\n", { reconciliationkeys: "town" });
    await undo(3);
    await load("Maker", "name\nNeu\n");
    await undo(4);
    const rows = await found(loading, ["łÓDŹ"]);
    assertEquals(rows, ["updated Maker 2"]);
  }));
