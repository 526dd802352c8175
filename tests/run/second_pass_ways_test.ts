/** Files with `second_pass` in all the ways in which files are loaded: simulated, limited, undone, explained, checked, from a stream. */
import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { type Loading, withModel, withWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const MODEL = {
  name: "staff",
  languages: ["EN US"],
  classes: {
    Person: {
      reconciliation_keys: ["mail"],
      friendly_name: "{mail}",
      attributes: {
        mail: { kind: "string", null: false },
        age: { kind: "integer" },
        boss: { kind: "external_key", target: "Person" },
      },
    },
  },
};

const PARAMS = { reconciliationkeys: "mail", second_pass: "boss" };
/** Two that are each other's boss, one below both, and one in error with who is behind it. */
const CSV = "mail,age,boss->mail\nc,3,a\na,1,b\nb,2,a\ne,5,d\nd,x,\n";

function withStaff(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withModel(MODEL, use);
}

const LOGIN = ["--auth_user=admin", "--auth_pwd=admin"];

function undo({ scratch, database }: Loading, change: number) {
  return scratch.run(["undo", `--db=${database}`, ...LOGIN, `--change=${change}`]);
}

Deno.test("a simulation tells what the run then tells, and writes nothing", () =>
  withStaff(async ({ load, everything }) => {
    const before = everything();
    const simulated = await load("Person", CSV, { ...PARAMS, simulate: "1" });
    assertEquals(everything(), before);
    const { rows } = await load("Person", CSV, PARAMS);
    const withoutIds = (all: readonly string[]) => all.map((row) => row.replace(/^created Person \d+/, "created"));
    assertEquals(withoutIds(simulated.rows), withoutIds(rows));
    assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["created", "created", "created", "rejected", "rejected"]);
  }));

Deno.test("what changes is told old and new by name, of both readings in one", () =>
  withStaff(async ({ load, print }) => {
    await load("Person", CSV, PARAMS);
    const { stdout } = await print("Person", "mail,age,boss->mail\na,1,c\nb,7,c\nf,6,g\ng,7,f\n", {
      ...PARAMS,
      output: "diff",
      simulate: "1",
    });
    assertEquals(stdout.split("\n").slice(0, 5), [
      "~ Person 2 a (line 2)",
      "    boss: b (3) → c (1)",
      "~ Person 3 b (line 3)",
      "    boss: a (2) → c (1)",
      "    age: 2 → 7",
    ]);
    assertStringIncludes(stdout, "+ Person f (line 4)\n    mail: f\n    age: 6\n    boss: g (new)\n");
  }));

Deno.test("limits count the rows of both readings, and take all of it back", () =>
  withStaff(async ({ load, print, everything }) => {
    await load("Person", "mail,age\na,1\nb,2\nc,3\n", { reconciliationkeys: "mail" });
    const before = everything();
    const csv = "mail,age,boss->mail\na,1,c\nb,2,a\nc,3,b\nd,4,nobody\n";
    for (const limit of [{ max_errors: "0" }, { max_changes: "2" }, { max_changes: "60%" }]) {
      const run = await print("Person", csv, { ...PARAMS, ...limit });
      assertExit(run, 2);
      assertEquals(everything(), before, JSON.stringify(limit));
    }
    assertExit(await print("Person", csv, { ...PARAMS, max_errors: "1", max_changes: "3" }), 1);
  }));

Deno.test("an undo takes back what both readings wrote, and an undo of that brings it back", () =>
  withStaff(async (loading) => {
    const { load, objects, query } = loading;
    await load("Person", "mail,age,boss->mail\na,1,\nb,2,a\n", PARAMS);
    const before = objects("Person", "mail,age,boss");
    await load("Person", CSV, PARAMS);
    const after = objects("Person", "mail,age,boss");
    assertEquals(after, ["a,1,2", "b,2,1", "c,3,1"]);
    const last = () => Number(query("SELECT MAX(id) FROM change")[0]);
    assertExit(await undo(loading, last()), 0);
    assertEquals(objects("Person", "mail,age,boss"), before);
    assertExit(await undo(loading, last()), 0);
    assertEquals(objects("Person", "mail,age,boss"), after);
  }));

Deno.test("the history has one entry for what is new, and names the boss; nothing of rows in error", () =>
  withStaff(async ({ load, scratch, database }) => {
    await load("Person", CSV, PARAMS);
    await load("Person", "mail,boss->mail\na,c\nz,nobody\n", PARAMS);
    const history = (args: readonly string[]) => scratch.run(["history", `--db=${database}`, ...LOGIN, ...args]);
    const object = await history(["--class=Person", "--object=2"]);
    assertExit(object, 0);
    assertStringIncludes(object.stdout, "boss");
    assertFalse(/\bz\b/.test(object.stdout), object.stdout);
    assertStringIncludes((await history(["--change=2"])).stdout, "boss");
  }));

