/** Which keys may tell that an object matches which the user may not see. */
import { assertEquals } from "@std/assert";
import { areOwnKeys } from "../../lib/reconcile/own_keys.ts";
import { planOf } from "../columns/planned.ts";

/** The class, the header, the keys that are named, and whether they are the class's own from the first one on. */
const KEYS: readonly (readonly [string, string, string, boolean])[] = [
  ["Organization", "name,code", "", true],
  ["Organization", "name,code", "name", true],
  ["Organization", "name,code", "code", false],
  ["Organization", "id,name", "id", false],
  ["Organization", "name,code,status", "name,code,status", false],
  ["Person", "name,employee_number", "name,employee_number", false],
  ["Person", "name,employee_number", "", false],
  ["Person", "name,email", "email", false],
  ["Person", "name,first_name,function", "first_name,name", true],
  ["Person", "name,first_name,function", "name,first_name,function", false],
  ["Person", "name,first_name,org_id->name,email", "", true],
  ["Person", "name,first_name,org_name,email,employee_number", "", true],
  ["Person", "name,friendlyname", "friendlyname", false],
  ["lnkPersonToTeam", "team_id,person_id", "", true],
];

for (const [modelClass, header, keys, expected] of KEYS) {
  const named = keys === "" ? "those of the class" : keys;
  Deno.test(`${modelClass}: of the columns ${header}, the keys ${named} ${expected ? "tell" : "do not tell"} of hidden objects`, () => {
    assertEquals(areOwnKeys(planOf(modelClass, header, keys)), expected);
  });
}
