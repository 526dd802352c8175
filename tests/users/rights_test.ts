import { assertEquals } from "@std/assert";
import { classOf } from "../../lib/model/look_up.ts";
import type { ObjectStore } from "../../lib/model/object_store.ts";
import { bulkWriteRefusal, mayBulkWrite, visibleOrganizations } from "../../lib/users/rights.ts";
import type { User } from "../../lib/users/user.ts";
import { ADMINISTRATOR, CONFIGURATION_MANAGER, plainStore, PORTAL, userModel } from "./user_world.ts";

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

function organizations(parents: Readonly<Record<number, number | null>>): ObjectStore {
  return plainStore(
    Object.entries(parents).map(([id, parent_id]) => ({
      class: "Organization",
      id: Number(id),
      values: { parent_id },
    })),
  );
}

function limitedTo(allowedOrganizations: readonly number[] | null): User {
  return { id: 2, login: "silo", name: "silo", language: "EN US", profiles: [], allowedOrganizations };
}

const TREE = organizations({ 1: null, 2: 1, 3: 1, 4: 2, 5: 4, 6: null });

Deno.test("a limited user sees the allowed organisations and all below them", () => {
  assertEquals(visibleOrganizations(limitedTo([2, 6]), MODEL, TREE), [2, 6, 4, 5]);
});

Deno.test("an allowed organisation with nothing below it is seen alone", () => {
  assertEquals(visibleOrganizations(limitedTo([3]), MODEL, TREE), [3]);
});

Deno.test("a user without limits sees everything", () => {
  assertEquals(visibleOrganizations(limitedTo(null), MODEL, TREE), null);
});

Deno.test("organisations that lead back to each other end the search", () => {
  assertEquals(visibleOrganizations(limitedTo([1]), MODEL, organizations({ 1: 3, 2: 1, 3: 2 })), [1, 2, 3]);
});

Deno.test("organisations without a tree have nothing below them", () => {
  const model = { ...MODEL, organizations: { class: "Organization", parent: null } };
  assertEquals(visibleOrganizations(limitedTo([2]), model, TREE), [2]);
});
