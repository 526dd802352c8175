/** Feeds (SPEC 17): what is gone from the file, and what never is. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";
import type { Parameters } from "../helpers/loading.ts";
import { commentOf, DEACTIVATED, feedFile, goneIn, names, people, withFeeds } from "./feed_world.ts";

const FREELY: Parameters = { gone_limit: "100%" };

Deno.test("leavers become inactive once, and come back as they are when they return", () =>
  withFeeds(async (loading) => {
    await loading.load("Person", "name,size\na,1\nb,2\nc,3\n", { source: "hr" });
    assertEquals(await goneIn(loading, "Person", names("a"), DEACTIVATED), [
      "updated Person 2 status=on->off",
      "updated Person 3 status=on->off",
    ]);
    assertEquals(loading.objects("Person", "name,status,size"), ["a,on,1", "b,off,2", "c,off,3"]);
    const before = loading.everything();
    assertEquals(await goneIn(loading, "Person", names("a"), DEACTIVATED), []);
    assertEquals(loading.everything(), before);
    // What somebody does to them meanwhile is nobody's business.
    await loading.load("Person", "name,status\nb,on\n");
    assertEquals(await goneIn(loading, "Person", names("a"), DEACTIVATED), []);
    assertEquals((await loading.load("Person", names("a", "b", "c"), { source: "hr", ...DEACTIVATED })).rows, [
      "unchanged Person 1",
      "unchanged Person 2",
      "unchanged Person 3",
    ]);
    assertEquals(loading.objects("Person", "name,status"), ["a,on", "b,on", "c,off"]);
    // They can go again.
    assertEquals(await goneIn(loading, "Person", names("a"), DEACTIVATED), [
      "updated Person 2 status=on->off",
      "unchanged Person 3",
    ]);
  }));

Deno.test("keep is the default, and remembers; report tells the same each time, and what comes behind it finds them", () =>
  withFeeds(async (loading) => {
    const kept = await feedFile(loading, "Person", names("a", "b", "c"));
    assertEquals([commentOf(kept, "Source"), commentOf(kept, "Gone")], ["hr", undefined]);
    const without = await feedFile(loading, "Person", names("a"));
    assertEquals(commentOf(without, "Gone"), undefined);
    for (let time = 0; time < 2; time++) {
      const run = await feedFile(loading, "Person", names("a"), { gone: "report", ...FREELY, output: "details" });
      assertExit(run, 0);
      assertEquals(commentOf(run, "Gone"), "2");
      assertEquals(lines(run.stdout).slice(-2), [';gone;Person;2;"b"', ';gone;Person;3;"c"']);
    }
    assertEquals(await goneIn(loading, "Person", names("a"), { ...DEACTIVATED, simulate: "1" }), [
      "updated Person 2 status=on->off",
      "updated Person 3 status=on->off",
    ]);
    assertEquals(await goneIn(loading, "Person", names("a", "c"), DEACTIVATED), ["updated Person 2 status=on->off"]);
    assertEquals(await goneIn(loading, "Person", names("c"), { gone: "delete", ...FREELY }), [
      "deleted Person 1",
      "deleted Person 2",
    ]);
  }));

Deno.test("6 % of 100 are stopped by the brake with nothing written, 5 % are not; a number counts as one", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names(...people(100)));
    const before = loading.everything();
    const way = { gone: "update", gone_set: "status=off" };
    const six = await feedFile(loading, "Person", names(...people(94, 7), "new"), { ...way, output: "details" });
    assertExit(six, 2);
    assertEquals(loading.everything(), before);
    assertStringIncludes(
      six.stdout,
      "\n#Limit exceeded: 6 of the 100 objects of the feed are gone, and gone_limit=5% allows 5. Nothing was written\n",
    );
    assertEquals(commentOf(six, "Gone"), "6");
    assertStringIncludes(six.stdout, '\n;gone;Person;1;"p1"\n');
    assertStringIncludes(six.stderr, "allow more with gone_limit");
    const five = await feedFile(loading, "Person", names(...people(95, 6)), way);
    assertExit(five, 0);
    assertEquals(commentOf(five, "Gone"), "5");
    // Those that are dealt with are no part of the feed any more: 5 % of 95 are 4.
    for (const [limit, exitCode] of [["4", 2], ["4%", 2], ["5.3%", 0]] as const) {
      const params = { ...way, gone_limit: limit, simulate: "1" };
      assertExit(await feedFile(loading, "Person", names(...people(90, 11)), params), exitCode);
    }
  }));

Deno.test("a file that is empty is refused, and one with its header only is held by the brake", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b"));
    const before = loading.everything();
    for (const gone of ["report", "delete"]) {
      assertExit(await feedFile(loading, "Person", "", { gone, ...FREELY }), 65);
      assertExit(await feedFile(loading, "Person", "name\n", { gone }), 2);
    }
    assertExit(await feedFile(loading, "Person", "name\n", { gone: "update", gone_set: "status=off" }), 2);
    assertEquals(loading.everything(), before);
    assertEquals(await goneIn(loading, "Person", "name\n", { gone: "delete", ...FREELY }), [
      "deleted Person 1",
      "deleted Person 2",
    ]);
  }));

Deno.test("what a row in error reaches is not gone", () =>
  withFeeds(async (loading) => {
    await loading.load("Person", "name,mail\na,a@x\nb,b@x\nc,c@x\nd,d@x\n", { source: "hr" });
    const { rows } = await loading.load("Person", "name,mail,size\nb,b@x,many\nc,a@x,\na,a@x,1\na,a@x,2\n", {
      source: "hr",
      ...DEACTIVATED,
    });
    assertEquals(rows.map((row) => row.split(":")[0]), [
      "rejected Person 2",
      "rejected Person 3",
      "updated Person 1 size=null->1",
      "rejected Person 1",
      "gone",
    ]);
    assertEquals(loading.objects("Person", "name,status"), ["a,on", "b,on", "c,on", "d,off"]);
  }));

Deno.test("where a row finds several objects, none of them is gone", () =>
  withFeeds(async (loading) => {
    await loading.load("Person", "name,size\na,1\nb,1\nc,2\n", { source: "hr" });
    const { rows } = await loading.load("Person", "size\n1\n", {
      source: "hr",
      reconciliationkeys: "size",
      ...DEACTIVATED,
    });
    assertEquals(rows.slice(1), ['gone: updated Person 3 status="on"->"off"']);
    assertEquals(loading.objects("Person", "name,status"), ["a,on", "b,on", "c,off"]);
  }));

/** Files of which nobody can say what a row is about, each with the line that is told. */
const UNTIED: readonly (readonly [what: string, csv: string, line: number])[] = [
  ["a row that is too short", "name,size\na\nb,2\n", 2],
  ["a new object in error", "name,size\na,1\nz,many\n", 3],
  ["a text behind a qualifier", 'name,size\na,1\n"b"x,2\n', 3],
  ["a key that finds nothing", "name,team->name\na,\nb,Nobody\n", 3],
];

