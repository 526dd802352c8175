import { assert, assertEquals } from "@std/assert";
import { assertReport, decision, type Play, rowOf } from "../helpers/decision.ts";
import { assertExit, describeRun, type ProgramRun } from "../helpers/scratch.ts";

const NEVER_PRINTED = "a password is never printed, whatever becomes of the row";

decision(NEVER_PRINTED, "a-rep-password-leak", async (play) => {
  const first = await play.step(1);
  assertReport(first, { issues: 1, created: 1 });
  assertEquals(rowOf(first, 0), ["0", "created", "UserLocal", "2", "0", "bob", "", "'profileid:1'"]);
  assertEquals(rowOf(first, 1)[1], "Issue: failed to reconcile");
  const [second, third] = [await play.step(2), await play.step(3)];
  for (const run of [second, third]) assertReport(run, { issues: 1 }, [["0", "Issue: wrong date format"]]);
  for (const run of [first, second, third]) {
    assert(!/Secret_/.test(run.stdout + run.stderr), describeRun(run));
  }
});

decision(NEVER_PRINTED, "a-rep-password-leak", async (play) => {
  const csv = "login,password,profile_list\nshort,Secret_1\nlong,Secret_2,profileid:1,x\nbad,Secret_3,nope:1\n" +
    `none,Secret_4,\nafter,"Secret_5"x,profileid:1\n`;
  for (const output of ["details", "summary"]) {
    const run = await play.load(csv, { class: "UserLocal", output });
    assertReport(run, { issues: 5 });
    assert(!/Secret_/.test(run.stdout + run.stderr), describeRun(run));
  }
});

const PASSWORDS = "a user needs a password when created, an empty cell keeps it, the same again is unchanged";

decision(PASSWORDS, "b-att-password", async (play) => {
  assertReport(await play.step(1), { created: 1 }, [["0", "created", "UserLocal", "2", "a", "", "'profileid:3'"]]);
  for (const step of [2, 3]) {
    const run = await play.writesNothing(() => play.step(step));
    assertReport(run, { unchanged: 1 }, [["0", "unchanged", "UserLocal", "2", "a", ""]]);
  }
  assertReport(await play.changesNoObject(() => play.step(4)), { issues: 1 });
});

decision(PASSWORDS, "b-usr-empty-password", async (play) => {
  const refused = await play.changesNoObject(() => play.step(1));
  assertReport(refused, { issues: 1 });
  assertEquals(rowOf(refused, 0).slice(2, 4), ["n/a", "n/a"]);
  assertReport(await play.step(2), { created: 1 }, [["0", "created", "UserLocal", "2", "b", "", "'profileid:3'"]]);
  assertReport(await play.step(3), { unchanged: 1 }, [["0", "unchanged", "UserLocal", "2", "b", ""]]);
  assertReport(await play.step(4), { created: 1 }, [["0", "created", "Organization", "2", "X", "X"]]);
  const empty = await play.step(5);
  assert([64, 77].includes(empty.exitCode), describeRun(empty));
});

decision(PASSWORDS, "b-usr-no-password", async (play) => {
  const run = await play.changesNoObject(() => play.step(1));
  assertReport(run, { issues: 1 });
  const [, status = "", modelClass, id] = rowOf(run, 0);
  assert(/^Issue: .*\(password\)/.test(status), describeRun(run));
  assertEquals([modelClass, id], ["n/a", "n/a"]);
});

const HIDDEN =
  "an object that the user may not see still counts: a row that would duplicate it is in error, its name is not shown";

/** The rows and standard error of a run never say a name that the user did not write there. */
function assertNotShown(run: ProgramRun, name: string): void {
  assert(!new RegExp(`\\b${name}\\b`).test(run.stdout + run.stderr), describeRun(run));
}

decision(HIDDEN, "b-usr-silo-by-id", async (play) => {
  await play.step(3);
  const locations = await play.changesNoObject(() => play.step(4));
  assertReport(locations, { issues: 2 });
  const [, status = "", , id] = rowOf(locations, 0);
  assert(status.startsWith("Issue: "), describeRun(locations));
  assertEquals(id, "n/a");
  const visible = "Some possible 'Organization' value(s): 2";
  const key = `There are some 'Organization' objects not visible with your current profile. ${visible}`;
  assertEquals(rowOf(locations, 1).slice(1, 6), ["Issue: Unexpected attribute value(s)", "n/a", "n/a", key, "X"]);
  assertNotShown(locations, "Beta");
});

decision(HIDDEN, "b-usr-silo-by-id", async (play) => {
  await play.step(4);
  const run = await play.changesNoObject(() => play.step(5));
  assertReport(run, { issues: 1 });
  const [, status = "", , id] = rowOf(run, 0);
  assert(status.startsWith("Issue: ") && !status.includes("Beta"), describeRun(run));
  assertEquals(id, "n/a");
  await assertHiddenIdGivesNoName(play);
});

/** Even a search by id does not tell what the object is called. */
async function assertHiddenIdGivesNoName(play: Play): Promise<void> {
  const login = { auth_user: "silo", auth_pwd: "Str0ng!Pwd" };
  const run = await play.changesNoObject(() =>
    play.load("id,code\n3,NEW\n", { class: "Organization", reconciliationkeys: "id", ...login })
  );
  assertExit(run, 1);
  assertNotShown(run, "Beta");
}
