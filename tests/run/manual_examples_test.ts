/** The examples of the manual of iTop's import load as they stand there (SPEC 4): persons, then their logins. */
import { assertEquals } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";

const PERSONS = `Last Name,Status,Organization->Name,Email,Phone,Notification,Function,First Name
"Flaubert","Active","IT Department","","","yes","","Gustave"
`;
const LOGINS = `Contact (person)->Email,Login,Language,Password,Profiles
"","support","EN US",1234,profileid->name:Configuration Manager|profileid->name:Change Supervisor
"","portal","EN US",1234,profileid->name:Portal user
`;
const LABELS = { no_localize: "0" };

for (const separator of [",", ";"]) {
  Deno.test(`the manual's persons and logins are loaded, and found again, with ${separator} as separator`, () =>
    withWorld(async ({ load, query }) => {
      const written = (text: string) => text.replaceAll(",", separator);
      await load("Organization", written("Name,Code\nDemo,DEMO\nIT Department,IT\n"), { ...LABELS, separator });
      const persons = { ...LABELS, separator, reconciliationkeys: "Email" };
      const logins = { ...LABELS, separator, reconciliationkeys: "Login" };
      const [[person], users] = [
        (await load("Person", written(PERSONS), persons)).rows,
        (await load("UserLocal", written(LOGINS), logins)).rows,
      ];
      assertEquals([person, ...users].map((row) => row?.split(" ")[0]), ["created", "created", "created"]);
      const again = [
        ...(await load("Person", written(PERSONS), persons)).rows,
        ...(await load("UserLocal", written(LOGINS), logins)).rows,
      ];
      assertEquals(again.map((row) => row.split(" ")[0]), ["unchanged", "unchanged", "unchanged"]);
      assertEquals(
        query("SELECT userlogin, profile FROM view_URP_UserProfile WHERE userlogin <> 'admin' ORDER BY id"),
        [
          "support Configuration Manager",
          "support Change Supervisor",
          "portal Portal user",
        ],
      );
    }));
}
