/** A file that is gone through twice (SPEC 16, `second_pass`): an object that either reading meets is met. */
import { assertEquals } from "@std/assert";
import { feedFile, goneIn, withFeeds } from "./feed_world.ts";

const PARAMS = { second_pass: "within", gone: "report", gone_limit: "100%" };

Deno.test("with second_pass what the file lacks is gone, and what either reading meets is not", () =>
  withFeeds(async (loading) => {
    await feedFile(loading, "Team", "name,within->name\na,b\nb,c\nc,\nd,a\n", PARAMS);
    assertEquals(loading.query("SELECT count(*) FROM csvrecon_feed_object"), ["4"]);
    assertEquals(await goneIn(loading, "Team", "name,within->name\na,b\nb,c\nc,\n", PARAMS), ["kept Team 4"]);
    // A row in error in the second reading reaches its object.
    assertEquals(await goneIn(loading, "Team", "name,within->name\nb,\na,nobody\nc,\n", PARAMS), ["kept Team 4"]);
  }));