for (const [what, csv, line] of UNTIED) {
  const isKey = csv.includes("team");
  Deno.test(`nothing is gone beside ${what}, and the report says why`, () =>
    withFeeds(async (loading) => {
      const params = isKey ? { reconciliationkeys: "name,team" } : {};
      await feedFile(loading, "Person", names("a", "b", "c"));
      const run = await feedFile(loading, "Person", csv, { ...params, ...DEACTIVATED });
      assertExit(run, 1);
      assertEquals(commentOf(run, "Gone"), "0");
      assertEquals(
        commentOf(run, "Warning"),
        `Nothing is gone from the feed in this run: 1 row in error, in line ${line}, cannot be tied to an object, and it may ` +
          "be about any. Mend it, and load the file again",
      );
      assertEquals(commentOf(run, "Warnings"), "1");
      assertEquals(loading.objects("Person", "status"), ["on", "on", "on"]);
    }));
}

Deno.test("never what another feed still has; when that lacks it too, it is gone", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b"));
    await feedFile(loading, "Person", names("b", "c"), { source: "crm" });
    // Another spelling is the same feed.
    const all = { ...DEACTIVATED, source: " HR " };
    assertEquals(await goneIn(loading, "Person", names("z"), all), ["updated Person 1 status=on->off"]);
    assertEquals(await goneIn(loading, "Person", names("c"), { source: "crm" }), []);
    assertEquals(await goneIn(loading, "Person", names("z"), all), ["updated Person 2 status=on->off"]);
    // And never what the feed has not had.
    assertEquals(await goneIn(loading, "Person", "name\n", all), ["updated Person 4 status=on->off"]);
    assertEquals(loading.objects("Person", "name,status"), ["a,off", "b,off", "c,on", "z,off"]);
  }));

Deno.test("a feed is a source and a class: other classes, above and below, are feeds of their own", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b"));
    await feedFile(loading, "Team", names("north"));
    assertEquals(await goneIn(loading, "Team", names("south"), { gone: "delete", ...FREELY }), ["deleted Team 1"]);
    await feedFile(loading, "Robot", names("r"));
    // The parent class finds objects of all classes below; what it has is not gone for them.
    await feedFile(loading, "Human", names("a", "r"));
    assertEquals(await goneIn(loading, "Person", "name\n", DEACTIVATED), ["updated Person 2 status=on->off"]);
    assertEquals(await goneIn(loading, "Human", names("a"), DEACTIVATED), []);
    assertEquals(await goneIn(loading, "Robot", "name\n", DEACTIVATED), ["updated Robot 3 status=on->off"]);
  }));

