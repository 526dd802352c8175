/** `csvrecon undo`: what is reversed, kept and impossible, and who is refused. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { ADMIN } from "../helpers/golden_case.ts";
import { type Loading, type Parameters, withModel } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit, type ProgramRun, type RunOptions } from "../helpers/scratch.ts";
import { SHOP } from "./shop_model.ts";

type Undoing = Pick<Loading, "scratch" | "database">;

function undo(
  { scratch, database }: Undoing,
  change: number,
  params: Parameters = {},
  options: RunOptions = {},
): Promise<ProgramRun> {
  const all: Parameters = { db: database, auth_user: ADMIN, auth_pwd: ADMIN, change: String(change), ...params };
  return scratch.run(["undo", ...Object.entries(all).map(([name, value]) => `--${name}=${value}`)], options);
}

/** The lines of the lists: what became of each part. */
async function listed(undoing: Undoing, change: number, exitCode: number, params: Parameters = {}): Promise<string[]> {
  const run = await undo(undoing, change, { output: "details", ...params });
  assertExit(run, exitCode);
  return lines(run.stdout).filter((line) => line.startsWith("  ")).map((line) =>
    line.trim().replaceAll(/ at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, "")
  );
}

function execute(database: string, sql: string): void {
  const opened = new DatabaseSync(database);
  opened.exec(sql);
  opened.close();
}

function shop(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withModel(SHOP, use);
}

