/** The built-in model: spot checks against the reference's own classes. */
import { assert, assertEquals } from "@std/assert";
import { builtInModelText } from "../../lib/model/file/built_in_model.ts";
import { attributeOf, classOf, foldCase, labelIn } from "../../lib/model/look_up.ts";
import type { Attribute } from "../../lib/model/model.ts";
import { readModel } from "../../lib/model/file/read_model.ts";
import { resolveModel } from "../../lib/model/file/resolve_model.ts";

const text = await builtInModelText("itop");
const reading = readModel(text);
assert(reading.ok, reading.ok ? "" : JSON.stringify(reading.problems));
const { model } = reading;

function attribute(modelClass: string, code: string): Attribute {
  return attributeOf(classOf(model, modelClass), code);
}

/** `EN / FR`. */
function labels(modelClass: string, code: string): string {
  const found = attribute(modelClass, code).labels;
  return ["EN US", "FR FR"].map((language) => labelIn(found, language, model, code)).join(" / ");
}

Deno.test("the built-in model resolves without its checks to the same model", () => {
  assertEquals(resolveModel(JSON.parse(text)), model);
});

Deno.test("it has the reference's languages, English and French first", () => {
  assertEquals(model.languages.slice(0, 2), ["EN US", "FR FR"]);
  assertEquals(model.languages.length, 17);
});

Deno.test("it has the reference's classes", () => {
  assertEquals(model.classes.size, 39);
  const roots = [...model.classes.values()].filter((one) => one.parent === null).map((one) => one.code);
  assertEquals(roots, [
    "Organization",
    "Location",
    "Contact",
    "Typology",
    "Software",
    "FunctionalCI",
    "User",
    "URP_Profiles",
    "URP_UserProfile",
    "URP_UserOrg",
    "lnkPersonToTeam",
    "lnkContactToFunctionalCI",
    "lnkApplicationSolutionToFunctionalCI",
    "lnkDocumentToFunctionalCI",
    "NetworkInterface",
    "Document",
    "FAQ",
  ]);
});

Deno.test("the attributes of a person stand in the reference's order", () => {
  assertEquals([...classOf(model, "Person").attributes.keys()], [
    "name",
    "status",
    "org_id",
    "org_name",
    "email",
    "phone",
    "notify",
    "function",
    "cis_list",
    "first_name",
    "employee_number",
    "mobile_phone",
    "location_id",
    "location_name",
    "manager_id",
    "manager_name",
    "team_list",
    "user_list",
    "finalclass",
    "friendlyname",
    "obsolescence_flag",
    "obsolescence_date",
    "org_id_friendlyname",
    "org_id_obsolescence_flag",
    "location_id_friendlyname",
    "location_id_obsolescence_flag",
    "manager_id_friendlyname",
    "manager_id_obsolescence_flag",
  ]);
});

Deno.test("the attributes of a user stand in the reference's order", () => {
  assertEquals([...classOf(model, "UserLocal").attributes.keys()].slice(-6), [
    "finalclass",
    "friendlyname",
    "contactid_friendlyname",
    "contactid_obsolescence_flag",
    "org_id_friendlyname",
    "org_id_obsolescence_flag",
  ]);
});

const LABELS: readonly (readonly [string, string, string])[] = [
  ["Contact", "name", "Name / Nom"],
  ["Person", "name", "Last Name / Nom"],
  ["Organization", "parent_id", "Parent / Organisation Parent"],
  ["Organization", "parent_id_friendlyname", "Parent / Nom commun"],
  ["Organization", "parent_id_obsolescence_flag", "Parent->Obsolete / Organisation Parent->Obsolète"],
  ["Person", "manager_id_friendlyname", "Manager friendly name / Nom du manager"],
  ["Team", "finalclass", "Contact sub-class / Sous-classe de Contact"],
  ["PhysicalInterface", "finalclass", "NetworkInterface sub-class / Sous-classe d'Interface Réseau"],
  ["DBServer", "system_id_finalclass_recall", "System->CI sub-class / Système->Sous-classe de CI"],
  ["UserLocal", "org_id_friendlyname", "Person->Organization / Personne->Organisation"],
  [
    "UserLocal",
    "org_id_obsolescence_flag",
    "Person->Organization->Obsolete / Personne->Organisation->Obsolète",
  ],
  [
    "PhysicalInterface",
    "location_id_obsolescence_flag",
    "Device->Location->Obsolete / Matériel->Site->Obsolète",
  ],
  ["ApplicationSolution", "friendlyname", "Full name / Nom complet"],
];

