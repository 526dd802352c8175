import { assert, assertEquals } from "@std/assert";
import { assertComment, assertReport, decision, rowOf, twinOf, UNTOUCHED } from "../helpers/decision.ts";
import { describeRun } from "../helpers/scratch.ts";

const FAILED = "Issue: failed to reconcile";
const noId = (id: string) =>
  `${FAILED}: no 'Organization' object was found by id '${id}', ` +
  "and a new one could not be given an id. Correct it, or name other reconciliation keys";
const BAD_CELLS = "Issue: Unexpected attribute value(s)";

const ID_KEY = "id as a reconciliation key must be the id of an existing object, without a leading zero";

decision(ID_KEY, "a-rep-id-key", async (play) => {
  assertReport(await play.step(1), { issues: 3, updated: 1 }, [
    ["0", "updated 2 cols", "Organization", "1", "1", "New name", "X"],
    ["1", noId("99"), "n/a", "n/a", "99", "Other", "Y"],
    ["2", noId("abc"), "n/a", "n/a", "abc", "Third", "Z"],
    ["3", noId(""), "n/a", "n/a", "", "Fourth", "W"],
  ]);
  assertEquals(play.objects("Organization", "id,name,code"), [["1", "New name", "X"]]);
});

decision(ID_KEY, "b-rec-id-key", async (play) => {
  assertReport(await play.step(1), { issues: 1, updated: 1 }, [
    ["0", "updated 1 cols", "Organization", "1", "1", "My Company/Department", "NEWCODE"],
    ["1", noId("99"), "n/a", "n/a", "99", "Acme", "ACM"],
  ]);
});

decision(ID_KEY, "b-rec-id-key-bad", async (play) => {
  const run = await play.changesNoObject(() => play.step(1));
  assertReport(run, { issues: 4 }, [
    ["0", noId("abc"), "n/a", "n/a", "abc", "A"],
    ["1", noId(""), "n/a", "n/a", "", "B"],
    ["2", noId("1x"), "n/a", "n/a", "1x", "C"],
    ["3", noId("01"), "n/a", "n/a", "01", "D"],
  ]);
});

decision("ids of external keys with a tail or a leading zero are refused", "b-key-by-id", async (play) => {
  const run = await play.step(2);
  assertReport(run, { issues: 6, created: 1 });
  assertEquals(rowOf(run, 0), ["0", "created", "Person", "2", "2", "A", "A", "2"]);
  // What views write loads back: 0 in a bare external key is none (SPEC 14).
  assertEquals([rowOf(run, 4)[1], rowOf(run, 4)[4], rowOf(run, 4)[7]], [
    BAD_CELLS,
    "Invalid value for attribute. Null not allowed",
    "'0' is an invalid value. Unexpected value for attribute 'org_id': Null not allowed",
  ]);
  for (const [record, id] of [[1, "99"], [2, "abc"], [3, "2x"], [5, "-1"], [6, "02"]] as const) {
    const [, status, modelClass, objectId, key = "", , , cell = ""] = rowOf(run, record);
    assertEquals([status, modelClass, objectId], [BAD_CELLS, "n/a", "n/a"]);
    assert(key.startsWith(`No match for value '${id}'. Some possible 'Organization' value(s): `), describeRun(run));
    assert(cell.startsWith(`'${id}' is an invalid value. `), describeRun(run));
  }
  assertEquals(play.objects("Person", "id,name,org_id").slice(1), [["2", "A", "2"]]);
});

decision("ids of external keys with a tail or a leading zero are refused", "b-key-by-id-as-key", async (play) => {
  await play.step(1);
  const run = await play.changesNoObject(() => play.step(2));
  assertReport(run, { issues: 2 }, [["0", FAILED, "n/a", "n/a"], ["1", FAILED, "n/a", "n/a"]]);
  assert(rowOf(run, 0)[4]?.startsWith("No match for value '2x'. "), describeRun(run));
  assert(rowOf(run, 1)[4]?.startsWith("No match for value 'abc'. "), describeRun(run));
});

const LOOK_UPS = "look-ups are always right: what an earlier row created is found by the next";

decision(LOOK_UPS, "b-key-cache", async (play) => {
  const message = "No match for value 'Top'. Some possible 'Organization' value(s): My Company/Department";
  // It stands further down (SPEC 16), of which one is warned.
  assertReport(await play.step(1), { issues: 1, created: 3, warnings: 1 }, [
    ["0", BAD_CELLS, "n/a", "n/a", message, "C1", "1"],
    ["1", "created", "Organization", "2", "0", "Top", "T"],
    ["2", "created", "Organization", "3", "2", "C2", "2"],
    ["3", "created", "Organization", "4", "2", "C3", "3"],
  ]);
});

decision(
  "look-ups are always right: an unknown id creates nothing that could be found",
  "b-key-cache-ambiguous",
  async (play) => {
    const run = await play.step(2);
    assertReport(run, { issues: 3, unchanged: 1 });
    assertEquals(rowOf(run, 0).slice(0, 4), ["0", "unchanged", "Organization", "2"]);
    ["901", "902", "903"].forEach((id, index) =>
      assertEquals(rowOf(run, index + 1).slice(1, 4), [noId(id), "n/a", "n/a"])
    );
  },
);

