/**
 * Who may load what: every profile of the built-in model with every class, against a table that is written by hand. The rule is asked for
 * all of it, imports for a part.
 */
import { assert, assertEquals } from "@std/assert";
import { classOf } from "../../lib/model/look_up.ts";
import { mayBulkWrite } from "../../lib/users/rights.ts";
import { ITOP } from "../columns/planned.ts";
import { describeRun } from "../helpers/scratch.ts";
import { as, CLASSES, MAY_LOAD, mayLoad, PROFILES, withEverybody } from "./everybody.ts";

Deno.test("every profile with every class: the rule says what the table says", () => {
  const idOf = (name: string) => ITOP.profiles.find((profile) => profile.name === name)?.id ?? NaN;
  for (const profile of PROFILES) {
    for (const code of CLASSES) {
      const may = mayBulkWrite({ profiles: [idOf(profile)] }, classOf(ITOP, code), ITOP);
      assertEquals(may, mayLoad(profile, code), `${profile}, ${code}`);
    }
  }
});

/** Each profile with some classes, and each class with a profile; and some that who may load anything may load, or not. */
const SAMPLE: readonly (readonly [string, string])[] = [
  ...PROFILES.flatMap((profile, index) =>
    CLASSES.filter((_code, place) => place % PROFILES.length === index).map((code) => [profile, code] as const)
  ),
  ...Object.keys(MAY_LOAD).flatMap((profile) =>
    ["Organization", "Server", "UserLocal", "Document", "FAQ"].map((code) => [profile, code] as const)
  ),
];

Deno.test("profiles with classes: an import is allowed, or refused before a row is looked at", () =>
  withEverybody(async ({ print, everything }) => {
    const before = everything();
    for (const [profile, code] of SAMPLE) {
      // An id that nobody has: the row comes to nothing, if it is looked at.
      const run = await print(code, "id\n987654\n", { ...as(profile), reconciliationkeys: "id", output: "retcode" });
      const expected = mayLoad(profile, code) ? 1 : 77;
      assertEquals(run.exitCode, expected, `${profile}, ${code}${describeRun(run)}`);
      if (expected === 77) {
        assert(run.stderr.includes(`not allowed to perform a bulk update of objects of class ${code}`));
      }
    }
    assertEquals(
      everything().filter((row) => !row.startsWith("change") && !row.includes('"name":"change"')),
      before.filter((row) => !row.startsWith("change") && !row.includes('"name":"change"')),
    );
  }));

Deno.test("the table has every class and profile of the model", () =>
  withEverybody(({ query }) => {
    const views = query(
      "SELECT substr(name, 6) FROM sqlite_schema WHERE type = 'view' AND name LIKE 'view\\_%' ESCAPE '\\'",
    );
    assertEquals(views.sort(), [...CLASSES].sort());
    assertEquals(query("SELECT name FROM urp_profiles").sort(), [...PROFILES].sort());
    return Promise.resolve();
  }));

/** What can be done, with the class through which it is: the class, the file, and what becomes of its row when it is allowed. */
const ACTIONS: readonly (readonly [string, string, string, string])[] = [
  ["create", "Person", "name,first_name,org_id->name\nNew,N,Acme\n", "created Person"],
  ["update", "Person", "name,function\nAnn,Boss\n", "updated Person"],
  ["update through a parent class", "Contact", "name,email\nAnn,a@acme.org\n", "updated Person"],
  ["create through a parent class", "Contact", "name,org_id->name\nNobody,Acme\n", "rejected"],
  ["link by a link set", "Team", "name,persons_list\nOps,person_id->name:Ann\n", "updated Team"],
  ["link by a link", "lnkPersonToTeam", "team_id->name,person_id->name\nOps,Ann\n", "created lnkPersonToTeam"],
  ["create a login", "UserLocal", "login,password,profile_list\nx,X-Passw0rd-1,profileid:2\n", "created UserLocal"],
  ["give a profile", "URP_UserProfile", "userid->login,profileid\nportal-user,8\n", "created URP_UserProfile"],
];

for (const simulate of ["0", "1"]) {
  for (const [action, code, csv, done] of ACTIONS) {
    Deno.test(`${action}, simulate=${simulate}: who may load ${code} may, and nobody else`, () =>
      withEverybody(async ({ print, load, everything }) => {
        const reconciliationkeys = code === "URP_UserProfile" ? "userid->login,profileid" : csv.split(",")[0] ?? "";
        const keys = code.startsWith("lnk") ? {} : { reconciliationkeys };
        const before = everything();
        for (const profile of PROFILES) {
          if (mayLoad(profile, code)) continue;
          const run = await print(code, csv, { ...as(profile), ...keys, simulate });
          assertEquals(run.exitCode, 77, `${profile}${describeRun(run)}`);
          assert(!run.stdout.includes("\nLine;"), describeRun(run));
        }
        assertEquals(everything(), before, "somebody who may not has written");
        const allowed = PROFILES.filter((profile) => mayLoad(profile, code));
        for (const profile of simulate === "1" ? allowed : allowed.slice(-1)) {
          const { rows } = await load(code, csv, { ...as(profile), ...keys, simulate });
          assert(rows[0]?.startsWith(done), `${profile}: ${rows[0]}`);
        }
        if (simulate === "1") assertEquals(everything(), before, "a simulation has written");
      }));
  }
}
