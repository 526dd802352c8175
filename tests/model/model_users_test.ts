/** Users and profiles in a model file. */
import { assert, assertEquals } from "@std/assert";
import { readModel } from "../../lib/model/file/read_model.ts";
import { changedText, type Changes, problemsAfter } from "./changed_model.ts";

const LINK = { kind: "external_key", null: false, on_delete: "cascade" };

/** Classes of users such as a model may declare them itself. */
const OWN_USERS: Changes = {
  "User": { abstract: true, friendly_name: "{login}", attributes: { login: { kind: "string", null: false } } },
  "UserInternal": { parent: "User", abstract: true },
  "UserLocal": {
    parent: "UserInternal",
    attributes: {
      password: { kind: "password", null: false },
      status: { kind: "enum", null: false, values: ["enabled", "disabled"], default: "enabled" },
      language: { kind: "language", null: false, default: "EN GB" },
      profile_list: {
        kind: "link_set",
        link_class: "URP_UserProfile",
        key_to_this: "userid",
        key_to_remote: "profileid",
      },
    },
  },
  "URP_Profiles": { attributes: { name: { kind: "string" }, description: { kind: "string" } } },
  "URP_UserProfile": {
    friendly_name: "{userid_friendlyname}",
    attributes: {
      userid: { ...LINK, target: "User" },
      profileid: { ...LINK, target: "URP_Profiles" },
      reason: { kind: "string" },
    },
  },
};

Deno.test("a model may declare the classes of users itself", () => {
  assertEquals(problemsAfter(OWN_USERS), []);
});

const CASES: readonly (readonly [string, Changes, readonly string[]])[] = [
  ["one class of users alone", { "User": { attributes: { name: { kind: "string" } } } }, [
    "users_incomplete at $.classes",
    "users_incomplete at $.classes",
    "users_incomplete at $.classes",
    "users_incomplete at $.classes",
  ]],
  ["users without password", { ...OWN_USERS, "UserLocal.attributes.password": undefined }, [
    "user_attribute_missing at $.classes.UserLocal.attributes",
  ]],
  ["a password in clear", { ...OWN_USERS, "UserLocal.attributes.password": { kind: "string" } }, [
    "unsuitable_attribute at $.classes.UserLocal.attributes.password",
  ]],
  ["a login that is a number", { ...OWN_USERS, "User.attributes.login": { kind: "integer" } }, [
    "unsuitable_attribute at $.classes.User.attributes.login",
  ]],
  ["a status without 'enabled'", {
    ...OWN_USERS,
    "UserLocal.attributes.status": { kind: "enum", values: ["on", "off"] },
  }, ["user_value_missing at $.classes.UserLocal.attributes.status.values"]],
  ["a language that is a text", { ...OWN_USERS, "UserLocal.attributes.language": { kind: "string" } }, [
    "unsuitable_attribute at $.classes.UserLocal.attributes.language",
  ]],
  ["users without profiles", { ...OWN_USERS, "UserLocal.attributes.profile_list": undefined }, [
    "user_attribute_missing at $.classes.UserLocal.attributes",
  ]],
  ["users that are abstract", { ...OWN_USERS, "UserLocal.abstract": true }, [
    "user_class_abstract at $.classes.UserLocal.abstract",
  ]],
  ["links that lead to no user", {
    ...OWN_USERS,
    "URP_UserProfile.attributes.userid": { ...LINK, target: "Author" },
  }, [
    "unsuitable_attribute at $.classes.UserLocal.attributes.profile_list.key_to_this",
    "unsuitable_attribute at $.classes.URP_UserProfile.attributes.userid",
  ]],
  ["profiles without description", { ...OWN_USERS, "URP_Profiles.attributes.description": undefined }, [
    "user_attribute_missing at $.classes.URP_Profiles.attributes",
  ]],
  ["a value that the first user would lack", {
    ...OWN_USERS,
    "UserLocal.attributes.badge": { kind: "string", null: false },
  }, ["user_needs_value at $.classes.UserLocal.attributes.badge"]],
  ["a password with a mistake of its own, once", {
    ...OWN_USERS,
    "UserLocal.attributes.password": { kind: "pasword" },
  }, ["not_one_of at $.classes.UserLocal.attributes.password.kind"]],
  ["no profile that may load everything", { "$.profiles": [{ id: 1, name: "Reader" }] }, [
    "no_administrator at $.profiles",
  ]],
  ["two profiles with one id", { "$.profiles.1.id": 1 }, ["repeated_profile at $.profiles[1].id"]],
  ["two profiles with one name", { "$.profiles.1.name": "ADMINISTRATOR" }, ["repeated_profile at $.profiles[1].name"]],
  ["a profile id of nought", { "$.profiles.1.id": 0 }, ["out_of_range at $.profiles[1].id"]],
  ["a profile without name", { "$.profiles.1.name": undefined }, ["missing_property at $.profiles[1]"]],
  ["a grant on a class that does not exist", { "$.profiles.1.bulk_write": ["Item", "Autor"] }, [
    "unknown_class at $.profiles[1].bulk_write[1]",
  ]],
  ["no profiles at all", { "$.profiles": [] }, ["too_few_items at $.profiles"]],
];

for (const [what, changes, expected] of CASES) {
  Deno.test(`found in the users of a model: ${what}`, () => assertEquals(problemsAfter(changes), expected));
}

function modelWith(changes: Changes) {
  const reading = readModel(changedText(changes));
  assert(reading.ok);
  return reading.model;
}

Deno.test("a model without users gets them, and an administrator's profile", () => {
  const model = modelWith({ "$.profiles": undefined });
  const user = model.classes.get("UserLocal");
  assertEquals(user?.root, "User");
  assertEquals([...user?.attributes.keys() ?? []].slice(0, 8), [
    "login",
    "language",
    "status",
    "profile_list",
    "log",
    "password",
    "expiration",
    "password_renewed_date",
  ]);
  assertEquals(model.classes.has("URP_UserOrg"), false);
  assertEquals(model.profiles.map(({ id, name, administrator }) => ({ id, name, administrator })), [
    { id: 1, name: "Administrator", administrator: true },
  ]);
});

Deno.test("users of a model with organisations may be limited to some", () => {
  const model = modelWith({ "$.organizations": { class: "Genre", parent: "parent_id" } });
  const list = model.classes.get("UserLocal")?.attributes.get("allowed_org_list");
  assert(list?.kind === "link_set");
  assertEquals(list.linkClass, "URP_UserOrg");
  const key = model.classes.get("URP_UserOrg")?.attributes.get("allowed_org_id");
  assert(key?.kind === "external_key");
  assertEquals(key.target, "Genre");
});

Deno.test("the labels of added classes are in the languages of the model", () => {
  const login = modelWith({}).classes.get("UserLocal")?.attributes.get("password");
  assertEquals([...login?.labels ?? []], [["EN GB", "Password"], ["FR FR", "Mot de passe"]]);
});
