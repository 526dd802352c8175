import { assertEquals } from "@std/assert";
import { assertRefused, assertReport, decision } from "../helpers/decision.ts";

decision("link sets are compared as sets: the same list, in any order, is unchanged", "b-lnk-same", async (play) => {
  assertReport(await play.step(1), { created: 1 });
  for (const step of [2, 3]) {
    const run = await play.writesNothing(() => play.step(step));
    assertReport(run, { unchanged: 1 }, [["0", "unchanged", "UserLocal", "2", "a"]]);
  }
  assertEquals(play.objects("URP_UserProfile", "id,userid,profileid").slice(1), [["2", "2", "3"], ["3", "2", "8"]]);
});

decision("inside the ' qualifier of a link set '|' is text", "b-lnk-qualifier-pipe", async (play) => {
  const run = await play.step(1);
  assertReport(run, { created: 1 }, [["0", "created", "UserLocal", "2", "a", "", "'profileid:3';'reason:a|b'"]]);
  assertEquals(play.objects("URP_UserProfile", "id,userid,profileid,reason")[1], ["2", "2", "3", "a|b"]);
});

decision("an unknown id in a link set is refused as a search that found no match", "b-lnk-by-id", async (play) => {
  assertReport(await play.step(1), { created: 1 }, [
    ["0", "created", "UserLocal", "2", "a", "", "'profileid:3'|'profileid:8'"],
  ]);
  const run = await play.changesNoObject(() => play.step(2));
  const reason = "Failed to process input: Found no match: ext_key = profileid, reconciliation = id=999";
  const message = `'profileid:999' is an invalid value. ${reason}`;
  assertReport(run, { issues: 1 }, [["0", "Issue: Unexpected attribute value(s)", "n/a", "n/a", "b", "", message]]);
});

const ONE_TO_MANY = "a 1:n list is no column: usage error (64) that says so";

decision(ONE_TO_MANY, "b-lnk-one-to-many", async (play) => {
  await play.step(2);
  assertRefused(await play.writesNothing(() => play.step(3)), 64, "device_list");
  assertRefused(await play.writesNothing(() => play.step(4)), 64, "person_list");
  assertRefused(await play.writesNothing(() => play.step(5)), 64, "person_list");
});

decision(ONE_TO_MANY, "b-lnk-one-to-many-clear", async (play) => {
  await play.step(4);
  assertRefused(await play.writesNothing(() => play.step(5)), 64, "person_list", "Person");
  await play.step(6);
  assertRefused(await play.writesNothing(() => play.step(7)), 64, "physicalinterface_list", "PhysicalInterface");
  assertEquals(play.objects("Person", "id,location_id").at(-1), ["2", "1"]);
  assertEquals(play.objects("PhysicalInterface", "id,name,connectableci_id"), [["1", "eth0", "1"]]);
});
