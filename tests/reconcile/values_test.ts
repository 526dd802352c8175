/** What cells do to an object: values, no values, and the cells of the report. */
import { assertEquals } from "@std/assert";
import { parseOurReport } from "../helpers/our_report.ts";
import { preparedWorld, withModel, withWorld } from "../helpers/loading.ts";

const withServer = preparedWorld(async ({ load }) => {
  await load("Location", "name,org_id\nHQ,1\n");
  const csv = "name,org_id,description,location_id->name,nb_u,managementip,move2production,status,cpu\n" +
    "web,1,text,HQ,4,10.0.0.1,2024-02-05,stock,x86\n";
  await load("Server", csv);
});

const FIELDS = "name,description,location_id,nb_u,managementip,move2production,status,cpu";

Deno.test("an empty cell and <NULL> take every value away that may be taken away, and once only", async () => {
  for (const none of ["", "<NULL>", '"<NULL>"']) {
    await withServer(async ({ load, objects }) => {
      assertEquals(objects("Server", FIELDS), ["web,text,1,4,10.0.0.1,2024-02-05,stock,x86"]);
      const csv = "name,description,location_id->name,nb_u,managementip,move2production,status,cpu\n" +
        `web${`,${none}`.repeat(7)}\n`.repeat(2);
      const { rows } = await load("Server", csv, { reconciliationkeys: "name" });
      assertEquals(rows, [
        'updated Server 1 location_id=1->null description="text"->"" nb_u=4->null managementip="10.0.0.1"->"" ' +
        'move2production="2024-02-05"->null status="stock"->null cpu="x86"->""',
        "unchanged Server 1",
      ]);
      assertEquals(objects("Server", FIELDS), ["web,,0,,,,,"]);
    });
  }
});

Deno.test("a new object has no value where the cell has none, and its default where there is no column", () =>
  withServer(async ({ load, objects }) => {
    await load("Server", "name,org_id,status,business_criticity,nb_u\na,1,,<NULL>,\n");
    await load("Server", "name,org_id\nb,1\n");
    const fields = "name,status,business_criticity,nb_u,redundancy";
    assertEquals(objects("Server", fields).slice(1), ["a,,,,1", "b,production,low,,1"]);
  }));

Deno.test("mandatory cells: every one that is empty is told, on creation and on update", () =>
  withServer(async ({ load }) => {
    const isNull = (code: string) => `Unexpected value for attribute '${code}': Null not allowed`;
    const typed = (code: string) => `${code}: '' is an invalid value. ${isNull(code)}`;
    const absent = (code: string) => `${code}: Invalid value for attribute. ${isNull(code)}`;
    const key = "org_id: Invalid value for attribute. Null not allowed";
    const csv = 'name,first_name,org_id->name,status,email\n,,,,new@x.co\n<NULL>,<NULL>,<NULL>,"<NULL>",new@x.co\n' +
      ",,,,animal@x.co\n";
    await load("Person", "name,first_name,org_id,email\nFarm,A,1,animal@x.co\n", { reconciliationkeys: "email" });
    const bad = "Unexpected attribute value(s)";
    const cells = [typed("name"), typed("first_name"), typed("status")].join(" | ");
    assertEquals((await load("Person", csv, { reconciliationkeys: "email" })).rows, [
      `rejected: ${bad} | ${key} | ${cells}`,
      `rejected: ${bad} | ${key} | ${[absent("name"), absent("first_name"), absent("status")].join(" | ")}`,
      `rejected Person 2: ${bad} | ${key} | ${cells}`,
    ]);
  }));

Deno.test("mandatory attributes without a column are told by label and code, all together", () =>
  withServer(async ({ load }) => {
    const missing = (label: string, code: string) =>
      `Unexpected value for attribute '${label}' (${code}) : Null not allowed`;
    assertEquals((await load("Software", "name\nx\n")).rows, [
      `rejected: ${missing("Vendor", "vendor")} | ${missing("Version", "version")}`,
    ]);
  }));

