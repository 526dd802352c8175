import { assertEquals } from "@std/assert";
import type { User } from "../../lib/users/user.ts";
import { accountProblems, type AccountWrite } from "../../lib/users/user_rules.ts";
import { ADMINISTRATOR, CONFIGURATION_MANAGER, PORTAL, userModel } from "./user_world.ts";

const MODEL = userModel({ persons: true, organizations: true });
const ADMIN: User = {
  id: 1,
  login: "admin",
  name: "admin",
  language: "EN US",
  profiles: [ADMINISTRATOR],
  allowedOrganizations: null,
};

const NO_PROFILE = "At least one profile must be assigned to this user.";
const OWN_STATUS = "Changing status is not allowed for your own User";
const OWN_RIGHTS =
  "The current list of profiles does not give sufficient access rights (Users are not modifiable anymore)";
const OWN_PORTAL = 'Profile "Portal user" cannot be added it will deny the access to backoffice';

function update(id: number, profilesAfter: readonly number[] | null, statusChanges = false): AccountWrite {
  return { kind: "update", id, profilesAfter, statusChanges };
}

const CASES: readonly (readonly [string, AccountWrite, readonly string[]])[] = [
  ["a new user with a profile is fine", { kind: "create", profilesAfter: [PORTAL] }, []],
  ["a new user needs a profile", { kind: "create", profilesAfter: [] }, [NO_PROFILE]],
  ["another user's profiles may change", update(2, [PORTAL]), []],
  ["another user's status may change", update(2, null, true), []],
  ["another user may not lose the last profile", update(2, []), [NO_PROFILE]],
  ["one's own account may change in other ways", update(1, null), []],
  ["one's own status may not change", update(1, null, true), [OWN_STATUS]],
  ["one's own profiles may change as long as users can be modified", update(1, [3, ADMINISTRATOR]), []],
  ["one's own right to modify users may not go", update(1, [CONFIGURATION_MANAGER]), [OWN_RIGHTS]],
  ["the portal profile may not be added to oneself", update(1, [ADMINISTRATOR, PORTAL]), [OWN_PORTAL]],
  ["all problems are told at once", update(1, [PORTAL], true), [OWN_STATUS, OWN_PORTAL, OWN_RIGHTS]],
  ["one's own last profile may not go", update(1, []), [NO_PROFILE, OWN_RIGHTS]],
];

for (const [sentence, write, expected] of CASES) {
  Deno.test(sentence, () => assertEquals(accountProblems(write, ADMIN, MODEL), expected));
}

Deno.test("the portal profile may stay with somebody who has it already", () => {
  const importer = { ...ADMIN, profiles: [ADMINISTRATOR, PORTAL] };
  assertEquals(accountProblems(update(1, [PORTAL, ADMINISTRATOR]), importer, MODEL), []);
});

Deno.test("in a model whose profile 2 is another one, it may be added to oneself", () => {
  const profiles = MODEL.profiles.map((profile) => profile.id === PORTAL ? { ...profile, name: "Librarian" } : profile);
  assertEquals(accountProblems(update(1, [ADMINISTRATOR, PORTAL]), ADMIN, { ...MODEL, profiles }), []);
});
