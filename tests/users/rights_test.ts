import { assertEquals } from "@std/assert";
import { classOf } from "../../lib/model/look_up.ts";
import { bulkWriteRefusal, mayBulkWrite } from "../../lib/users/rights.ts";
import { ADMINISTRATOR, CONFIGURATION_MANAGER, PORTAL, userModel } from "./user_world.ts";

const MODEL = userModel({ persons: true, organizations: true });

const RIGHTS: readonly (readonly [string, readonly number[], string, boolean])[] = [
  ["an administrator may load users", [ADMINISTRATOR], "UserLocal", true],
  ["an administrator may load anything else", [ADMINISTRATOR], "Person", true],
  ["a class that a profile names may be loaded", [CONFIGURATION_MANAGER], "Contact", true],
  ["a class below one that a profile names may be loaded", [CONFIGURATION_MANAGER], "Person", true],
  ["a class that no profile names may not", [CONFIGURATION_MANAGER], "UserLocal", false],
  ["a profile that grants nothing lets nothing be loaded", [PORTAL], "Person", false],
  ["rights of several profiles add up", [PORTAL, CONFIGURATION_MANAGER], "Person", true],
  ["a profile that the model does not know grants nothing", [99], "Person", false],
  ["a user without profiles may load nothing", [], "Person", false],
];

for (const [sentence, profiles, code, expected] of RIGHTS) {
  Deno.test(sentence, () => assertEquals(mayBulkWrite({ profiles }, classOf(MODEL, code), MODEL), expected));
}

Deno.test("somebody who may not load a class is told so in the reference's words", () => {
  const stop = bulkWriteRefusal("Server");
  assertEquals(stop.exitCode, 77);
  const texts = stop.messages.map((message) => message.text);
  assertEquals(texts, ["#You are not allowed to perform a bulk update of objects of class Server"]);
});
