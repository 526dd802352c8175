/** A second run of the same file changes nothing, and writes nothing to the database. */
import { assertEquals } from "@std/assert";
import { type Parameters, withModel, withWorld } from "../helpers/loading.ts";

/** What a file is for, its class, its parameters, its rows. */
const FILES: readonly (readonly [string, string, Parameters, string])[] = [
  ["a hierarchy", "Organization", { reconciliationkeys: "name" }, "name,parent_id->name\nTop,\nLow,Top\nDeep,low\n"],
  [
    "the values of every kind",
    "Server",
    { date_format: "d/m/Y" },
    "name,org_id->name,description,nb_u,managementip,move2production,status,brand_id->name\n" +
    'web,My Company/Department,"a\n""b""; c",042,10.0.0.1,29/02/2024,stock,dell\ndb,my company/department," x ",,,,,<NULL>\n',
  ],
  [
    "decimals and booleans",
    "PhysicalInterface",
    {},
    "name,connectableci_id->name,speed\neth0,web,1000\neth1,web,.5\neth2,web,1.010\n",
  ],
  [
    "users with passwords, profiles and a log",
    "UserLocal",
    { reconciliationkeys: "login" },
    "login,password,profile_list,log,status\nann,Secret_1,profileid->name:Portal user|profileid:1;reason:x,hello,enabled\n" +
    "bob,Secret_2,'profileid:3',,disabled\n",
  ],
  ["link sets with attributes", "Team", {}, "name,org_id,persons_list\nBlue,1,person_id:1;role_id:37\nRed,1,\n"],
  [
    "labels in the user's language",
    "Person",
    { no_localize: "0" },
    "Last Name,First Name,Organization->Name,Status,Notification\nDoe,Jane,My Company/Department,Inactive,no\n",
  ],
];

Deno.test("a second run is all unchanged and leaves every table as it was", () =>
  withWorld(async ({ load, everything }) => {
    await load("Server", "name,org_id\nweb,1\n");
    await load("ContactType", "name\nBoss\n");
    for (const [subject, modelClass, params, csv] of FILES) {
      const first = await load(modelClass, csv, params);
      assertEquals(first.run.exitCode, 0, `${subject}: ${first.rows.join("\n")}`);
      const before = everything();
      const second = await load(modelClass, csv, params);
      assertEquals(second.rows.filter((row) => !row.startsWith("unchanged ")), [], subject);
      assertEquals(everything(), before, subject);
    }
  }));

Deno.test("the same for a model of one's own, with links, decimals, booleans, date-times and lists by both ends", () =>
  withModel("library.jsonc", async ({ load, everything }) => {
    const files: readonly (readonly [string, string])[] = [
      ["Genre", "name,parent_id->name\nFiction,\nCrime,Fiction\n"],
      ["Author", "name,born,homepage\nAnn,1960-2-3,https://ann.example.org\nBob,,\n"],
      [
        "Book",
        "isbn,title,genre_id->name,price,status,pages,reference_only,authors\n" +
        "1,One,Crime,12.5,on_shelf,007,YES,author_id->name:Ann;role:editor|author_id->name:Bob\n2,Two,,.990,lent,,0,\n",
      ],
      ["Author", "name,books\nBob,book_id->isbn:1|book_id->isbn:2;role:translator\n"],
      ["Loan", "item_id->title,reader,lent_on,returned_at,note\nOne,a@b.co,2024-02-29,2024-3-1 08:00:00,x\n"],
    ];
    for (const [modelClass, csv] of files) {
      assertEquals((await load(modelClass, csv)).run.exitCode, 0, modelClass);
      const before = everything();
      const { rows } = await load(modelClass, csv);
      assertEquals(rows.filter((row) => !row.startsWith("unchanged ")), [], modelClass);
      assertEquals(everything(), before, modelClass);
    }
  }));

Deno.test("an unchanged run leaves the file of the database as it was, byte for byte", () =>
  withWorld(async ({ load, database }) => {
    const csv = "name,code,parent_id->name\nAcme,A,\nBeta,B,Acme\n";
    await load("Organization", csv);
    const content = () => [database, `${database}-wal`].map((file) => bytesOf(file));
    await load("Organization", csv);
    const before = content();
    await load("Organization", csv);
    await load("Organization", csv, { simulate: "1" });
    assertEquals(content(), before);
  }));

/** A file that is not there is empty. */
function bytesOf(file: string): Uint8Array {
  try {
    return Deno.readFileSync(file);
  } catch {
    return new Uint8Array();
  }
}
