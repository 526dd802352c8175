import { assertEquals } from "@std/assert";
import { rootsBehind, rootsOfOrganizations } from "../../lib/reconcile/roots_behind.ts";
import { ITOP } from "../columns/planned.ts";

function roots(modelClass: string, attribute: string): string[] {
  return [...rootsBehind(ITOP, modelClass, attribute)];
}

Deno.test("a column or an id depends on objects of its own root class only", () => {
  assertEquals(roots("Person", "email"), ["Contact"]);
  assertEquals(roots("Person", "org_id"), ["Contact"]);
  assertEquals(roots("Server", "id"), ["FunctionalCI"]);
});

Deno.test("an external field depends on the objects that its key refers to, too", () => {
  assertEquals(roots("Person", "org_name"), ["Contact", "Organization"]);
  assertEquals(roots("UserLocal", "email"), ["User", "Contact"]);
  assertEquals(roots("Brand", "name"), ["Typology"]);
});

Deno.test("a friendly name depends on all that it is made of, in every class that the object may have", () => {
  assertEquals(roots("Person", "friendlyname"), ["Contact"]);
  assertEquals(roots("lnkPersonToTeam", "friendlyname"), ["lnkPersonToTeam", "Contact"]);
  assertEquals(roots("URP_UserOrg", "friendlyname"), ["URP_UserOrg", "User", "Organization"]);
  assertEquals(roots("FunctionalCI", "friendlyname"), ["FunctionalCI"]);
});

Deno.test("whether an object is to be seen depends on organisations, and for a link on both of its ends", () => {
  const behind = (root: string) => [...rootsOfOrganizations(ITOP, new Set([root]))].sort();
  assertEquals(behind("Organization"), ["Organization"]);
  assertEquals(behind("Contact"), ["Contact", "Organization"]);
  assertEquals(behind("lnkPersonToTeam"), ["Contact", "Organization"]);
});
