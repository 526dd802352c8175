/** Runs that are stopped: in which order things are looked at, that nothing is written, and that nothing stays open. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, preparedWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { describeRun, type ProgramRun } from "../helpers/scratch.ts";

const withUsers = preparedWorld(async ({ load }) => {
  await load("UserLocal", "login,password,profile_list\ndoc,doc,profileid:11\n");
});

/** A user who may load documents only. */
const DOC = { auth_user: "doc", auth_pwd: "doc" };

/** Asserts how a run was refused, by the last line of its report, and that the database is as it was. */
async function refused(loading: Loading, run: () => Promise<ProgramRun>, exitCode: number, ending: string) {
  const before = loading.everything().filter((row) => !row.startsWith("login_failure: "));
  const result = await run();
  assertEquals(result.exitCode, exitCode, describeRun(result));
  assert((lines(result.stdout).at(-1) ?? "").startsWith(ending), describeRun(result));
  assertEquals(loading.everything().filter((row) => !row.startsWith("login_failure: ")), before);
}

Deno.test("who may not log in learns nothing of the file, the class or the columns", () =>
  withUsers(async (loading) => {
    const wrong = { auth_pwd: "wrong", csvfile: "missing.csv" };
    const access = "Access restricted or wrong credentials ('admin')";
    await refused(loading, () => loading.print("Nope", "nope\n", wrong), 77, access);
  }));

Deno.test("a missing file is told before the right to load, an unknown class with it", () =>
  withUsers(async (loading) => {
    const missing = { csvfile: "missing.csv" };
    const sentence = "Input file could not be found or could not be read: 'missing.csv'";
    await refused(loading, () => loading.print("Organization", "", { ...DOC, ...missing }), 66, sentence);
    const both = await loading.print("Organisation", "", missing);
    assertEquals(both.exitCode, 66);
    assert(
      both.stderr.includes("Unknown class: 'Organisation'") && both.stderr.includes("missing.csv"),
      describeRun(both),
    );
    await refused(loading, () => loading.print("Organisation", "name\n"), 64, "#Unknown class: 'Organisation'");
  }));

Deno.test("the right to load is asked before the header is looked at", () =>
  withUsers(async (loading) => {
    const sentence = "#You are not allowed to perform a bulk update of objects of class Organization";
    await refused(loading, () => loading.print("Organization", "nope\n", DOC), 77, sentence);
  }));

Deno.test("a wrong header, a header without an end and no header at all", () =>
  withUsers(async (loading) => {
    const load = (csv: string) => () => loading.print("Organization", csv);
    await refused(loading, load("nope,name\nx,y\n"), 64, "#Unknown column: 'nope'");
    await refused(loading, load("\n  \n"), 65, "#Missing data - at least one line is expected");
    await refused(loading, load('name,"code'), 65, "#");
    await refused(
      loading,
      load('"name"x,code\na,b\n'),
      65,
      "#The header at line 1 has text behind a closing text qualifier",
    );
  }));

Deno.test("an input that breaks off after good rows writes none of them", () =>
  withUsers(async (loading) => {
    const rows = Array.from({ length: 600 }, (_, index) => `O${index},x\n`).join("");
    await refused(loading, () => loading.print("Organization", `name,code\n${rows}last,"open\n`), 65, "#");
    const bytes = new TextEncoder().encode(`name,code\n${rows}`);
    bytes[bytes.length - 2] = 0xff;
    await refused(loading, () => loading.print("Organization", bytes), 65, "#");
    assertEquals(loading.objects("Organization", "id"), ["1"]);
  }));

Deno.test("a run that is refused once its input is open gives the input up", () =>
  withUsers(async ({ database, scratch }) => {
    const other = new DatabaseSync(database);
    const load = async (login: string) => {
      let isGivenUp = false;
      const stdin = new ReadableStream<Uint8Array>({ cancel: () => void (isGivenUp = true) });
      const args = [`--db=${database}`, "--class=Organization", "--csvfile=-", "--busy_timeout=0"];
      const run = await scratch.run([...args, `--auth_user=${login}`, `--auth_pwd=${login}`], { stdin });
      return [run.exitCode, isGivenUp];
    };
    try {
      other.exec("BEGIN IMMEDIATE");
      assertEquals(await load("admin"), [75, true]);
    } finally {
      other.close();
    }
    assertEquals(await load("doc"), [77, true]);
  }));

Deno.test("a header without rows is a run that did nothing", () =>
  withUsers(async ({ load, everything }) => {
    const before = everything();
    const { run, rows } = await load("Organization", "name,code\n");
    assertEquals([run.exitCode, rows.length], [0, 0]);
    assertEquals(
      everything().filter((row) => !row.startsWith("sqlite")),
      before.filter((row) => !row.startsWith("sqlite")),
    );
  }));

Deno.test({
  name: "a database that is deleted while its import reads is no success: its rows would be nowhere",
  // An open file cannot be deleted there.
  ignore: Deno.build.os === "windows",
  fn: () =>
    withUsers(async ({ scratch, database }) => {
      const stdin = new ReadableStream<Uint8Array>({
        pull(controller) {
          Deno.removeSync(database);
          controller.enqueue(new TextEncoder().encode("name,code\nA,A\n"));
          controller.close();
        },
      }, { highWaterMark: 0 });
      const login = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];
      const args = [`--db=${database}`, ...login, "--class=Organization", "--csvfile=-"];
      const run = await scratch.run(args, { stdin });
      assertEquals(run.exitCode, 78, describeRun(run));
      assert(!run.stdout.includes("#Created"), describeRun(run));
      assert(run.stderr.includes("was deleted or replaced during the run"), describeRun(run));
    }),
});