Deno.test("one bad cell leaves the whole row out, and all bad cells are told", () =>
  withServer(async ({ load, objects }) => {
    const csv =
      "name,cpu,nb_u,managementip,status,move2production\nweb,arm,x,1.2.3,on,2024-02-06\nweb,arm,1,1.2.3.4,stock,2024-02-30\n";
    const { rows } = await load("Server", csv, { reconciliationkeys: "name" });
    const wrong = (code: string, cell: string, why: string) =>
      `${code}: '${cell}' is an invalid value. Unexpected value for attribute '${code}': ${why}`;
    assertEquals(rows, [
      `rejected Server 1: Unexpected attribute value(s) | ${
        [
          wrong("nb_u", "x", "Wrong format [x], expected a whole number: digits, a sign before them if need be"),
          wrong(
            "managementip",
            "1.2.3",
            "Wrong format [1.2.3], expected an IP address such as 10.0.0.1 or 2001:db8::1, without a zone or a prefix length",
          ),
          wrong("status", "on", "Value not allowed [on], expected stock, implementation, production, obsolete"),
        ].join(" | ")
      }`,
      "rejected: wrong date format | move2production: '2024-02-30' is an invalid value. Expected format: 2022-10-23",
    ]);
    assertEquals(objects("Server", FIELDS), ["web,text,1,4,10.0.0.1,2024-02-05,stock,x86"]);
  }));

Deno.test("the same value in another spelling is unchanged, and is shown as it was typed", () =>
  withServer(async ({ print }) => {
    const csv = "name,location_id->name,nb_u,move2production\nweb,hq,+004,5/2/2024\n";
    const run = await print("Server", csv, { reconciliationkeys: "name", date_format: "j/n/Y" });
    assertEquals(parseOurReport(run.stdout).table?.rows, [
      ["0", "unchanged", "Server", "1", "1", "web", "+004", "5/2/2024"],
    ]);
  }));

// SPEC 14: Blanks at the ends of a cell of one line do not count.
Deno.test("text is compared exactly: case and blanks within are changes, blanks at its ends are none", () =>
  withServer(async ({ load }) => {
    const csv = 'name,cpu\nweb,X86\nweb,"X86 "\nweb,X86\nweb,"X86\nx"\n';
    assertEquals((await load("Server", csv, { reconciliationkeys: "name", twins: "last" })).rows, [
      'updated Server 1 cpu="x86"->"X86"',
      "unchanged Server 1",
      "unchanged Server 1",
      "rejected Server 1: Unexpected attribute value(s) | cpu: 'X86\nx' is an invalid value. " +
      "Unexpected value for attribute 'cpu': Line break in it, expected a text of one line",
    ]);
  }));

Deno.test("id beside another key and finalclass are compared and not written", () =>
  withServer(async ({ load, print }) => {
    const csv = "name,id,finalclass,org_id\nweb,77,Server,1\nnew,1,,1\nbad,1,Rack,1\n";
    const run = await print("Server", csv, { reconciliationkeys: "name" });
    const notAllowed =
      "'Rack' is an invalid value. Unexpected value for attribute 'finalclass': Value not allowed [Rack], expected Server";
    assertEquals(parseOurReport(run.stdout).table?.rows, [
      ["0", "unchanged", "Server", "1", "1", "web", "77", "Server", "1"],
      ["1", "created", "Server", "2", "1", "new", "1", "Server", "1"],
      ["2", "Issue: Unexpected attribute value(s)", "n/a", "n/a", "1", "bad", "1", notAllowed, "1"],
    ]);
    const labels = "Name,CI sub-class\nweb,Server\nweb,Serveur\n";
    const { rows } = await load("Server", labels, { reconciliationkeys: "Name", no_localize: "0" });
    assertEquals(rows.map((row) => row.slice(0, 8)), ["unchange", "rejected"]);
  }));

