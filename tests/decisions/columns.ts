import { assert, assertEquals } from "@std/assert";
import { assertComment, assertRefused, assertReport, decision, rowOf, twinOf } from "../helpers/decision.ts";
import { describeRun } from "../helpers/scratch.ts";

const ABSTRACT = "no object of an abstract class can be created: the row is in error, the run goes on";
const IS_ABSTRACT = "Issue: Contact is abstract: no object of it can be created";

decision(ABSTRACT, "a-rep-abstract-class", async (play) => {
  assertReport(await play.step(2), { issues: 2, updated: 1 }, [
    ["0", "updated 1 cols", "Person", "1", "My last name", "456"],
    ["1", IS_ABSTRACT, "n/a", "n/a"],
    ["2", twinOf(0), "Person", "1", "My last name", "000"],
  ]);
  assertEquals(play.objects("Person", "id,phone"), [["1", "456"]]);
});

for (const name of ["b-rec-abstract-create", "b-rec-abstract-create-simulate"]) {
  decision(ABSTRACT, name, async (play) => {
    await play.step(2);
    const run = await play.changesNoObject(() => play.step(3));
    assertReport(run, { issues: 1, unchanged: 1 }, [
      ["0", IS_ABSTRACT, "n/a", "n/a"],
      ["1", "unchanged", "Person", "2", "2", "Doe", "2", "jane@acme.org"],
    ]);
  });
}

decision(ABSTRACT, "b-rec-finalclass-key", async (play) => {
  assertReport(await play.step(4), { updated: 2 }, [
    ["0", "updated 1 cols", "Team", "3", "2", "X", "Team", "2", "1"],
    ["1", "updated 1 cols", "Person", "2", "2", "X", "Person", "2", "2"],
  ]);
  assertReport(await play.step(5), { issues: 1, updated: 1 }, [
    ["0", "updated 1 cols", "Team", "3", "2", "X", "Team", "2", "8"],
    ["1", IS_ABSTRACT, "n/a", "n/a"],
  ]);
  assertEquals(play.objects("Team", "id,name,phone"), [["3", "X", "8"]]);
});

const FINAL_CLASS = "a finalclass cell that names another class than the object's is refused";
const BAD_CELLS = "Issue: Unexpected attribute value(s)";

decision(FINAL_CLASS, "a-rep-finalclass", async (play) => {
  const run = await play.step(1);
  assertReport(run, { issues: 1, created: 1 }, [
    ["0", "created", "Person", "2", "1", "A", "b", "1", "Person"],
    ["1", BAD_CELLS, "n/a", "n/a", "1", "A", "c", "1"],
  ]);
  assert(rowOf(run, 1)[8]?.startsWith("'Team' is an invalid value. "), describeRun(run));
});

decision(FINAL_CLASS, "b-att-finalclass", async (play) => {
  const run = await play.step(2);
  assertReport(run, { issues: 1, created: 2 }, [
    ["0", "created", "Server", "1", "2", "A", "2", "Server"],
    ["1", BAD_CELLS, "n/a", "n/a", "2", "B", "2"],
    ["2", "created", "Server", "2", "2", "C", "2", "Server"],
  ]);
  assert(rowOf(run, 1)[7]?.startsWith("'Rack' is an invalid value. "), describeRun(run));
  assertEquals(play.objects("FunctionalCI", "id,name,finalclass"), [["1", "A", "Server"], ["2", "C", "Server"]]);
});

decision(FINAL_CLASS, "b-upd-computed-columns", async (play) => {
  await play.step(2);
  // The recorded step has a column friendlyname too, which is now refused.
  const params = { class: "Person", reconciliationkeys: "email" };
  const run = await play.changesNoObject(() => play.load("email,finalclass\njane@acme.org,Team\n", params));
  assertReport(run, { issues: 1 }, [["0", BAD_CELLS, "Person", "2", "jane@acme.org"]]);
  assert(rowOf(run, 0)[5]?.startsWith("'Team' is an invalid value. "), describeRun(run));
});

/** SPEC 14: "Computed columns that are no key: a usage error. (The reference ignores friendlyname silently; we do not.)" */
const NEVER_WRITTEN =
  "columns that can never be written, friendlyname among them, are a usage error (64) at the header";

decision(NEVER_WRITTEN, "a-rep-read-only", async (play) => {
  assertRefused(await play.writesNothing(() => play.step(1)), 64, "friendlyname");
  assertRefused(await play.writesNothing(() => play.step(2)), 64, "obsolescence_flag");
});

decision(NEVER_WRITTEN, "b-upd-computed-columns", async (play) => {
  await play.step(2);
  assertRefused(await play.writesNothing(() => play.step(3)), 64, "friendlyname");
  assertRefused(await play.writesNothing(() => play.step(4)), 64, "obsolescence_flag");
  assertRefused(await play.writesNothing(() => play.step(5)), 64, "obsolescence_date");
});

decision("a column that can never be written may serve as a reconciliation key", "a-rep-read-only", async (play) => {
  const run = await play.load("name,obsolescence_flag,code\nMy Company/Department,no,NEW\n", {
    class: "Organization",
    reconciliationkeys: "name,obsolescence_flag",
  });
  assertComment(run, "#Reconciliation Keys: name, obsolescence_flag");
  assertReport(run, { updated: 1 }, [[
    "0",
    "updated 1 cols",
    "Organization",
    "1",
    "My Company/Department",
    "no",
    "NEW",
  ]]);
});

const otherName = (name: string) =>
  `Issue: failed to reconcile: no 'Organization' object was found by friendlyname '${name}', ` +
  "and a new one would have another name. Correct it, or give the columns that make the name the same values";

decision("a row that matches nothing by friendlyname is in error", "a-rep-friendlyname-key", async (play) => {
  for (const [step, simulate] of [[1, "1"], [2, "0"]] as const) {
    const run = await play.step(step);
    assertComment(run, `#Simulate: ${simulate}`);
    assertReport(run, { issues: 1, updated: 1 }, [
      ["0", "updated 1 cols", "Organization", "1", "My Company/Department", "zz"],
      ["1", otherName("X"), "n/a", "n/a", "X", "A"],
    ]);
  }
  assertEquals(play.objects("Organization", "id,name,code"), [["1", "My Company/Department", "zz"]]);
});

decision(
  "a row that matches nothing by friendlyname is created when its columns make that name",
  "a-rep-friendlyname-key",
  async (play) => {
    const run = await play.load("friendlyname,name\nX,X\nY,Z\n", {
      class: "Organization",
      reconciliationkeys: "friendlyname",
    });
    assertReport(run, { issues: 1, created: 1 }, [
      ["0", "created", "Organization", "2", "X", "X"],
      ["1", otherName("Y"), "n/a", "n/a", "Y", "Z"],
    ]);
  },
);
