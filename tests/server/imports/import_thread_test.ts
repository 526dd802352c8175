/** Imports in the thread: the same engine, the same report to the byte. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import type { FinishedImport } from "../../../lib/server/imports/queued_import.ts";
import { caseNames, type GoldenCase, readCase, stepArguments } from "../../helpers/golden_case.ts";
import { type Loading, preparedWorld } from "../../helpers/loading.ts";
import { describeRun, withScratch } from "../../helpers/scratch.ts";
import { everythingStored } from "../../helpers/stored.ts";
import { copyWorld } from "../../helpers/world.ts";
import { objectId } from "../../helpers/object_id.ts";
import { NO_ROWS } from "../../report/facts.ts";
import { endOf, NEVER, organizations, queuedImportFor, withThread } from "./queued_imports.ts";

const withUsers = preparedWorld(async ({ load }) => {
  await load("UserLocal", "login,password,profile_list\ndoc,doc,profileid:11\n");
});

function argumentsFor(loading: Loading, parameters: Record<string, string> = {}): string[] {
  const all = { db: loading.database, auth_user: "admin", auth_pwd: "admin", no_localize: "1", ...parameters };
  const withClass = { class: "Organization", csvfile: "unread.csv", ...all };
  return Object.entries(withClass).map(([name, value]) => `--${name}=${value}`);
}

/** The files of a case's steps that a server could have been sent, with a user who may log in. */
function postableSteps(golden: GoldenCase) {
  return golden.steps.filter(({ params, auth_user, auth_pwd }) =>
    auth_user === undefined && auth_pwd === undefined && params["param_file"] === undefined && hasFile(golden, params)
  );
}

function hasFile(golden: GoldenCase, params: Readonly<Record<string, string>>): boolean {
  try {
    return params["csvfile"] !== undefined && Deno.statSync(join(golden.folder, params["csvfile"])).isFile;
  } catch {
    return false;
  }
}