Deno.test("undo: a report of a run that is taken back whole, and how to have it again", () =>
  shop(async (loading) => {
    await loading.load("Box", "name,size\na,1\nb,2\n", { comment: "two boxes" });
    const run = await undo(loading, 1);
    assertExit(run, 0);
    const [first = "", ...others] = lines(run.stdout);
    assertMatch(first, /^#Change: 1, csvrecon import of '.*own\.csv' by admin at [-\d]+ [:\d]+ UTC$/);
    assertEquals(others, [
      "#Comment: two boxes",
      "#Reversed: 2 (2 deleted, 0 set back, 0 created again)",
      "#Kept: 0",
      "#Impossible: 0",
      "#Undo: change 2. csvrecon undo --change=2 takes it back",
    ]);
    assertEquals(loading.objects("Box", "id,name"), []);
    assertEquals(await listed(loading, 2, 0), ["Box::1: created again", "Box::2: created again"]);
    assertEquals(loading.objects("Box", "id,name,size"), ["1,a,1", "2,b,2"]);
    assertEquals((await loading.load("Box", "name\nc\n")).rows, ["created Box 3"]);
    assertEquals(loading.query("SELECT origin, coalesce(undoes, 0), created, deleted, in_error FROM change"), [
      "csvrecon import 0 2 0 0",
      "csvrecon undo 1 0 2 0",
      "csvrecon undo 2 2 0 0",
      "csvrecon import 0 1 0 0",
    ]);
  }));

Deno.test("undo: what was edited since is kept, and named with the change that did it", () =>
  shop(async (loading) => {
    await loading.load("Box", "name,size\na,1\nb,2\nc,3\n");
    await loading.load("Box", "name,size,notes\na,10,x\nb,20,y\nc,30,z\n");
    await loading.load("Box", "name,size\na,11\n");
    execute(loading.database, "UPDATE box SET size = 21 WHERE id = 2; DELETE FROM box WHERE id = 3");
    assertEquals(
      await listed(loading, 2, 1),
      [
        "Box::2: notes set back",
        "Box::1: notes set back",
        "Box::3: the change of notes, size stays: the object was deleted since, by something that leaves no trace in the log",
        "Box::2: the change of size stays: it was changed since, by something that leaves no trace in the log",
        "Box::1: the change of size stays: it was changed since, by change 3 of admin",
      ].sort((a, b) => Number(/stays/.test(a)) - Number(/stays/.test(b))),
    );
    assertEquals(loading.objects("Box", "name,size,notes"), ["a,11,", "b,21,"]);
    // What it had to leave can be taken back when nothing is in the way any more.
    assertExit(await undo(loading, 3), 0);
    assertEquals(await listed(loading, 2, 1), [
      "Box::1: size set back",
      "Box::3: the change of notes, size stays: the object was deleted since, by something that leaves no trace in the log",
      "Box::2: the change of size stays: it was changed since, by something that leaves no trace in the log",
    ]);
    assertEquals(loading.objects("Box", "name,size,notes"), ["a,1,", "b,21,"]);
    assertEquals(await listed(loading, 1, 1), [
      "Box::1: deleted",
      "Box::3: its creation stays: the object was changed since, by change 2 of admin",
      "Box::2: its creation stays: the object was changed since, by change 2 of admin",
    ]);
  }));

Deno.test("undo: an object to which others refer now stays, whatever would befall these", () =>
  shop(async (loading) => {
    await loading.load("Sheet", "name\ns\nt\n");
    await loading.load("Box", "name,sheets\na,sheet->name:s\nb,\n");
    await loading.load("Seal", "name,laid\nx,1\n");
    await loading.load("Box", "name,beside->name\nc,b\n");
    assertEquals(await listed(loading, 2, 1), [
      "Box::2: its creation cannot be taken back: Box::3 refers to it (beside)",
      "Laid::1: its creation cannot be taken back: Seal::1 refers to it (laid)",
      "Box::1: its creation cannot be taken back: Laid::1 refers to it (box)",
    ]);
    const run = await undo(loading, 2);
    assertExit(run, 1);
    assertStringIncludes(run.stdout, "#Undo: nothing was written\n");
    assertEquals(loading.query("SELECT count(*) FROM change"), ["4"]);
  }));

Deno.test("undo: links that went and what went with them come again, and keys that were emptied", () =>
  shop(async (loading) => {
    await loading.load("Sheet", "name\ns\nt\n");
    await loading.load("Box", "name,sheets\na,sheet->name:s;mark:m|sheet->name:t\n");
    await loading.load("Seal", "name,laid,was\nx,1,2\ny,2,1\n");
    const state = () => [
      ...loading.objects("Laid", "id,box,sheet,mark"),
      ...loading.objects("Seal", "id,name,laid,was"),
    ];
    const before = state();
    await loading.load("Box", "name,sheets\na,sheet->name:t\n");
    const after = state();
    assertEquals(after, ["2,1,2,", "2,y,2,0"]);
    assertExit(await undo(loading, 4), 0);
    assertEquals(state(), before);
    assertExit(await undo(loading, 5), 0);
    assertEquals(state(), after);
    assertEquals(
      loading.query("SELECT change, old_value, new_value FROM change_op WHERE attribute = 'sheets' ORDER BY id").length,
      3,
    );
  }));

Deno.test("undo: values that another object has now are not given back", () =>
  withModel({
    ...SHOP,
    classes: {
      ...SHOP.classes,
      Org: { ...SHOP.classes.Org, unique: [{ name: "code", attributes: ["code"], unless_empty: ["code"] }] },
    },
  }, async (loading) => {
    await loading.load("Org", "name,code\na,Élan\nb,two\nc,three\n");
    await loading.load("Org", "name,code\na,one\nb,four\n");
    await loading.load("Org", "name,code\nd,éLAN\ne,TWO\n");
    const [b = "", a = ""] = await listed(loading, 2, 1);
    assertEquals(a, "Org::1: the change of code cannot be taken back: another object has the same code: Org::4");
    assertStringIncludes(b, "Org::2: the change of code cannot be taken back: the database refused it ('org.code')");
    assertEquals(loading.objects("Org", "code"), ["one", "four", "three", "éLAN", "TWO"]);
  }));

Deno.test("undo: a loop is not made again", () =>
  shop(async (loading) => {
    await loading.load("Org", "name,parent->name\na,\nb,a\n");
    await loading.load("Org", "name,parent->name\nb,\n");
    await loading.load("Org", "name,parent->name\na,b\n");
    assertEquals(await listed(loading, 2, 1), [
      "Org::2: the change of parent cannot be taken back: parent would lead back to the object itself",
    ]);
  }));

Deno.test("undo: what can not be taken back says why, and ends with 64", () =>
  shop(async (loading) => {
    await loading.load("Box", "name\na\n");
    await loading.load("Box", "name,size\nz,many\n");
    const refused = async (change: number, text: string) => {
      const run = await undo(loading, change);
      assertExit(run, 64);
      assertStringIncludes(run.stderr, text);
      assertEquals(run.stdout, "");
    };
    await refused(7, "the change log has no run 7");
    await refused(2, "Change 2 has changed no object: there is nothing to take back");
    assertExit(await undo(loading, 1), 0);
    await refused(1, "Change 1 was taken back already, by change 3");
    execute(loading.database, "UPDATE change SET pruned = 1 WHERE id = 1");
    await refused(1, "Change 1 can no longer be taken back");
    const json = await undo(loading, 7, { output: "json" });
    assertEquals([json.exitCode, JSON.parse(json.stdout).type], [64, "refused"]);
    assertExit(await undo(loading, 3, { auth_pwd: "wrong" }), 77);
    assertExit(await undo(loading, 0), 64);
  }));

Deno.test("undo: while another writer holds the database it waits, and ends with 75", () =>
  shop(async (loading) => {
    await loading.load("Box", "name\na\n");
    const other = new DatabaseSync(loading.database);
    other.exec("BEGIN IMMEDIATE");
    try {
      assertExit(await undo(loading, 1, { busy_timeout: "0" }), 75);
    } finally {
      other.close();
    }
    assertEquals(loading.objects("Box", "name"), ["a"]);
  }));

Deno.test("undo: a simulation says the same and writes nothing", () =>
  shop(async (loading) => {
    await loading.load("Box", "name\na\nb\n");
    const before = loading.everything();
    const simulated = await listed(loading, 1, 0, { simulate: "1" });
    assertEquals(loading.everything(), before);
    assertEquals(await listed(loading, 1, 0), simulated);
  }));

Deno.test("undo: JSON Lines have every part, and the whole at the end", () =>
  shop(async (loading) => {
    await loading.load("Box", "name,size\na,1\nb,2\n");
    await loading.load("Box", "name,size\na,3\n");
    const run = await undo(loading, 1, { output: "json" });
    assertExit(run, 1);
    const [reversed, kept, end] = lines(run.stdout).map((line) => JSON.parse(line));
    assertEquals(reversed, { type: "reversed", class: "Box", id: 2, done: "deleted" });
    const { by, text: _text, ...facts } = kept;
    assertEquals(facts, { type: "kept", class: "Box", id: 1, change: "creation", attributes: [], reason: "edited" });
    assertEquals([by.change, by.user], [2, ADMIN]);
    assertEquals(end, {
      type: "undo",
      version: 1,
      change: 1,
      simulate: false,
      undo: 3,
      counts: { deleted: 1, kept: 1, impossible: 0, set_back: 0, created_again: 0 },
      part_hidden: false,
      exit_code: 1,
    });
  }));

Deno.test("undo: passwords are kept, and said so; accounts end as the rules of accounts have it", () =>
  shop(async (loading) => {
    await loading.load("UserLocal", "login,password,profile_list\nbob,secret,profileid->name:Loader\n");
    await loading.load("UserLocal", "login,password\nbob,other\n");
    assertEquals(await listed(loading, 2, 1), [
      "UserLocal::2: the change of password stays: the log knows no passwords. Set a new one if the old one is wanted, or if there is none",
    ]);
    // A password is an edit of the account.
    assertMatch((await listed(loading, 1, 1)).join("\n"), /UserLocal::2: its creation stays: .* by change 2 of admin/);
    await loading.load("UserLocal", "login,password,profile_list\nann,secret,profileid->name:Administrator\n");
    const asAnn = await listed(loading, 3, 1, { auth_user: "ann", auth_pwd: "secret" });
    assertMatch(asAnn.join("\n"), /UserLocal::3: its creation cannot be taken back: Your own account would be deleted/);
    assertExit(await undo(loading, 3), 0);
    const again = await listed(loading, 4, 1);
    assertMatch(again.join("\n"), /UserLocal::3: the change of password stays: the log knows no passwords/);
    // No password fits.
    assertEquals((await undo(loading, 3, { auth_user: "ann", auth_pwd: "" })).exitCode, 77);
  }));

Deno.test("undo: needs the right to every class that the run has written", () =>
  shop(async (loading) => {
    await loading.load("Sheet", "name\ns\n");
    await loading.load("Box", "name,sheets\na,sheet->name:s\n");
    const user = (login: string, profile: string) =>
      loading.load("UserLocal", `login,password,profile_list\n${login},pw,profileid->name:${profile}\n`);
    await user("boxes", "Boxes");
    await user("loader", "Loader");
    const run = await undo(loading, 2, { auth_user: "boxes", auth_pwd: "pw" });
    assertExit(run, 77);
    assertStringIncludes(run.stderr, "You are not allowed to take back change 2: it has written objects of class Laid");
    assertExit(await undo(loading, 2, { auth_user: "loader", auth_pwd: "pw" }), 0);
  }));

Deno.test("undo: a limited user touches and learns nothing of what they may not see, and is told that parts are left", () =>
  shop(async (loading) => {
    await loading.load("Org", "name\nours\ntheirs\n");
    await loading.load("Box", "name,org->name,size\nmine,ours,1\nhidden,theirs,2\n");
    await loading.load("Box", "name,size\nmine,3\nhidden,4\n");
    await loading.load(
      "UserLocal",
      "login,password,profile_list,allowed_org_list\nlim,pw,profileid->name:Loader,allowed_org_id->name:ours\n",
    );
    const run = await undo(loading, 3, { auth_user: "lim", auth_pwd: "pw", output: "details" });
    assertExit(run, 1);
    assertStringIncludes(run.stdout, "#Parts of the change are left: they are about objects that you may not see");
    assertEquals([run.stdout.includes("Box::1: size set back"), run.stdout.includes("Box::2")], [true, false]);
    assertEquals(loading.objects("Box", "name,size"), ["mine,1", "hidden,4"]);
    assertExit(await undo(loading, 3), 0);
    assertEquals(loading.objects("Box", "name,size"), ["mine,1", "hidden,2"]);
  }));

Deno.test("undo: the date since when an object is obsolete comes back", () =>
  withModel({
    ...SHOP,
    classes: { ...SHOP.classes, Box: { ...SHOP.classes.Box, obsolete_when: { attribute: "state", value: "old" } } },
  }, async (loading) => {
    await loading.load("Box", "name,state\na,old\n");
    execute(loading.database, "UPDATE box SET obsolescence_date = '2020-02-29'");
    await loading.load("Box", "name,state\na,new\n");
    assertEquals(loading.objects("Box", "obsolescence_date"), [""]);
    assertExit(await undo(loading, 2), 0);
    assertEquals(loading.objects("Box", "obsolescence_date"), ["2020-02-29"]);
    assertExit(await undo(loading, 3), 0);
    assertExit(await undo(loading, 4), 0);
    assertEquals(loading.objects("Box", "state,obsolescence_date"), ["old,2020-02-29"]);
  }));

Deno.test("undo: is done twice only for texts of link sets, and prepares only for deletions that it makes", () =>
  shop(async (loading) => {
    await loading.load("Sheet", "name\ns\nt\n");
    await loading.load("Box", "name,size,sheets\na,1,sheet->name:s\nb,1,sheet->name:s\n");
    await loading.load("Box", "name,size\na,2\nb,2\n");
    await loading.load("Box", "name,sheets\na,sheet->name:t\nb,sheet->name:t\n");
    await loading.load("Box", "name,size\nb,3\n");
    execute(loading.database, "DELETE FROM laid WHERE box = 2");
    const statementsOf = async (change: number) => {
      const statements: string[] = [];
      assertExit(await undo(loading, change, { simulate: "1" }, { onStatement: (sql) => statements.push(sql) }), 1);
      const number = (start: string) => statements.filter((sql) => sql.startsWith(start)).length;
      return [number("INSERT INTO change ("), number("CREATE INDEX")];
    };
    assertEquals(await statementsOf(3), [1, 0]);
    assertEquals((await statementsOf(4))[0], 2);
  }));