for (const [modelClass, code, expected] of LABELS) {
  Deno.test(`${modelClass}.${code} is called ${expected}`, () => assertEquals(labels(modelClass, code), expected));
}

Deno.test("default keys are the reference's", () => {
  const keys = ["Organization", "Person", "UserLocal", "URP_Profiles", "Software", "DBServer", "lnkPersonToTeam"];
  assertEquals(keys.map((code) => classOf(model, code).reconciliationKeys.join()), [
    "name,code",
    "name,first_name,org_id,org_name,email,employee_number",
    "login",
    "",
    "name,version,vendor",
    "name,org_id,organization_name,system_id,system_name",
    "team_id,person_id",
  ]);
});

Deno.test("null rules, defaults and values are the reference's", () => {
  const server = attribute("Server", "status");
  assert(server.kind === "enum");
  assertEquals([server.nullAllowed, server.default, server.values.map((value) => value.code)], [
    true,
    "production",
    ["stock", "implementation", "production", "obsolete"],
  ]);
  const contact = attribute("Person", "status");
  assert(contact.kind === "enum");
  assertEquals([contact.nullAllowed, contact.default], [false, "active"]);
  const instance = attribute("DBServer", "status");
  assert(instance.kind === "enum");
  assertEquals([instance.nullAllowed, instance.default], [true, null]);
  const redundancy = attribute("Server", "redundancy");
  assert(redundancy.kind === "string");
  assertEquals([redundancy.nullAllowed, redundancy.default], [false, "1"]);
  const speed = attribute("PhysicalInterface", "speed");
  assert(speed.kind === "decimal");
  assertEquals([speed.digits, speed.decimals], [12, 2]);
  assertEquals(attribute("UserLocal", "log").kind, "case_log");
});

Deno.test("an enum label that another word would be in French is there", () => {
  const type = attribute("Model", "type");
  assert(type.kind === "enum");
  assertEquals(type.values.length, 18);
  const array = type.values.find((value) => value.code === "DiskArray");
  assertEquals([...array?.labels ?? []], [["EN US", "Disk Array"], ["FR FR", "Baie de disques"]]);
});

Deno.test("friendly names are the reference's", () => {
  const names = ["Person", "Software", "WebServer", "URP_UserProfile", "lnkPersonToTeam", "PhysicalInterface"];
  const templates = names.map((code) =>
    classOf(model, code).friendlyName.map((part) => "attribute" in part ? `{${part.attribute}}` : part.text).join("")
  );
  assertEquals(templates, [
    "{first_name} {name}",
    "{name} {version}",
    "{name} {system_name}",
    "Link between {userlogin} and {profile}",
    "{person_id_friendlyname} / {team_name}",
    "{connectableci_name} {name}",
  ]);
});

Deno.test("uniqueness rules have the reference's words", () => {
  const rules = classOf(model, "Person").uniquenessRules;
  assertEquals(rules.map(({ name, attributes, unlessEmpty, blocking }) => [name, attributes, unlessEmpty, blocking]), [
    ["employee_number", ["org_id", "employee_number"], ["employee_number"], true],
    ["name", ["org_id", "name", "first_name"], [], false],
  ]);
  assertEquals(
    rules[0]?.messages.get("EN US"),
    "there is already a person in '{org_name}' organization with the same employee number",
  );
  const login = classOf(model, "UserLocal").uniquenessRules[0];
  assertEquals(login?.messages.get("EN US"), 'Login must be unique - "{login}" is already being used.');
});

Deno.test("every link class but that of allowed organisations refuses the same link twice", () => {
  const links = [...model.classes.keys()].filter((code) => code.startsWith("lnk") || code === "URP_UserProfile");
  for (const code of links) {
    const [rule] = classOf(model, code).uniquenessRules;
    assertEquals([rule?.name, rule?.attributes.length, rule?.blocking], ["no_duplicate", 2, true]);
  }
  assertEquals(links.length, 5);
});

