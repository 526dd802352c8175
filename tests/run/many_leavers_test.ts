/** What feeds were made for (SPEC 17): 20,000 persons, of whom some leave and return. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";
import { commentOf, feedFile, people, withFeeds } from "./feed_world.ts";

const ALL = 20_000;
const WAY = { gone: "update", gone_set: "status=off" };

/** The last ones are there; everybody's status stands in the file. */
function file(first: number): string {
  return ["name,status", ...people(ALL - first + 1, first).map((name) => `${name},on`), ""].join("\n");
}

Deno.test("100 leavers become inactive and come back when they return; 6 % leavers are stopped with nothing written", () =>
  withFeeds(async (loading) => {
    const inactive = () => loading.query("SELECT count(*) FROM human WHERE status = 'off'")[0];
    assertExit(await feedFile(loading, "Person", file(1), WAY), 0);
    const left = await feedFile(loading, "Person", file(101), WAY);
    assertExit(left, 0);
    assertEquals([commentOf(left, "Gone"), commentOf(left, "Unchanged"), inactive()], ["100", "19900", "100"]);
    const again = await feedFile(loading, "Person", file(101), WAY);
    assertEquals([commentOf(again, "Gone"), commentOf(again, "Unchanged"), inactive()], ["0", "19900", "100"]);
    const back = await feedFile(loading, "Person", file(1), WAY);
    assertEquals([commentOf(back, "Updated"), commentOf(back, "Gone"), inactive()], ["100", "0", "0"]);
    const sum = "SELECT (SELECT count(*) FROM change), (SELECT count(*) FROM change_op), " +
      "(SELECT count(*) FROM csvrecon_feed_change), (SELECT sum(missed_since IS NOT NULL) FROM csvrecon_feed_object)";
    const before = loading.query(sum);
    const many = await feedFile(loading, "Person", file(1201), { ...WAY, output: "details" });
    assertExit(many, 2);
    assertStringIncludes(many.stdout, "1200 of the 20000 objects of the feed are gone, and gone_limit=5% allows 1000");
    assertEquals(lines(many.stdout).filter((line) => line.startsWith(";gone;")).length, 1200);
    assertEquals([loading.query(sum), inactive()], [before, "0"]);
  }));