Deno.test("explain tells of one row as it is without others, and check finds nothing against the file", () =>
  withStaff(async ({ scratch, database }) => {
    scratch.write("staff.csv", CSV.replace("d,x", "d,4"));
    const access = [`--db=${database}`, ...LOGIN, "--class=Person", "--no_localize=1"];
    const given = ["--csvfile=staff.csv", "--reconciliationkeys=mail", "--second_pass=boss"];
    const explained = await scratch.run(["explain", ...access, ...given, "--line=2"]);
    assertStringIncludes(explained.stdout, "'a'");
    const checked = await scratch.run([
      "check",
      "staff.csv",
      "--second_pass=boss",
      "--class=Person",
      `--db=${database}`,
    ]);
    assertExit(checked, 0);
    assertFalse(checked.stdout.includes("further down"), checked.stdout);
  }));

for (const change of ["appended to", "of the same length"]) {
  Deno.test(`a file that is ${change} between the readings is refused, and nothing is written`, () =>
    withStaff(async ({ print, everything, scratch }) => {
      const rows = Array.from({ length: 2000 }, (_, index) => `p${index},1,p${1999 - index}\n`);
      const csv = `mail,age,boss->mail\n${rows.join("")}`;
      const before = everything();
      let isChanged = false;
      const run = await print("Person", csv, { ...PARAMS, rejects: "back.csv", report: "page.html" }, {
        onStatement(sql) {
          if (isChanged || !sql.startsWith("INSERT INTO")) return;
          isChanged = true;
          const changed = change === "appended to" ? `${csv}q,1,\n` : csv.replace("p1999,1,", "p1999,2,");
          Deno.writeTextFileSync(scratch.path("own.csv"), changed);
        },
      });
      assert(isChanged);
      assertExit(run, 66);
      assertEquals(everything(), before);
      assertFalse(Deno.readTextFileSync(scratch.path("page.html")).includes(">created<"));
    }));
}

Deno.test("standard input in pieces, with and without an end: all of it or nothing", () =>
  withStaff(async ({ scratch, database, objects, everything }) => {
    const args = [`--db=${database}`, ...LOGIN, "--class=Person", "--no_localize=1", "--csvfile=-"];
    const second = [...args, "--reconciliationkeys=mail", "--second_pass=boss", "--output=summary"];
    const before = everything();
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(CSV));
        controller.error(new Error("the other end is gone"));
      },
    });
    const cut = await scratch.run(second, { stdin: broken }).catch(() => null);
    assert(cut === null || cut.exitCode > 2, String(cut?.exitCode));
    assertEquals(everything(), before);
    const pieces = [...new TextEncoder().encode(CSV)].map((byte) => Uint8Array.of(byte));
    assertExit(await scratch.run(second, { stdin: ReadableStream.from(pieces) }), 1);
    assertEquals(objects("Person", "mail,age,boss"), ["c,3,2", "a,1,3", "b,2,2"]);
  }));

Deno.test("accounts are refused as a whole, and a limited user fills keys that say nothing of organisations", () =>
  withWorld(async ({ load, print, everything }) => {
    await load("Organization", "name\nOpen\nShut\n");
    await load("Person", "name,first_name,email,org_id->name\nHidden,Hal,hal@x.org,Shut\nLee,Lee,lee@x.org,Open\n");
    await load(
      "UserLocal",
      "login,password,contactid->email,profile_list,allowed_org_list\n" +
        "lee,secret-lee,lee@x.org,profileid->name:Configuration Manager,allowed_org_id->name:Open\n",
    );
    const before = everything();
    for (const code of ["UserLocal", "User"]) {
      const accounts = await print(code, "login,contactid->email\nlee,lee@x.org\n", {
        reconciliationkeys: "login",
        second_pass: "contactid",
      });
      assertExit(accounts, 64);
      assertStringIncludes(accounts.stdout + accounts.stderr, "say who may log in");
    }
    assertEquals(everything(), before);
    const limited = {
      auth_user: "lee",
      auth_pwd: "secret-lee",
      reconciliationkeys: "email",
      second_pass: "manager_id",
    };
    const csv = "email,name,first_name,org_id->name,manager_id->email\n" +
      "a@x.org,A,A,Open,b@x.org\nb@x.org,B,B,Open,a@x.org\nc@x.org,C,C,Open,hal@x.org\nd@x.org,D,D,Open,c@x.org\n";
    const { rows, run } = await load("Person", csv, limited);
    assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["created", "created", "rejected", "rejected"]);
    assertStringIncludes(rows[3] ?? "", "No match for value 'c@x.org': the row in line 4 has it, and is in error");
    assertFalse(/Hidden|"hal/.test(run.stdout.replaceAll("hal@x.org", "")), run.stdout);
    // A row in error about somebody out of sight, and who refers to it: as if there were nobody.
    const about = (mail: string) =>
      load("Person", `${csv.split("\n")[0]}\n${mail},H,H,Nope,\ne@x.org,E,E,Open,${mail}\n`, limited);
    const [hidden, nobody] = [(await about("hal@x.org")).rows, (await about("nil@x.org")).rows];
    assertStringIncludes(hidden[1] ?? "", "'hal@x.org': the row in line 2 has it, and is in error");
    assertEquals(hidden.map((row) => row.replaceAll("hal", "nil")), nobody);
  }));