/** SPEC 15: over HTTP the hints of refusals are part of the answer; the command tells them on standard error. */
function withoutHints(report: string): string {
  return report.replaceAll(/^#Hint: .*\n/mg, "");
}

/** Without what differs from run to run. */
function comparable(path: string): string[] {
  return everythingStored(path).filter((row) => !/^(change|sqlite_sequence|login_failure|csvrecon_model): /.test(row))
    .map((row) => row.replace(/scrypt\$[^"]*/, "scrypt"));
}

Deno.test("golden cases through the thread print and store, hints aside, byte for byte what the command does", () =>
  withThread((thread) =>
    withScratch(async (scratch) => {
      let compared = 0;
      for (const name of caseNames("cases").filter((_, index) => index % 4 === 0)) {
        const golden = readCase("cases", name);
        const steps = postableSteps(golden);
        if (steps.length === 0) continue;
        const byCommand = await copyWorld(scratch, `${name}-1.db`);
        const byThread = await copyWorld(scratch, `${name}-2.db`);
        for (const step of steps) {
          const run = await scratch.run(stepArguments(step, byCommand), { folder: golden.folder });
          const csv = Deno.readFileSync(join(golden.folder, step.params["csvfile"] ?? ""));
          const wanted = await queuedImportFor(stepArguments(step, byThread), csv).catch(() => null);
          // A wrong parameter is refused before there is anything to run.
          if (wanted === null) {
            assertEquals(run.exitCode, 64, describeRun(run));
            continue;
          }
          const { exitCode } = await thread.run(wanted, NEVER);
          assertEquals([exitCode, withoutHints(wanted.text())], [run.exitCode, run.stdout], describeRun(run));
          compared++;
        }
        assertEquals(comparable(byThread), comparable(byCommand), name);
      }
      assert(compared > 25, `${compared} steps`);
    })
  ));

Deno.test("the end tells counts and seconds, and the change log who asked and what was sent", () =>
  withUsers((loading) =>
    withThread(async (thread) => {
      const csv = organizations(3);
      const wanted = await queuedImportFor(argumentsFor(loading, { comment: "by post" }), csv);
      const finished = await thread.run(wanted, NEVER);
      const { seconds, ...rest } = finished;
      assert(seconds > 0 && seconds < 60, String(seconds));
      const counts = { ...NO_ROWS, created: 3, gone: undefined };
      assertEquals(
        rest,
        { exitCode: 0, counts, messages: [], stack: null, isAborted: false, isReportWhole: true } as typeof rest,
      );
      const change = loading.query(
        "SELECT user, comment, origin, input_name, input_size, parameters FROM change ORDER BY id DESC LIMIT 1",
      )[0] ?? "";
      assertStringIncludes(change, `My first name My last name by post csvrecon serve csvdata ${csv.length} {`);
      assert(!change.includes("auth_pwd"), change);
    })
  ));

Deno.test("a row in error, a wrong class, a wrong column, a right that is missing, bad bytes, and no database", () =>
  withUsers((loading) =>
    withThread(async (thread) => {
      const before = loading.everything();
      const end = async (parameters: Record<string, string>, csv: string | Uint8Array, printed: string) => {
        const wanted = await queuedImportFor(argumentsFor(loading, parameters), csv);
        const finished = await thread.run(wanted, NEVER);
        assertStringIncludes(wanted.text(), printed);
        assertEquals(finished.counts, null);
        return endOf(finished);
      };
      const unknown = "#Unknown class: 'Nope'";
      assertEquals(await end({ class: "Nope" }, "name\nA\n", unknown), [64, unknown]);
      assertEquals((await end({}, "nope\nA\n", "#Unknown column: 'nope'"))[0], 64);
      const denied = "#You are not allowed to perform a bulk update of objects of class Organization";
      assertEquals(await end({ auth_user: "doc", auth_pwd: "doc" }, "name\nA\n", denied), [77, denied]);
      assertEquals((await end({}, new Uint8Array([110, 97, 109, 101, 10, 255, 10]), "UTF-8"))[0], 65);
      const missing = await queuedImportFor(
        argumentsFor(loading, { db: loading.scratch.path("none.db") }),
        "name\nA\n",
      );
      const unopened = await thread.run(missing, NEVER);
      assertEquals([unopened.exitCode, unopened.isReportWhole, missing.text()], [78, false, ""]);
      assertStringIncludes(unopened.messages[0]?.text ?? "", "none.db");
      assertEquals(loading.everything(), before);
      const finished = await thread.run(await queuedImportFor(argumentsFor(loading), "name,code\nA,A\n,B\n"), NEVER);
      assertEquals([finished.exitCode, finished.counts?.created, finished.counts?.rejected], [1, 1, 1]);
    })
  ));

Deno.test("a user who was disabled or removed since they logged in is refused like one who never was", () =>
  withUsers((loading) =>
    withThread(async (thread) => {
      const wanted = await queuedImportFor(argumentsFor(loading), "name,code\nA,A\n");
      const refused = "Access restricted or wrong credentials ('admin')";
      const gone = { ...wanted, userId: objectId(4711) };
      assertEquals(endOf(await thread.run(gone, NEVER)), [77, refused]);
      const other = new DatabaseSync(loading.database);
      other.exec("UPDATE user SET status = 'disabled' WHERE login = 'admin'");
      other.close();
      assertEquals(endOf(await thread.run(wanted, NEVER)), [77, refused]);
      assertEquals(wanted.text(), `${refused}\n`.repeat(2));
      assertEquals(loading.query("SELECT count(*) FROM change_op WHERE class = 'Organization' AND object_id > 1"), [
        "0",
      ]);
    })
  ));

Deno.test("a user whose login or password was changed since they logged in is refused", () =>
  withUsers((loading) =>
    withThread(async (thread) => {
      for (const change of ["password = 'other'", "login = 'other'"]) {
        const wanted = await queuedImportFor(argumentsFor(loading), "name,code\nA,A\n");
        const other = new DatabaseSync(loading.database);
        other.exec(`UPDATE user SET ${change} WHERE login = 'admin'`);
        other.close();
        assertEquals((await thread.run(wanted, NEVER)).exitCode, 77, change);
      }
      const elsewhere = await queuedImportFor(argumentsFor(loading), "name,code\nA,A\n");
      const identity = elsewhere.identity.replace('"created":"20', '"created":"19');
      assert(identity !== elsewhere.identity);
      assertEquals((await thread.run({ ...elsewhere, identity }, NEVER)).exitCode, 78);
    })
  ));

Deno.test("what another writer holds is waited for, then refused, and the main thread goes on meanwhile", () =>
  withUsers((loading) =>
    withThread(async (thread) => {
      const other = new DatabaseSync(loading.database);
      let finished: FinishedImport;
      let turns = 0;
      try {
        other.exec("BEGIN IMMEDIATE");
        const ticking = setInterval(() => turns++, 20);
        finished = await thread.run(
          await queuedImportFor(argumentsFor(loading, { busy_timeout: "1" }), "name\nA\n"),
          NEVER,
        );
        clearInterval(ticking);
      } finally {
        other.close();
      }
      assertEquals(finished.exitCode, 75);
      assert(turns >= 15, `the main thread had ${turns} turns in a second`);
      assertEquals(
        (await thread.run(await queuedImportFor(argumentsFor(loading), "name,code\nA,A\n"), NEVER)).exitCode,
        0,
      );
    })
  ));

Deno.test("an input that cannot be read back, and a report that cannot be taken, end the one import", () =>
  withUsers((loading) =>
    withThread(async (thread) => {
      const csv = new TextEncoder().encode(organizations(10_000));
      const broken = function* () {
        yield csv.subarray(0, 100_000);
        throw new Error("the disk is gone");
      };
      const unread = await thread.run(await queuedImportFor(argumentsFor(loading), csv, { input: broken }), NEVER);
      assertEquals(unread.exitCode, 66);
      assertStringIncludes(unread.messages[0]?.hint ?? "", "the disk is gone");
      assertEquals(loading.objects("Organization", "id"), ["1"]);
      const report = () => {
        throw new Error("the disk is full");
      };
      const untold = await thread.run(await queuedImportFor(argumentsFor(loading), csv, { report }), NEVER);
      assertEquals([untold.exitCode, untold.counts?.created, untold.isAborted], [74, 10_000, false]);
      assertEquals(loading.objects("Organization", "id").length, 10_001);
    })
  ));
