import { assertEquals } from "@std/assert";
import { labelsIn, planOf, printedKeys, problemsOf } from "./planned.ts";

const NO_SCHEME = "#No reconciliation scheme could be defined, please add a column corresponding to one defined " +
  "reconciliation key ";

Deno.test("keys are printed as codes in the order of their names, whatever they were named by", () => {
  assertEquals(printedKeys("Person", "Email,Last Name,id", "last NAME*, Email ,id", labelsIn("EN US")), [
    "name",
    "email",
    "id",
  ]);
});

/** Header, keys that are named, keys that are printed. */
const PRINTED: readonly (readonly [string, string, string])[] = [
  ["name,org_id", "org_id", "org_id (id)"],
  ["name,org_id->name", "org_id->name", "org_id (name)"],
  ["name,org_id->name", "org_id", "org_id (name)"],
  ["name,org_id->name,org_id->code", "org_id", "org_id (name,code)"],
  ["name,org_id->name,org_id->code", "org_id->code", "org_id (code)"],
  ["name,org_id->name,org_id->code", "org_id->code,org_id->name", "org_id (code,name)"],
  ["name,org_id,org_id->name", "org_id,org_id->name", "org_id (id,name)"],
  ["name,org_id->name", "org_id,org_id->name,org_id->name", "org_id (name)"],
  ["name,org_name", "org_name", "org_id (org_id (org_name))"],
  ["name,org_name", "org_id->name", "org_id (org_id (org_name))"],
  ["name,org_id->name", "org_name", "org_id (name)"],
  ["name,org_name", "org_id", "org_id (id)"],
  ["name,city", "name,NAME", "name"],
];

for (const [header, keys, expected] of PRINTED) {
  Deno.test(`the keys ${keys} of the columns ${header} are ${expected}`, () => {
    assertEquals(printedKeys("Location", header, keys).join(" + "), expected);
  });
}

Deno.test("all columns that feed an external key take part, even if one only is named", () => {
  const [key] = planOf("Location", "name,org_id->name,org_id->code", "org_id->code").keys;
  assertEquals(key?.kind === "external_key" && key.columns.parts.map(({ cell }) => cell), [1, 2]);
});

Deno.test("a key that is named must be a column of the file, or an external key that one feeds", () => {
  const missing = (name: string) => `#Reconciliation key not found in the input columns: '${name}'`;
  assertEquals(problemsOf("Location", "name", "city,org_id,id"), ["city", "org_id", "id"].map(missing));
  assertEquals(problemsOf("Location", "name,org_id->name", "org_id->code"), [missing("org_id->code")]);
});

Deno.test("an unknown key is told, even one that would be known in the other naming", () => {
  assertEquals(problemsOf("Location", "name", "Name,Postal code"), ["#Unknown reconciliation key: 'Postal code'"]);
});

Deno.test("link sets, passwords and case logs cannot be keys", () => {
  assertEquals(
    problemsOf("UserLocal", "login,password,log,profile_list", "password,log,profile_list"),
    ["password", "log", "profile_list"].map((code) =>
      `#Attribute '${code}' cannot be a reconciliation key: objects are not found by it`
    ),
  );
});

/** Class, header, the class's own keys that it has. */
const DEFAULTS: readonly (readonly [string, string, string])[] = [
  ["Organization", "code,name,status", "name + code"],
  ["Organization", "status,code", "code"],
  ["Location", "name,city", "name"],
  ["Location", "org_id,name", "name + org_id (id)"],
  ["Location", "name,org_id->code", "name + org_id (code)"],
  ["Location", "name,org_id->name,org_id->code", "name + org_id (name,code)"],
  ["Location", "name,org_name", "name + org_id (org_id (org_name))"],
  ["Location", "city,org_name", "org_id (org_id (org_name))"],
  ["Location", "city,org_id", "org_id (id)"],
  ["lnkPersonToTeam", "team_id->name,person_id->friendlyname", "team_id (name) + person_id (friendlyname)"],
  ["Typology", "finalclass,name", "name + finalclass"],
  ["UserLocal", "login,contactid->email", "login"],
];

for (const [modelClass, header, expected] of DEFAULTS) {
  Deno.test(`the own keys of ${modelClass} among ${header} are ${expected}`, () => {
    assertEquals(printedKeys(modelClass, header).join(" + "), expected);
  });
}

Deno.test("a header without any of the class's own keys is refused with the list of them", () => {
  const problem = `${NO_SCHEME}(class: 'Location', reconciliation:name,org_id,org_name)`;
  assertEquals(problemsOf("Location", "city"), [problem]);
});

Deno.test("a key through an arrow identifies nothing by itself where the class has plain keys", () => {
  const problem = `${NO_SCHEME}(class: 'Location', reconciliation:name,org_id,org_name)`;
  assertEquals(problemsOf("Location", "city,org_id->name"), [problem]);
});

Deno.test("a class without keys of its own needs them named", () => {
  assertEquals(problemsOf("URP_UserProfile", "userid,profileid"), [
    `${NO_SCHEME}(class: 'URP_UserProfile', reconciliation:)`,
  ]);
});

Deno.test("that no own key was found is not told when an unknown column may be the one", () => {
  assertEquals(problemsOf("Location", "city,nmae"), [
    "#Unknown column: 'nmae'. Did you mean 'name'? Possible columns: …",
  ]);
});

Deno.test("an external field that the class does not list is its external key, when the class's own keys are taken", () => {
  assertEquals(printedKeys("lnkPersonToTeam", "team_name,person_id->email"), [
    "team_id (team_id (team_name))",
    "person_id (email)",
  ]);
  // Location lists both: the field is a key of its own.
  assertEquals(printedKeys("Location", "name,org_name"), ["name", "org_id (org_id (org_name))"]);
});
