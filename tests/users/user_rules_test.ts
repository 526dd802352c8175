import { assertEquals } from "@std/assert";
import type { AccountEffect, AccountState } from "../../lib/users/account_effects.ts";
import type { User } from "../../lib/users/user.ts";
import { type AccountFacts, accountProblems } from "../../lib/users/user_rules.ts";
import type { RuleProblem } from "../../lib/reconcile/rule_problem.ts";
import { objectId } from "../helpers/object_id.ts";
import { ADMINISTRATOR, CONFIGURATION_MANAGER, PORTAL, userModel } from "./user_world.ts";

const USER_MANAGER = 4;
const BASE = userModel({ persons: true, organizations: true });
const MODEL = {
  ...BASE,
  profiles: [...BASE.profiles, {
    id: USER_MANAGER,
    name: "User manager",
    description: "",
    administrator: false,
    bulkWrite: ["UserLocal"],
  }],
};

const ADMIN: User = {
  id: objectId(1),
  login: "admin",
  name: "admin",
  language: "EN US",
  profiles: [ADMINISTRATOR],
  stamp: "",
  allowedOrganizations: null,
};
const LIMITED_ADMIN: User = { ...ADMIN, allowedOrganizations: [objectId(7)] };
const MANAGER: User = { ...ADMIN, id: objectId(5), profiles: [USER_MANAGER] };
const LIMITED_MANAGER: User = { ...MANAGER, allowedOrganizations: [objectId(7)] };

const NO_PROFILE: RuleProblem = { kind: "no_profile" };
const OWN_STATUS: RuleProblem = { kind: "own_status_change" };
const OWN_RIGHTS: RuleProblem = { kind: "own_rights_lost" };
const OWN_PORTAL: RuleProblem = { kind: "own_profile_denied", profile: "Portal user" };
const LAST_ADMINISTRATOR: RuleProblem = { kind: "last_administrator_lost" };
const ADMINISTRATORS_ONLY: RuleProblem = { kind: "administrators_only" };
const LAST_UNLIMITED: RuleProblem = { kind: "last_unlimited_administrator_lost" };
const OTHER_ORGANIZATIONS: RuleProblem = { kind: "beyond_own_organizations" };

/** User 1 is the importer, user 9 another administrator. */
const FACTS: AccountFacts = {
  enabledAdministrators: () => Promise.resolve(new Set([1, 9].map(objectId))),
  unlimitedAdministrators: () => Promise.resolve(new Set([1, 9].map(objectId))),
  maySee: (organizations) => Promise.resolve(organizations.every((id) => id === objectId(7))),
};

function state(profiles: readonly number[], status = "enabled", organizations: readonly number[] = []): AccountState {
  return { status, profiles, organizations: organizations.map(objectId) };
}

function created(profiles: readonly number[], organizations: readonly number[] = []): AccountEffect {
  return { id: null, before: { ...state([]), status: null }, after: state(profiles, "enabled", organizations) };
}

function own(profiles: readonly number[], status = "enabled"): AccountEffect {
  return { id: objectId(1), before: state([ADMINISTRATOR]), after: state(profiles, status) };
}

function others(before: AccountState, after: AccountState, id = 2): AccountEffect {
  return { id: objectId(id), before, after };
}

const CASES: readonly (readonly [string, AccountEffect, readonly RuleProblem[]])[] = [
  ["a new user with a profile is fine", created([PORTAL]), []],
  ["a new user needs a profile", created([]), [NO_PROFILE]],
  ["another user's profiles may change", others(state([3]), state([PORTAL])), []],
  ["another user's status may change", others(state([3]), state([3], "disabled")), []],
  ["another user may not lose the last profile", others(state([3]), state([])), [NO_PROFILE]],
  ["a user who has no profile may change in other ways", others(state([]), state([], "disabled")), []],
  ["another administrator may go", others(state([ADMINISTRATOR]), state([3])), []],
  ["one's own account may change in other ways", own([ADMINISTRATOR]), []],
  ["one's own status may not change", own([ADMINISTRATOR], "disabled"), [OWN_STATUS]],
  ["one's own profiles may change as long as users can be modified", own([3, ADMINISTRATOR]), []],
  ["one's own right to modify users may not go", own([CONFIGURATION_MANAGER]), [OWN_RIGHTS]],
  ["the portal profile may not be added to oneself", own([ADMINISTRATOR, PORTAL]), [OWN_PORTAL]],
  ["all problems are told at once", own([PORTAL], "disabled"), [OWN_STATUS, OWN_PORTAL, OWN_RIGHTS]],
  ["one's own last profile may not go", own([]), [NO_PROFILE, OWN_RIGHTS]],
];

for (const [sentence, effect, expected] of CASES) {
  Deno.test(sentence, async () => assertEquals(await accountProblems([effect], ADMIN, MODEL, FACTS), expected));
}

