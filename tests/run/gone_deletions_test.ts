/** `gone=delete` (SPEC 17): what goes along, what stands in the way, and what is told of it. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Loading, Parameters } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";
import { commentOf, feedFile, goneIn, names, people, withFeeds } from "./feed_world.ts";

const DELETED: Parameters = { gone: "delete", gone_limit: "100%" };

async function teamOf(loading: Loading, lead: string): Promise<void> {
  await loading.load("Team", `name,lead->name\nnorth,${lead}\n`);
}

Deno.test("an object that another one refers to stays, is told as a problem of its own, and goes when it is free", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b", "c"));
    await teamOf(loading, "b");
    const run = await feedFile(loading, "Person", names("a"), { ...DELETED, output: "errors" });
    assertExit(run, 1);
    assertEquals([commentOf(run, "Issues"), commentOf(run, "Gone"), commentOf(run, "Gone issues")], ["0", "2", "1"]);
    assertEquals(lines(run.stdout).slice(-1), [
      ";\"Issue: gone, Team::1 refers to it by 'lead', which forbids to delete it\";" +
      '"Team::1 refers to it by \'lead\', which forbids to delete it";"Person 2 b"',
    ]);
    assertStringIncludes(
      run.stderr,
      "csvrecon: gone, Person 2 b: Team::1 refers to it by 'lead', which forbids to delete it\n",
    );
    assertEquals(loading.objects("Person", "name"), ["a", "b"]);
    const number = await feedFile(loading, "Person", names("a"), { ...DELETED, output: "retcode" });
    assertEquals([number.exitCode, number.stdout], [1, "1\n"]);
    await loading.load("Team", "name,lead->name\nnorth,a\n");
    assertEquals(await goneIn(loading, "Person", names("a"), DELETED), ["deleted Person 2"]);
  }));

Deno.test("objects that refer to each other go in the order in which they can; those in a ring stay", () =>
  withFeeds(async (loading) => {
    const chain = people(200).map((name, index) => `${name},${index === 0 ? "" : `p${index}`}`);
    await feedFile(loading, "Team", ["name,within->name", ...chain, "x,", "y,x", "keep,", ""].join("\n"));
    await loading.load("Team", "name,within->name\nx,y\n");
    const run = await feedFile(loading, "Team", names("keep"), { ...DELETED, output: "details" });
    assertExit(run, 1);
    assertEquals([commentOf(run, "Gone"), commentOf(run, "Gone issues")], ["202", "2"]);
    assertEquals(loading.objects("Team", "name"), ["x", "y", "keep"]);
  }));

Deno.test("a long chain goes from its end, with few looks at each of its objects", () =>
  withFeeds(async (loading) => {
    const chain = people(200).map((name, index) => `${name},${index === 0 ? "" : `p${index}`}`);
    await feedFile(loading, "Team", ["name,within->name", ...chain, ""].join("\n"));
    let statements = 0;
    const run = await feedFile(loading, "Team", names("keep"), DELETED, { onStatement: () => statements++ });
    assertExit(run, 0);
    assertEquals(commentOf(run, "Gone"), "200");
    assert(statements < 200 * 20, `${statements} statements`);
  }));

Deno.test("what the rows of the file refer to stays with what they say: nothing that a row has reached is taken along", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Team", names("north", "south"));
    await loading.load("Person", "name,team->name\na,south\n", { source: "persons" });
    // A key that is emptied is the model's way.
    assertEquals(await goneIn(loading, "Team", names("north"), DELETED), ["deleted Team 2"]);
    assertEquals(loading.objects("Person", "name,team"), ["a,0"]);
    // Badges would go along: another feed still has one.
    await loading.load("Badge", "name,person->name\nb1,a\n", { source: "badges" });
    const { rows } = await loading.load("Person", names("z"), { source: "persons", ...DELETED });
    assertEquals(
      rows.at(-1),
      "gone: rejected Person 1: deleting it would delete Badge::1, which another feed still has",
    );
    await loading.load("Badge", "name\nb2\n", { source: "badges" });
    assertEquals(await goneIn(loading, "Person", names("z"), { ...DELETED, source: "persons" }), ["deleted Person 1"]);
    assertEquals(loading.objects("Badge", "name"), ["b2"]);
    assertEquals(
      loading.query("SELECT operation, class, object_id FROM change_op WHERE operation = 'delete' AND class = 'Badge'"),
      [
        "delete Badge 1",
        "delete Badge 1",
      ],
    );
  }));

Deno.test("many go at once, and the log has them", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names(...people(700)));
    const run = await feedFile(loading, "Person", names("p700"), DELETED);
    assertExit(run, 0);
    assertEquals(commentOf(run, "Gone"), "699");
    assertEquals(loading.query("SELECT deleted, gone FROM change ORDER BY id DESC LIMIT 1"), ["699 699"]);
    assertEquals(loading.query("SELECT count(*) FROM csvrecon_feed_object"), ["1"]);
    assertEquals(loading.query("SELECT name FROM sqlite_schema WHERE name LIKE 'deletion_%'"), []);
  }));

Deno.test("what a trigger of the database forbids is a problem of the object", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b", "c"));
    const { DatabaseSync } = await import("node:sqlite");
    const opened = new DatabaseSync(loading.database);
    opened.exec(
      "CREATE TRIGGER stay BEFORE DELETE ON human WHEN old.name = 'b' BEGIN SELECT RAISE(ABORT, 'b stays'); END",
    );
    opened.close();
    const { rows } = await loading.load("Person", names("a"), { source: "hr", ...DELETED });
    assertEquals(rows.slice(1).map((row) => row.slice(0, 70)), [
      "gone: rejected Person 2: the database refused the row because of a tri",
      "gone: deleted Person 3",
    ]);
  }));