decision(
  "look-ups are always right: a name that a row made ambiguous is so for the next",
  "b-key-cache-ambiguous",
  async (play) => {
    await play.step(1);
    const run = await play.load("name,code,parent_id->name\nX,XX,Acme\nAcme,AC2,\nY,YY,Acme\n", {
      class: "Organization",
      reconciliationkeys: "code",
    });
    assertReport(run, { issues: 1, created: 2 }, [
      ["0", "created", "Organization", "4", "2", "X", "XX"],
      ["1", "created", "Organization", "5", "0", "Acme", "AC2"],
      [
        "2",
        BAD_CELLS,
        "n/a",
        "n/a",
        "Invalid value for attribute. Ambiguous: found 2 objects (Organization::2, Organization::5)",
        "Y",
        "YY",
      ],
    ]);
  },
);

decision(
  "look-ups are always right: an object that a row renamed is found by its new name only",
  "b-key-cache",
  async (play) => {
    const csv = "name,code,parent_id->name\nTop,T,\nA,1,Top\nPeak,T,\nB,2,Top\nC,3,Peak\nTop,4,\nD,5,top\n";
    const run = await play.load(csv, { class: "Organization", reconciliationkeys: "code", twins: "last" });
    const message = "No match for value 'Top'. Some possible 'Organization' value(s): A, My Company/Department, Peak";
    assertReport(run, { issues: 1, created: 5, updated: 1, warnings: 2 }, [
      ["0", "created", "Organization", "2", "0", "Top", "T"],
      ["1", "created", "Organization", "3", "2", "A", "1"],
      ["2", "updated 1 cols", "Organization", "2", "0", "Peak", "T"],
      ["3", BAD_CELLS, "n/a", "n/a", message, "B", "2"],
      ["4", "created", "Organization", "4", "2", "C", "3"],
      ["5", "created", "Organization", "5", "0", "Top", "4"],
      ["6", "created", "Organization", "6", "5", "D", "5"],
    ]);
  },
);

// SPEC 14: Keys … compare canonically equivalent texts as equal (NFC), and without regard to case in every alphabet (…; accents still
// count) …. Blanks … at the ends of a cell of one line do not count.
const COLLATION = "matching ignores case in every alphabet and the blanks at the ends of the cell, accents count";

decision(COLLATION, "b-key-case-spaces", async (play) => {
  assertReport(await play.step(2), { created: 2 }, [
    ["0", "created", "Person", "2", "2", "Doe", "Jane"],
    ["1", "created", "Person", "3", "2", "Roe", "Rick"],
  ]);
  assertReport(await play.step(3), { unchanged: 1 }, [["0", "unchanged", "Person", "2", "2", "Doe"]]);
});

decision(COLLATION, "b-rec-case-accents", async (play) => {
  assertReport(await play.step(2), { created: 3, updated: 1 });
  assertEquals(play.objects("Organization", "id,name").slice(1), [
    ["2", "SOCIÉTÉ"],
    ["3", "societe"],
    ["4", "Straße"],
    ["5", "STRASSE"],
  ]);
  const run = await play.load("name,code\nSociétÉ,NEW\n", { class: "Organization", reconciliationkeys: "name" });
  assertReport(run, { updated: 1 }, [["0", "updated 2 cols", "Organization", "2", "SociétÉ", "NEW"]]);
});

decision(COLLATION, "b-rec-spaces", async (play) => {
  assertReport(await play.step(2), { issues: 2, updated: 1 }, [
    ["0", "updated 1 cols", "Organization", "2", "Acme", "A1"],
    ["1", twinOf(0), "Organization", "2", "Acme", "A2"],
    ["2", twinOf(0), "Organization", "2", "Acme", "A3"],
  ]);
});

decision(
  "a column that names a key's target by attribute counts as that default key",
  "b-rec-default-extkey-attr",
  async (play) => {
    const run = await play.step(2);
    assertComment(run, "#Reconciliation Keys: name, org_id (name)");
    assertReport(run, { created: 2 }, [
      ["0", "created", "Location", "1", "2", "HQ", "Paris"],
      ["1", "created", "Location", "2", "3", "HQ", "Lyon"],
    ]);
  },
);

decision("the report names the attributes really used", "b-rec-extkey-bare-code", async (play) => {
  const run = await play.step(3);
  assertComment(run, "#Reconciliation Keys: name, org_id (name)");
  assertReport(run, { updated: 1 }, [["0", "updated 1 cols", "Location", "2", "3", "HQ", "Nice"]]);
});

/** SPEC 14: "A row whose keys are all empty is created when no object has them all empty … It never updates." */
const EMPTY_KEYS = "a row whose keys are all empty creates, or finds what it says already, and never updates";

const WITHOUT_KEY = "Issue: the reconciliation keys are empty ('code'), and an object without any is there already: " +
  "without a key no object is changed. Fill a key, or name other columns with reconciliationkeys";

decision(EMPTY_KEYS, "b-rec-empty-string-key", async (play) => {
  assertReport(await play.step(1), { issues: 1, created: 1 }, [
    ["0", "created", "Organization", "2", "First", ""],
    ["1", WITHOUT_KEY, "Organization", "2", "Second", ""],
  ]);
  assertEquals(play.objects("Organization", "id,name,code"), [...UNTOUCHED, ["2", "First", ""]]);
  const again = await play.load("name,code\nThird,\n", { class: "Organization", reconciliationkeys: "code" });
  assertReport(again, { issues: 1 }, [["0", WITHOUT_KEY, "Organization", "2", "Third", ""]]);
  const same = await play.load("name,code\nFirst,\nFirst,\n", { class: "Organization", reconciliationkeys: "code" });
  assertReport(same, { unchanged: 2 });
});
