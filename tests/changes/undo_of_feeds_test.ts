/** What a feed remembers is undone with its runs; history tells of it; pruning leaves it. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { ADMIN } from "../helpers/golden_case.ts";
import type { Loading } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit, type ProgramRun } from "../helpers/scratch.ts";
import { DEACTIVATED, feedFile, goneIn, names, people, withFeeds } from "../run/feed_world.ts";

const MEMORY = "SELECT object_id, missed_since IS NOT NULL, mark FROM csvrecon_feed_object ORDER BY feed, object_id";

function command({ scratch, database }: Loading, ...args: readonly string[]): Promise<ProgramRun> {
  return scratch.run([...args, `--db=${database}`, `--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`]);
}

async function undo(loading: Loading, change: number): Promise<readonly string[]> {
  const run = await command(loading, "undo", `--change=${change}`);
  assertExit(run, 0);
  return lines(run.stdout).filter((line) => /^#(Reversed|Feed)/.test(line));
}

Deno.test("undo gives the feed its memory back, and an undo of that takes it again", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b"));
    const first = loading.query(MEMORY);
    await feedFile(loading, "Person", names("b", "c"), DEACTIVATED);
    const second = loading.query(MEMORY);
    assertEquals(second, ["1 1 update", "2 0 -", "3 0 -"]);
    assertEquals(await undo(loading, 2), [
      "#Reversed: 2 (1 deleted, 1 set back, 0 created again)",
      "#Feed: 'hr' remembers of 2 objects what it did before",
    ]);
    assertEquals(loading.query(MEMORY), first);
    assertEquals(loading.objects("Person", "name,status"), ["a,on", "b,on"]);
    assertEquals(await undo(loading, 3), [
      "#Reversed: 2 (0 deleted, 1 set back, 1 created again)",
      "#Feed: 'hr' remembers of 2 objects what it did before",
    ]);
    assertEquals(loading.query(MEMORY), second);
    await undo(loading, 4);
    assertEquals(loading.query(MEMORY), first);
    // And a is gone once more.
    assertEquals(await goneIn(loading, "Person", names("b"), DEACTIVATED), ["updated Person 1 status=on->off"]);
  }));

Deno.test("deletions are made again with what the feed remembers of them", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names(...people(100)));
    const before = loading.query(MEMORY);
    await feedFile(loading, "Person", names("p100"), { gone: "delete", gone_limit: "100%" });
    assertEquals(loading.query(MEMORY), ["100 0 -"]);
    await undo(loading, 2);
    assertEquals(loading.query(MEMORY), before);
    assertEquals((await goneIn(loading, "Person", names("p100"), { gone: "report", gone_limit: "100%" })).length, 99);
  }));

Deno.test("a run that changed the memory only is in the log, and can be undone", () =>
  withFeeds(async (loading) => {
    await loading.load("Person", names("a", "b"));
    await feedFile(loading, "Person", names("a", "b"));
    const history = await command(loading, "history", "--change=2");
    assertStringIncludes(history.stdout, "\n  Feed     hr\n");
    assertEquals(await undo(loading, 2), [
      "#Reversed: 0 (0 deleted, 0 set back, 0 created again)",
      "#Feed: 'hr' remembers of 2 objects what it did before",
    ]);
    assertEquals([loading.query(MEMORY), loading.objects("Person", "name")], [[], ["a", "b"]]);
    assertEquals(await goneIn(loading, "Person", names("c"), DEACTIVATED), []);
    await undo(loading, 3);
    assertEquals(loading.query(MEMORY).length, 3);
  }));

Deno.test("what a later run has noted stays", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b"));
    await feedFile(loading, "Person", names("b"));
    await feedFile(loading, "Person", names("b"), DEACTIVATED);
    const run = await command(loading, "undo", "--change=2");
    assertExit(run, 64);
    assertStringIncludes(run.stderr, "what its feed remembers was changed since");
    assertEquals(loading.query(MEMORY), ["1 1 update", "2 0 -"]);
  }));

Deno.test("history tells the feed and what was gone, to people and programs", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b"));
    await feedFile(loading, "Person", names("b"), DEACTIVATED);
    const list = await command(loading, "history");
    assertStringIncludes(list.stdout, "        1 gone from the feed 'hr'\n");
    const run = await command(loading, "history", "--change=2");
    assertStringIncludes(run.stdout, "0 created, 0 updated, 1 unchanged, 0 in error; gone from the file: 1\n");
    assertStringIncludes(run.stdout, "Status: Active → Inactive");
    const json = lines((await command(loading, "history", "--output=json")).stdout).map((line) => JSON.parse(line));
    assertEquals(json.slice(0, 2).map(({ source, counts }) => [source, counts.gone]), [["hr", 1], ["hr", null]]);
  }));

Deno.test("pruning the log leaves what feeds remember, and removes how to take it back", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Person", names("a", "b"));
    await feedFile(loading, "Person", names("b"), DEACTIVATED);
    const before = loading.query(MEMORY);
    const pruned = await loading.scratch.run(
      [
        "history",
        "--prune",
        "--before=2035-01-01",
        `--db=${loading.database}`,
        `--auth_user=${ADMIN}`,
        `--auth_pwd=${ADMIN}`,
      ],
      { now: new Date("2036-01-01T00:00:00Z") },
    );
    assertExit(pruned, 0);
    assertEquals(loading.query(MEMORY), before);
    assertEquals(loading.query("SELECT count(*) FROM csvrecon_feed_change"), ["0"]);
    assertEquals((await command(loading, "undo", "--change=2")).exitCode, 64);
    assertEquals(await goneIn(loading, "Person", names("b"), DEACTIVATED), []);
  }));
