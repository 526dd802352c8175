import { assertEquals } from "@std/assert";
import { assertComment, assertReport, decision, type Play, twinOf } from "../helpers/decision.ts";
import { withoutNewIds } from "../helpers/simulated_report.ts";
import { describeRun, type ProgramRun } from "../helpers/scratch.ts";

const SIMULATE = "simulate is the real run, rolled back: every check is made and rows see each other";
const BAD_CELLS = "Issue: Unexpected attribute value(s)";

/** Plays a step that simulates: it writes nothing. */
async function simulated(play: Play, step: number): Promise<ProgramRun> {
  if (step > 1) await play.step(step - 1);
  const run = await play.writesNothing(() => play.step(step));
  assertComment(run, "#Simulate: 1");
  return run;
}

decision(SIMULATE, "a-rep-simulate-key-by-id", async (play) => {
  const run = await simulated(play, 1);
  const noMatch = "No match for value '7'. Some possible 'Organization' value(s): 1";
  const notFound =
    "'7' is an invalid value. Unexpected value for attribute 'org_id': Target object not found (Organization::7)";
  assertReport(run, { issues: 1, created: 1 }, [
    ["0", "created", "Team", "0", "1", "T", "1"],
    ["1", BAD_CELLS, "n/a", "n/a", noMatch, "U", notFound],
  ]);
});

decision(SIMULATE, "a-rep-simulate-same-file", async (play) => {
  assertReport(await simulated(play, 1), { created: 3, unchanged: 1 }, [
    ["0", "created", "Organization", "0", "0", "A", "1"],
    ["1", "unchanged", "Organization", "0", "0", "A", "1"],
    ["2", "created", "Organization", "0", "0", "B", "2"],
    ["3", "created", "Organization", "0", "0", "C", "3"],
  ]);
  assertReport(await play.step(2), { created: 3, unchanged: 1 }, [
    ["0", "created", "Organization", "2", "0", "A", "1"],
    ["1", "unchanged", "Organization", "2", "0", "A", "1"],
    ["2", "created", "Organization", "3", "2", "B", "2"],
    ["3", "created", "Organization", "4", "3", "C", "3"],
  ]);
});

decision(SIMULATE, "a-rep-simulate-too-good", async (play) => {
  const rows = [["0", "Issue: At least one profile must be assigned to this user.", "n/a", "n/a", "1", "bob", "", "1"]];
  assertReport(await simulated(play, 1), { issues: 1 }, rows);
  assertReport(await play.step(2), { issues: 1 }, rows);
});

decision(SIMULATE, "b-key-hier-simulate", async (play) => {
  assertReport(await simulated(play, 1), { created: 3 }, [
    ["0", "created", "Organization", "0", "0", "Top", "T"],
    ["1", "created", "Organization", "0", "0", "Mid", "M"],
    ["2", "created", "Organization", "0", "0", "Low", "L"],
  ]);
});

decision(SIMULATE, "b-key-hier-simulate-self", async (play) => {
  const noMatch = "No match for value 'Self'. Some possible 'Organization' value(s): My Company/Department";
  const rows = [["0", BAD_CELLS, "n/a", "n/a", noMatch, "Self", "S"]];
  assertReport(await simulated(play, 1), { issues: 1 }, rows);
  assertReport(await play.step(2), { issues: 1 }, rows);
});

decision(SIMULATE, "b-key-same-class", async (play) => {
  assertReport(await simulated(play, 2), { created: 2 }, [
    ["0", "created", "Person", "0", "2", "0", "Boss", "B", "2", "boss@acme.org"],
    ["1", "created", "Person", "0", "2", "0", "Doe", "Jane", "2", "jane@acme.org"],
  ]);
});

decision(SIMULATE, "b-key-simulate-any-id", async (play) => {
  const noMatch = (value: string, examples: string) =>
    `No match for value '${value}'. Some possible 'Organization' value(s): ${examples}`;
  assertReport(await simulated(play, 2), { issues: 1, created: 1 }, [
    ["0", "created", "Person", "0", "2", "A", "A", "2"],
    ["1", BAD_CELLS, "n/a", "n/a", noMatch("99", "2, 3, 1"), "B", "B"],
  ]);
  assertReport(await simulated(play, 3), { issues: 1, created: 1 }, [
    ["0", "created", "Person", "0", "2", "A", "A"],
    ["1", BAD_CELLS, "n/a", "n/a", noMatch("Nope", "Acme, Beta, My Company/Department"), "Nope", "B"],
  ]);
});

decision(SIMULATE, "b-lnk-simulate", async (play) => {
  assertReport(await simulated(play, 2), { updated: 1 }, [[
    "0",
    "updated 1 cols",
    "UserLocal",
    "2",
    "a",
    "'profileid:3'",
  ]]);
  assertReport(await simulated(play, 3), { unchanged: 1 }, [["0", "unchanged", "UserLocal", "2", "a"]]);
});

decision(SIMULATE, "b-rec-same-file-simulate", async (play) => {
  assertReport(await simulated(play, 1), { issues: 2, created: 1 }, [
    ["0", "created", "Organization", "0", "Acme", "ACM"],
    ["1", twinOf(0), "Organization", "0", "Acme", "AC2"],
    ["2", twinOf(0), "Organization", "0", "Acme", "AC2"],
  ]);
});

decision(SIMULATE, "b-upd-mandatory-missing-simulate", async (play) => {
  const status = "Issue: Unexpected value for attribute 'First Name' (first_name) : Null not allowed";
  assertReport(await simulated(play, 2), { issues: 1 }, [["0", status, "n/a", "n/a"]]);
});

decision(SIMULATE, "b-upd-unique-simulate", async (play) => {
  const status = "Issue: there is already a person in 'Acme' organization with the same employee number (Person::2)";
  assertReport(await simulated(play, 3), { issues: 1 }, [["0", status, "n/a", "n/a"]]);
});

const SAME_REPORT = "a simulation reports what the real run does, but for the ids of new objects";

/** Files in which rows depend on each other, fail in every way, and hold links. */
const DEPENDENT: readonly [string, Record<string, string>, string][] = [
  [
    "a-rep-simulate-same-file",
    { class: "Organization" },
    "name,code,parent_id->name\nA,1,\nB,2,A\nB,3,A\nC,,Nope\n,x,\n",
  ],
  ["b-key-same-class", { class: "Person" }, "name,first_name,org_id,email\nA,A,1,a@b.co\nA,A,1,c@d.co\nB,B,9,e@f.co\n"],
  [
    "b-lnk-simulate",
    { class: "UserLocal" },
    "login,password,profile_list\nx,p,profileid:1\nx,,profileid:2\ny,p,\nz,,profileid:1\n",
  ],
  ["b-rec-same-file-simulate", { class: "Brand" }, "name\nDell\nNew\nNEW\nnew\n"],
];

for (const [name, params, csv] of DEPENDENT) {
  decision(SAME_REPORT, name, async (play) => {
    const keys = { reconciliationkeys: csv.slice(0, csv.search(/[,\n]/)), ...params };
    const simulation = await play.writesNothing(() => play.load(csv, { ...keys, simulate: "1" }));
    const real = await play.load(csv, keys);
    assertEquals(simulation.exitCode, real.exitCode, describeRun(real));
    assertEquals(
      withoutNewIds(simulation.stdout, real.stdout),
      withoutNewIds(real.stdout, real.stdout),
      describeRun(simulation),
    );
  });
}
