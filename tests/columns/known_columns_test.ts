import { assert, assertEquals } from "@std/assert";
import { columnCode } from "../../lib/columns/known_columns.ts";
import { foldCase } from "../../lib/model/look_up.ts";
import { CODES, knownIn, labelsIn, planOf } from "./planned.ts";

/** The codes that a name may stand for. */
function codesOf(modelClass: string, name: string, naming = CODES): string[] {
  return (knownIn(modelClass, naming).get(foldCase(name))?.targets ?? []).map(columnCode);
}

Deno.test("the first known column is id, then the attributes, each external key with its target's behind it", () => {
  const names = [...knownIn("Organization").values()].map(({ name }) => name);
  assertEquals(names.slice(0, 7), ["id", "name", "code", "status", "parent_id", "parent_id->name", "parent_id->code"]);
  assert(names.indexOf("parent_name") > names.indexOf("parent_id->friendlyname"), names.join());
});

Deno.test("up to three arrows lead to a column (SPEC 16), which is not listed", () => {
  for (const name of ["org_id->parent_id->name", "location_id->org_id->parent_id->code"]) {
    assertEquals(codesOf("Person", name), [name]);
    assert([...knownIn("Person").values()].every((column) => column.name !== name), name);
  }
  assertEquals(codesOf("Person", "location_id->org_id->parent_id->parent_id->code"), []);
  assertEquals(codesOf("Person", "org_id->name->name"), []);
  assertEquals(codesOf("Person", "org_id->->name"), []);
});

Deno.test("no arrow leads to the target's id, link sets, lists and passwords", () => {
  assertEquals(codesOf("Person", "team_id->persons_list"), []);
  assertEquals(codesOf("lnkPersonToTeam", "team_id->org_id->id"), []);
  assertEquals(codesOf("Person", "org_id->id"), []);
  assertEquals(codesOf("lnkPersonToTeam", "team_id->persons_list"), []);
  assertEquals(codesOf("Person", "location_id->person_list"), []);
});

Deno.test("an attribute of the target may be computed, an external field or an external key of its own", () => {
  for (const name of ["location_id->friendlyname", "location_id->org_name", "location_id->org_id"]) {
    assertEquals(codesOf("Person", name), [name]);
  }
});

Deno.test("a class does not know the attributes of its subclasses", () => {
  assertEquals(codesOf("Contact", "first_name"), []);
  assertEquals(codesOf("Person", "first_name"), ["first_name"]);
});

Deno.test("with codes, labels are unknown, and the other way round", () => {
  assertEquals(codesOf("Person", "Last Name"), []);
  assertEquals(codesOf("Person", "Last Name", labelsIn("EN US")), ["name"]);
  assertEquals(codesOf("Person", "first_name", labelsIn("EN US")), []);
});

Deno.test("names are found without regard to case, in every alphabet", () => {
  assertEquals(codesOf("Person", "FIRST_name"), ["first_name"]);
  assertEquals(codesOf("Person", "PRÉNOM", labelsIn("FR FR")), ["first_name"]);
  assertEquals(codesOf("Person", "prénom".normalize("NFD"), labelsIn("FR FR")), ["first_name"]);
});

Deno.test("both sides of an arrow are labels in the user's language", () => {
  assertEquals(codesOf("Person", "Site->Code postal", labelsIn("FR FR")), ["location_id->postal_code"]);
  assertEquals(codesOf("Person", "Site->Postal code", labelsIn("FR FR")), []);
});

Deno.test("id is id in every language", () => {
  assertEquals(codesOf("Person", "ID", labelsIn("FR FR")), ["id"]);
  assertEquals(codesOf("Person", "id"), ["id"]);
});

Deno.test("a language without labels has those of the first one, and its aliases", () => {
  assertEquals(codesOf("UserLocal", "Person->Email", labelsIn("DE DE")), ["contactid->email"]);
  assertEquals(codesOf("UserLocal", "Contact (person)->Email", labelsIn("DE DE")), ["contactid->email"]);
});

Deno.test("an alias is known where its label is: in its language, and not among the codes", () => {
  assertEquals(codesOf("UserLocal", "Contact (person)", labelsIn("EN US")), ["contactid"]);
  assertEquals(codesOf("UserLocal", "Contact (person)", labelsIn("FR FR")), []);
  assertEquals(codesOf("UserLocal", "Contact (person)"), []);
});

Deno.test("an external field is the column of its key that it stands for", () => {
  const [target] = knownIn("Person").get("org_name")?.targets ?? [];
  assert(target?.kind === "through_key");
  assertEquals([target.key.code, target.attribute.code, target.externalField], ["org_id", "name", "org_name"]);
});

Deno.test("a label of a key and of its target's friendly name means the key, without a warning", () => {
  assertEquals(codesOf("Server", "Organization", labelsIn("EN US")), ["org_id", "org_id_friendlyname"]);
  assertEquals(planOf("Server", "Name,Organization", "Name", labelsIn("EN US")).warnings, []);
});

Deno.test("a label of two attributes means the first one, with a warning for columns and one for keys", () => {
  const plan = planOf("URP_UserProfile", "Profile,User", "User,PROFILE", labelsIn("EN US"));
  assertEquals(plan.codes, ["profileid", "userid"]);
  const rest = "is ambiguous. Could be related to profileid or profile or profileid_friendlyname. " +
    "The first one will be used: profileid";
  assertEquals(plan.warnings, [`Input column 'Profile' ${rest}`, `Reconciliation key 'PROFILE' ${rest}`]);
});