const NEW_ORGANIZATION: AccountState = { ...state([3]), organizations: [objectId(7), null] };

const OF_MANAGERS: readonly (readonly [string, User, AccountEffect, readonly RuleProblem[]])[] = [
  ["a manager of users may make users", MANAGER, created([3]), []],
  ["… but no administrators", MANAGER, created([ADMINISTRATOR]), [ADMINISTRATORS_ONLY]],
  ["… nor be one", MANAGER, others(state([4]), state([4, 1]), 5), [ADMINISTRATORS_ONLY]],
  ["… nor touch one", MANAGER, others(state([1]), state([1])), [ADMINISTRATORS_ONLY]],
  ["a limited manager makes users with the same limits", LIMITED_MANAGER, created([3], [7]), []],
  ["… not with others", LIMITED_MANAGER, created([3], [7, 8]), [OTHER_ORGANIZATIONS]],
  ["… not without", LIMITED_MANAGER, created([3]), [OTHER_ORGANIZATIONS]],
  [
    "… and does not lift their own",
    LIMITED_MANAGER,
    others(state([4], "enabled", [7]), state([4]), 5),
    [OTHER_ORGANIZATIONS],
  ],
  ["a limited administrator makes administrators with the same limits", LIMITED_ADMIN, created([1], [7]), []],
  ["… not without, of whatever profile", LIMITED_ADMIN, created([3]), [OTHER_ORGANIZATIONS]],
  ["… not with others", LIMITED_ADMIN, created([1], [7, 8]), [OTHER_ORGANIZATIONS]],
  ["… not with one that is only being made", LIMITED_ADMIN, { ...created([3]), after: NEW_ORGANIZATION }, [
    OTHER_ORGANIZATIONS,
  ]],
  [
    "… and touches nobody who sees more",
    LIMITED_ADMIN,
    others(state([1], "enabled", [8]), state([1], "enabled", [8])),
    [OTHER_ORGANIZATIONS],
  ],
];

for (const [sentence, importer, effect, expected] of OF_MANAGERS) {
  Deno.test(sentence, async () => assertEquals(await accountProblems([effect], importer, MODEL, FACTS), expected));
}

Deno.test("the last enabled administrator may not go, by whatever way", async () => {
  const administrator = state([ADMINISTRATOR]);
  const two = () => Promise.resolve(new Set([objectId(2)]));
  const alone = { ...FACTS, enabledAdministrators: two, unlimitedAdministrators: two };
  const importer = { ...ADMIN, id: objectId(3) };
  const check = (...effects: AccountEffect[]) => accountProblems(effects, importer, MODEL, alone);
  assertEquals(await check(others(administrator, state([3]))), [LAST_ADMINISTRATOR]);
  assertEquals(await check(others(administrator, state([ADMINISTRATOR], "disabled"))), [LAST_ADMINISTRATOR]);
  assertEquals(await check(others(administrator, state([3])), others(state([3]), administrator, 4)), []);
  const disabled = state([ADMINISTRATOR], "disabled");
  assertEquals(await check(others(administrator, state([3])), others(state([3], "disabled"), disabled, 4)), [
    LAST_ADMINISTRATOR,
  ]);
  assertEquals(await accountProblems([others(administrator, state([3]))], importer, MODEL, FACTS), []);
});

Deno.test("the last administrator who is not limited may not become so, nor go", async () => {
  const facts = { ...FACTS, unlimitedAdministrators: () => Promise.resolve(new Set([objectId(2)])) };
  const check = (after: AccountState) => accountProblems([others(state([ADMINISTRATOR]), after)], ADMIN, MODEL, facts);
  assertEquals(await check(state([ADMINISTRATOR], "enabled", [7])), [LAST_UNLIMITED]);
  assertEquals(await check(state([3])), [LAST_UNLIMITED]);
  assertEquals(await check(state([ADMINISTRATOR, 3])), []);
});

Deno.test("the portal profile may stay with somebody who has it already", async () => {
  const importer = { ...ADMIN, profiles: [ADMINISTRATOR, PORTAL] };
  const effect = { id: objectId(1), before: state([ADMINISTRATOR, PORTAL, 3]), after: state([PORTAL, ADMINISTRATOR]) };
  assertEquals(await accountProblems([effect], importer, MODEL, FACTS), []);
});

Deno.test("in a model whose profile 2 is another one, it may be added to oneself", async () => {
  const profiles = MODEL.profiles.map((profile) => profile.id === PORTAL ? { ...profile, name: "Librarian" } : profile);
  assertEquals(await accountProblems([own([ADMINISTRATOR, PORTAL])], ADMIN, { ...MODEL, profiles }, FACTS), []);
});