Deno.test("other keys, and other columns, find the objects of the same feed", () =>
  withFeeds(async (loading) => {
    await loading.load("Person", "name,mail\na,a@x\nb,b@x\n", { source: "hr" });
    const { rows } = await loading.load("Person", "mail,name\nb@x,beta\n", {
      source: "hr",
      reconciliationkeys: "mail",
      ...DEACTIVATED,
    });
    assertEquals(rows, ['updated Person 2 name="b"->"beta"', 'gone: updated Person 1 status="on"->"off"']);
  }));

Deno.test("gone_after counts the days since the first file that lacked it", () =>
  withFeeds(async (loading) => {
    const day = (date: number, hour: number) => ({ now: new Date(Date.UTC(2026, 1, date, hour, 59)) });
    const params = { ...DEACTIVATED, gone_after: "7" };
    const goneOn = async (date: number, hour: number, file: string) =>
      commentOf(await feedFile(loading, "Person", file, params, day(date, hour)), "Gone");
    await feedFile(loading, "Person", names("a", "b"), {}, day(1, 2));
    assertEquals(await goneOn(2, 23, names("a")), "0");
    assertEquals(await goneOn(8, 23, names("a")), "0");
    assertEquals(await goneOn(9, 0, names("a", "b")), "0");
    assertEquals(await goneOn(10, 2, names("a")), "0");
    assertEquals(await goneOn(17, 1, names("a")), "1");
    assertEquals(loading.objects("Person", "name,status"), ["a,on", "b,off"]);
    // A second import of the same feed may do more later.
    const later = { gone: "delete", gone_after: "365", ...FREELY };
    assertEquals(commentOf(await feedFile(loading, "Person", names("a"), later, day(18, 0)), "Gone"), "0");
    const next = await feedFile(loading, "Person", names("a"), later, { now: new Date(Date.UTC(2027, 1, 10)) });
    assertEquals(commentOf(next, "Gone"), "1");
    assertEquals(loading.objects("Person", "name"), ["a"]);
  }));

Deno.test("an object that others have deleted is forgotten", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b"));
    await feedFile(loading, "Person", names("b"), { source: "other" });
    assertEquals(await goneIn(loading, "Person", "name\n", { source: "other", ...DEACTIVATED }), []);
    assertEquals(await goneIn(loading, "Person", names("a"), { gone: "delete", ...FREELY }), ["deleted Person 2"]);
    assertEquals(await goneIn(loading, "Person", "name\n", { source: "other", gone: "report", ...FREELY }), []);
    assertEquals(loading.query("SELECT count(*) FROM csvrecon_feed_object"), ["1"]);
  }));

Deno.test("twins and rows that are passed over: an object that any of them reaches is in the file", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", "name,size\na,1\nb,2\nc,3\n");
    const { rows } = await loading.load("Person", "name,size\na,1\n,\nname,size\na,1\nb,9\nb,8\n", {
      source: "hr",
      ...DEACTIVATED,
    });
    assertEquals(rows.at(-1), 'gone: updated Person 3 status="on"->"off"');
    assertEquals(rows.filter((row) => row.startsWith("gone")).length, 1);
  }));

Deno.test("a simulation says what the real run does, and leaves nothing behind", () =>
  withFeeds(async (loading) => {
    const whole = loading.everything();
    await loading.load("Person", names("a", "b"), { source: "hr", simulate: "1" });
    assertEquals(loading.everything(), whole);
    await feedFile(loading, "Person", names("a", "b"));
    const before = loading.everything();
    for (const params of [DEACTIVATED, { gone: "delete", ...FREELY }, { gone: "report", ...FREELY }]) {
      const simulated = await loading.load("Person", names("a", "z"), { source: "hr", ...params, simulate: "1" });
      assertEquals(loading.everything(), before);
      assertEquals(simulated.rows.slice(0, 2), ["unchanged Person 1", "created Person 0"]);
      assertEquals(simulated.rows.length, 3);
    }
    const real = await goneIn(loading, "Person", names("a"), DEACTIVATED);
    assertEquals(real, ["updated Person 2 status=on->off"]);
  }));

Deno.test("values of gone_set are read as cells are: labels, keys by name, null; several of them", () =>
  withFeeds(async (loading) => {
    await loading.load("Team", names('"Left, gone"'));
    await loading.load("Person", "name,size\na,1\nb,2\n", { source: "hr" });
    const { rows } = await loading.load("Person", names("a"), {
      source: "hr",
      no_localize: "0",
      gone: "update",
      gone_set: 'Status=inactive, team->name="Left, gone", size=<NULL>',
      ...FREELY,
    });
    assertEquals(rows.at(-1), 'gone: updated Person 2 team=null->1 status="on"->"off" size=2->null');
  }));