Deno.test("rows without an object show n/a, and what was typed", () =>
  withServer(async ({ print }) => {
    const csv = "name,org_id->name,cpu\nweb,Nope,a\n" +
      'web,"My Company/Department",b,c\nweb,"My Company/Department"x,d\n';
    const run = await print("Server", csv, { reconciliationkeys: "name,org_id" });
    const noMatch = "No match for value 'Nope'. Some possible 'Organization' value(s): My Company/Department";
    const text = "Issue: text after the closing qualifier in line 4, column 'org_id->name': " +
      "the separator or the end of the line was expected";
    assertEquals(parseOurReport(run.stdout).table?.rows, [
      ["0", "Issue: failed to reconcile", "n/a", "n/a", noMatch, "web", "a"],
      ["1", "Issue: 4 cells where the header has 3", "n/a", "n/a", "n/a", "web", "b"],
      ["2", text, "n/a", "n/a", "n/a", "web", "d"],
    ]);
  }));

Deno.test("an abstract class updates objects of its subclasses, and creates none", () =>
  withServer(async ({ load, query }) => {
    const csv = "name,org_id,description\nweb,1,new\nnone,1,x\nweb,1,newer\n";
    assertEquals((await load("FunctionalCI", csv, { twins: "last" })).rows, [
      'updated Server 1 description="text"->"new"',
      "rejected: FunctionalCI is abstract: no object of it can be created",
      'updated Server 1 description="new"->"newer"',
    ]);
    assertEquals(query("SELECT COUNT(*) FROM functionalci"), ["1"]);
  }));

Deno.test("a French user's file: labels and values in French, report in English but for the column labels", () =>
  withServer(async ({ load, print, objects }) => {
    await load("UserLocal", "login,password,language,profile_list\nfr,fr,FR FR,profileid:1\n");
    const french = {
      auth_user: "fr",
      auth_pwd: "fr",
      no_localize: "0",
      reconciliationkeys: "NOM,organisation->nom organisation",
    };
    const csv = "Nom,Organisation->Nom organisation,Etat,Criticité\nweb,My Company/Department,Production,haute\n" +
      "neuf,My Company/Department,Stock,low\n";
    const run = await print("Server", csv, french);
    const report = parseOurReport(run.stdout);
    assertEquals(report.table?.heading.slice(4), [
      "org_id (Organisation - ext key)",
      "name (Nom)",
      "status (Etat)",
      "business_criticity (Criticité)",
    ]);
    assertEquals(report.table?.rows, [
      ["0", "updated 2 cols", "Server", "1", "1", "web", "production", "high"],
      [
        "1",
        "Issue: Unexpected attribute value(s)",
        "n/a",
        "n/a",
        "1",
        "neuf",
        "stock",
        "'low' is an invalid value. Allowed 'business_criticity' value(s): haute,moyenne,basse",
      ],
    ]);
    assertEquals(objects("Server", "status,business_criticity"), ["production,high"]);
  }));

Deno.test("an ambiguous column is taken as the first one, with a warning in every report", () =>
  withWorld(async ({ load, print }) => {
    const csv = "User,Profile\n1,1\n";
    const params = { no_localize: "0", reconciliationkeys: "User,Profile" };
    const { rows, warnings } = await load("URP_UserProfile", csv, params);
    assertEquals(rows, ["unchanged URP_UserProfile 1"]);
    assertEquals(warnings.map((warning) => warning.slice(0, 40)), [
      "Input column 'Profile' is ambiguous. Cou",
      "Reconciliation key 'Profile' is ambiguou",
    ]);
    const { comments } = parseOurReport((await print("URP_UserProfile", csv, params)).stdout);
    assertEquals(comments.filter((line) => line.startsWith("#Warning: ")), warnings.map((text) => `#Warning: ${text}`));
  }));

Deno.test("an alias is known in the language whose label is used", () =>
  withModel("library.jsonc", async ({ load }) => {
    await load("UserLocal", "login,password,language,profile_list\nfr,fr,FR FR,profileid:1\n");
    await load("Book", "title,isbn\nDune,1\n");
    const french = { auth_user: "fr", auth_pwd: "fr", no_localize: "0", reconciliationkeys: "isbn-13" };
    assertEquals((await load("Book", "ISBN-13,Titre\n1,Dune 2\n", french)).rows, [
      'updated Book 1 title="Dune"->"Dune 2"',
    ]);
  }));