Deno.test("link sets and object lists lead to classes of the model, and nothing leads elsewhere", () => {
  const lists = [...model.classes.values()].flatMap((one) =>
    [...one.attributes.values()].filter((found) => found.kind === "object_list" && found.declaredBy === one.code)
      .map((found) => `${one.code}.${found.code}`)
  );
  assertEquals(lists, [
    "Location.person_list",
    "Location.physicaldevice_list",
    "Person.user_list",
    "Brand.physicaldevices_list",
    "Model.physicaldevices_list",
    "Software.softwareinstance_list",
    "FunctionalCI.softwares_list",
    "ConnectableCI.physicalinterface_list",
    "Rack.device_list",
  ]);
  const contacts = attribute("Server", "contacts_list");
  assert(contacts.kind === "link_set");
  assertEquals([contacts.linkClass, contacts.keyToThis, contacts.keyToRemote], [
    "lnkContactToFunctionalCI",
    "functionalci_id",
    "contact_id",
  ]);
  for (const code of ["deliverymodel_id", "enclosure_id", "oslicence_name", "documenttype_id", "logicalvolumes_list"]) {
    assertEquals([...model.classes.values()].filter((one) => one.attributes.has(code)).map((one) => one.code), []);
  }
});

Deno.test("objects belong to organisations as in the reference", () => {
  assertEquals(model.organizations, { class: "Organization", parent: "parent_id" });
  const belonging = ["Organization", "Person", "DBServer", "PhysicalInterface", "Brand", "Software", "UserLocal"];
  assertEquals(belonging.map((code) => classOf(model, code).organization), [
    "id",
    "org_id",
    "org_id",
    "org_id",
    null,
    null,
    null,
  ]);
});

Deno.test("objects age as in the reference", () => {
  const aging = ["Organization", "Team", "Rack", "DBServer", "Brand", "PhysicalInterface", "Software"];
  assertEquals(aging.map((code) => classOf(model, code).obsoleteWhen?.value ?? null), [
    "inactive",
    "inactive",
    "obsolete",
    "inactive",
    null,
    null,
    null,
  ]);
  assert(classOf(model, "PhysicalInterface").attributes.has("obsolescence_flag"));
  assertEquals(classOf(model, "Brand").attributes.has("obsolescence_flag"), false);
});

Deno.test("profiles have the stock ids, and grant what they grant in the reference", () => {
  assertEquals(model.profiles.map(({ id }) => id), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1024]);
  const grants = model.profiles.filter(({ bulkWrite }) => bulkWrite.length > 0);
  assertEquals(grants.map(({ name }) => name), ["Configuration Manager", "Problem Manager", "Document author"]);
  assertEquals(grants[1]?.bulkWrite, ["FAQ"]);
  assertEquals(grants[2]?.bulkWrite, ["Document"]);
  const roots = [...model.classes.values()].filter((one) => one.parent === null).map((one) => one.code);
  const kept = roots.filter((code) => !grants[0]?.bulkWrite.includes(code));
  assertEquals(kept, ["User", "URP_Profiles", "URP_UserProfile", "URP_UserOrg", "FAQ"]);
  assertEquals(model.profiles.filter(({ administrator }) => administrator).map(({ id }) => id), [1]);
});

/** Columns that a header may name by label, an alias included, with one step through an external key. */
function namesOf(modelClass: string): Set<string> {
  const own = (code: string) =>
    [...classOf(model, code).attributes.values()].flatMap((found) =>
      [labelIn(found.labels, "EN US", model, found.code), ...found.aliases.get("EN US") ?? []]
        .map((name) => ({ found, name }))
    );
  return new Set(
    own(modelClass).flatMap(({ found, name }) => [
      name,
      ...(found.kind === "external_key" ? own(found.target).map((remote) => `${name}->${remote.name}`) : []),
    ]).map(foldCase),
  );
}

const MANUAL_HEADERS: readonly (readonly [string, string])[] = [
  ["Person", "Last Name,Status,Organization->Name,Email,Phone,Notification,Function,First Name"],
  ["UserLocal", "Contact (person)->Email,Login,Language,Password,Profiles"],
  ["UserLocal", "Person->Email,Login"],
];

for (const [modelClass, header] of MANUAL_HEADERS) {
  Deno.test(`the header of the manual is known: ${header}`, () => {
    const names = namesOf(modelClass);
    assertEquals(header.split(",").filter((name) => !names.has(foldCase(name))), []);
  });
}

Deno.test("the built-in model resolves fast enough for every start of the program", () => {
  const begin = performance.now();
  resolveModel(JSON.parse(text));
  const milliseconds = performance.now() - begin;
  // 2 ms as a rule; the limit leaves room for a busy machine.
  assert(milliseconds < 100, `${milliseconds} ms`);
});