const BAD_VALUES: readonly (readonly [set: string, told: string])[] = [
  ["statsu=off", "#gone_set: Unknown column: 'statsu'. Did you mean 'status'? Possible columns: "],
  ["status=of", "#gone_set: status: 'of' is an invalid value. "],
  ["size=many", "#gone_set: size: 'many' is an invalid value. "],
  ["team->name=Nobody", "#gone_set: team->name: There are no 'Team' objects."],
  ["name=", "#gone_set: name: '' is an invalid value. "],
  ["secret=xyz", "#gone_set: 'secret' is a password, which stands in no parameter"],
  ["status=off,status=on", "#gone_set: Two columns for one attribute: 'status' and 'status' are both status"],
  ["id=4", "#gone_set: 'id' is given by the database, and cannot be set"],
  ["friendlyname=x", "#gone_set: "],
  ["status", "#Wrong gone_set: 'status' is no column and its value, such as Status=Inactive"],
  ['status="off', "#Wrong gone_set: "],
  [" , ", "#Parameter gone_set is empty"],
];

for (const [set, told] of BAD_VALUES) {
  Deno.test(`gone_set=${set} is refused before the first row`, () =>
    withFeeds(async (loading) => {
      await feedFile(loading, "Person", names("a", "b"));
      const before = loading.everything();
      const run = await feedFile(loading, "Person", names("a"), { ...DEACTIVATED, gone_set: set });
      assertExit(run, 64);
      assert(lines(run.stdout).some((line) => line.startsWith(told)), run.stdout + run.stderr);
      // It helps with columns of files only.
      assert(!run.stderr.includes("ignore_columns"), run.stderr);
      assertEquals(loading.everything(), before);
    }));
}

Deno.test("what gone_set looks for must be there, whatever the file's rows may create", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b"));
    const before = loading.everything();
    const params = { ...DEACTIVATED, gone_set: "team->name=New", create_targets: "team" };
    const run = await feedFile(loading, "Person", "name,team->name\na,Other\n", params);
    assertExit(run, 64);
    assertStringIncludes(run.stdout, "#gone_set: team->name: There are no 'Team' objects.");
    assertEquals(loading.everything(), before);
  }));

Deno.test("what the parameters of feeds need", () =>
  withFeeds(async (loading) => {
    const refused = async (params: Parameters) => {
      const run = await feedFile(loading, "Person", names("a"), params);
      assertExit(run, 64);
      return lines(run.stderr)[0]?.replace(/^csvrecon: /, "").replace(/: expected.*/, "");
    };
    const alone = { source: "" };
    assertEquals(await refused(alone), "Parameter source is empty");
    assertEquals(await refused({ source: "a\nb" }), "Wrong source");
    assertEquals(
      await refused({ source: "x".repeat(256) }),
      "Wrong source: it has 256 characters, expected at most 255",
    );
    assertEquals(await refused({ gone: "remove" }), "Wrong gone 'remove'");
    assertEquals(await refused({ gone: "update" }), "ERROR: Missing argument 'gone_set'");
    assertEquals(await refused({ gone_set: "status=off" }), "Parameter gone_set is given without gone=update");
    assertEquals(await refused({ gone: "report", gone_after: "-1" }), "Wrong gone_after '-1'");
    assertEquals(await refused({ gone: "report", gone_limit: "1.5" }), "Wrong gone_limit '1.5'");
    for (const params of [{ gone: "report" }, { once: "1" }, { gone_after: "3" }, { gone_limit: "3" }]) {
      const run = await loading.print("Person", names("a"), params as unknown as Parameters);
      assertExit(run, 64);
      assertStringIncludes(run.stderr, `Parameter ${Object.keys(params)[0]} is given without source`);
    }
    // What says nothing needs nothing.
    assertExit(await loading.print("Person", names("a"), { gone: "keep", once: "0" }), 0);
  }));

Deno.test("max_changes counts what is gone, too", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b", "c"));
    for (const params of [DEACTIVATED, { gone: "delete", ...FREELY }]) {
      const run = await feedFile(loading, "Person", names("a"), { ...params, max_changes: "1" });
      assertExit(run, 2);
      assertStringIncludes(run.stdout, "#Limit exceeded: 2 objects would be updated or deleted, and max_changes=1");
      assertEquals(loading.objects("Person", "name,status"), ["a,on", "b,on", "c,on"]);
    }
  }));
