/** Which object a row matches. */
import { assertEquals } from "@std/assert";
import { preparedWorld, withWorld } from "../helpers/loading.ts";

const AMBIGUOUS = "rejected: ambiguous reconciliation: 2 objects (Server::1, Server::2)";
const FAILED = "rejected: failed to reconcile";
const otherName = (name: string) =>
  `${FAILED}: no 'Person' object was found by friendlyname '${name}', ` +
  "and a new one would have another name. Correct it, or give the columns that make the name the same values";
const noId = (id: string) =>
  `${FAILED}: no 'Server' object was found by id '${id}', ` +
  "and a new one could not be given an id. Correct it, or name other reconciliation keys";

/** What a row without any key is told, when an object without any is there. */
function withoutKeys(keys: string): string {
  return `the reconciliation keys are empty (${keys}), and an object without any is there already: without a key no ` +
    "object is changed. Fill a key, or name other columns with reconciliationkeys";
}

/** Organizations 2 to 4, locations 1 to 3 in them, servers 1 to 3. */
const withPlaces = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nAcme,A\nBeta,B\nGamma,\n");
  const locations = "name,city,country,org_id->name\nHQ,Paris,FR,Acme\nHQ,Lyon,FR,Beta\nDepot,Paris,US,Beta\n";
  await load("Location", locations, { reconciliationkeys: "name,org_id" });
  const servers = "name,org_id->name,location_id->city,location_id->country,nb_u,move2production,status\n" +
    "web,Acme,Paris,FR,42,2024-02-05,stock\nweb,Beta,,,7,2024-02-06,production\ndb,Beta,Lyon,FR,,,production\n";
  await load("Server", servers);
});

/** A test of what becomes of the rows of a file; what is wrong with cells is left out. */
function becomes(
  rule: string,
  modelClass: string,
  csv: string,
  keys: string,
  expected: readonly string[],
  params: Readonly<Record<string, string>> = {},
): void {
  Deno.test(rule, () =>
    withPlaces(async ({ load }) => {
      const { rows } = await load(modelClass, csv, { reconciliationkeys: keys, ...params });
      assertEquals(rows.map((row) => row.replace(/ \| .*/, "")), expected);
    }));
}

becomes(
  "two keys are joined by AND",
  "Server",
  "name,org_id,cpu\nweb,2,x\nweb,3,y\ndb,2,z\n",
  "name,org_id",
  ['updated Server 1 cpu=""->"x"', 'updated Server 2 cpu=""->"y"', "created Server 4"],
);

becomes("several matches make the row ambiguous, and nothing is written", "Server", "name,cpu\nweb,x\n", "name", [
  AMBIGUOUS,
]);

becomes(
  "the key id takes the ids of existing objects only",
  "Server",
  "id,cpu\n3,x\n4,x\n03,x\n,x\n3x,x\n<NULL>,x\n-3,x\n",
  "id",
  ['updated Server 3 cpu=""->"x"', ...["4", "03", "", "3x", "", "-3"].map(noId)],
);

becomes(
  "an external key is identified by all its parts together",
  "Server",
  "location_id->city,location_id->country,cpu\nLyon,FR,x\nLyon,US,x\nParis,,x\nParis,fr,y\n",
  "location_id",
  ['updated Server 3 cpu=""->"x"', FAILED, FAILED, 'updated Server 1 cpu=""->"y"'],
);

becomes(
  "parts that do not tell one target from another fail to reconcile",
  "Server",
  "location_id->country,cpu\nFR,x\nUS,x\n",
  "location_id",
  [FAILED, "rejected: Could not be created, due to missing external key(s): Organization"],
);

becomes(
  "an external key that may be empty matches the objects without a target when it is",
  "Server",
  "location_id->city,location_id->country,cpu\n,,x\n<NULL>,,\n",
  "location_id",
  [`rejected Server 2: ${withoutKeys("'location_id->city', 'location_id->country'")}`, "unchanged Server 2"],
);

becomes(
  "an empty mandatory external key fails to reconcile",
  "Server",
  "name,org_id->name,cpu\nweb,,x\nweb,<NULL>,x\n",
  "name,org_id",
  [FAILED, FAILED],
);

becomes(
  // SPEC 14: Blanks at the ends of a cell of one line do not count.
  "text matches without regard to case and to blanks at the ends of the cell; the new spelling is written",
  "Organization",
  'name,code\nACME,A\n"acme  ",A\n" Acme",A\n',
  "name",
  [
    'updated Organization 2 name="Acme"->"ACME"',
    'updated Organization 2 name="ACME"->"acme"',
    'updated Organization 2 name="acme"->"Acme"',
  ],
  { twins: "last" },
);

becomes(
  "an integer key is a number, however it is written",
  "Server",
  "nb_u,cpu\n042,x\n+7,x\n8,x\n42.0,x\n,x\n",
  "nb_u",
  [
    'updated Server 1 cpu=""->"x"',
    'updated Server 2 cpu=""->"x"',
    "rejected: Could not be created, due to missing external key(s): Organization",
    // Zeros behind the point are no loss (SPEC 14), and the first row has found this object (twins).
    "unchanged Server 1",
    FAILED,
  ],
);

becomes(
  "a date key is read in the format of the run",
  "Server",
  "move2production,cpu\n05/02/2024,x\n2024-02-06,x\n31/02/2024,x\n,x\n",
  "move2production",
  ['updated Server 1 cpu=""->"x"', "rejected: wrong date format", "rejected: wrong date format", FAILED],
  { date_format: "d/m/Y" },
);

becomes(
  // SPEC 14: Enumerations take labels and codes in any case where that is unambiguous.
  "an enumeration key is a code with codes: another value matches nothing, an empty one fails",
  "Server",
  "status,name\nstock,web\nSTOCK,web\nSTOCKS,web\n,web\n",
  "status",
  ["unchanged Server 1", "unchanged Server 1", "rejected: Unexpected attribute value(s)", FAILED],
);

becomes(
  "an enumeration key is a label with labels: anything else fails",
  "Location",
  "Name,Status,City\nDepot,Active,Nice\nDepot,active,Nice\nDepot,Actif,Nice\n",
  "Name,Status",
  ['updated Location 3 city="Paris"->"Nice"', "unchanged Location 3", FAILED],
  { no_localize: "0" },
);

becomes(
  "finalclass as a key is a class's code, in any case",
  "FunctionalCI",
  "name,finalclass,description\ndb,Server,x\ndb,server,x\ndb,Rack,x\n",
  "name,finalclass",
  [
    'updated Server 3 description=""->"x"',
    "unchanged Server 3",
    "rejected: FunctionalCI is abstract: no object of it can be created",
  ],
);

becomes(
  "a key through an arrow may be an external field of the target",
  "Server",
  "location_id->org_name,cpu\nAcme,x\nBeta,x\n",
  "location_id",
  ['updated Server 1 cpu=""->"x"', FAILED],
);

Deno.test("finalclass as a key may be a label in a file with labels", () =>
  withPlaces(async ({ load, objects }) => {
    await load("DBServer", "name,org_id,system_id\nmysql,3,3\n", { reconciliationkeys: "name" });
    const csv = "Name,CI sub-class,Path\nmysql,DB Server,/a\nmysql,DBServer,/b\nmysql,Web server,/c\n";
    const { rows } = await load("SoftwareInstance", csv, {
      reconciliationkeys: "Name,CI sub-class",
      no_localize: "0",
      twins: "last",
    });
    assertEquals(rows.slice(0, 2), ['updated DBServer 4 path=""->"/a"', 'updated DBServer 4 path="/a"->"/b"']);
    assertEquals(rows[2], "rejected: SoftwareInstance is abstract: no object of it can be created");
    assertEquals(objects("DBServer", "id,path"), ["4,/b"]);
  }));

Deno.test("the friendly name as a key matches as text does, and creates only what will bear it", () =>
  withPlaces(async ({ load, objects }) => {
    await load("Person", "name,first_name,org_id\nDoe,Jane,2\n");
    const params = { reconciliationkeys: "friendlyname" };
    assertEquals((await load("Person", "friendlyname,email\njane DOE,j@d.co\nJane,x@y.co\n", params)).rows, [
      'updated Person 2 email=""->"j@d.co"',
      otherName("Jane"),
    ]);
    const csv = "friendlyname,first_name,name,org_id\nJohn Roe,John,Roe,2\nJohn Roe,John,Roe,2\nJack Roe,John,Roe,2\n";
    assertEquals((await load("Person", csv, params)).rows, [
      "created Person 3",
      "unchanged Person 3",
      otherName("Jack Roe"),
    ]);
    assertEquals(objects("Person", "id,friendlyname").slice(1), ["2,Jane Doe", "3,John Roe"]);
  }));

Deno.test("a row sees at once that a row before it changed a friendly name", () =>
  withPlaces(async ({ load }) => {
    await load("Person", "name,first_name,org_id\nDoe,Jane,2\n");
    const csv = "friendlyname,first_name,name,org_id\nJane Doe,June,Doe,2\nJane Doe,Jane,Doe,2\nJune Doe,June,Doe,2\n";
    assertEquals((await load("Person", csv, { reconciliationkeys: "friendlyname" })).rows, [
      'updated Person 2 first_name="Jane"->"June"',
      "created Person 3",
      "unchanged Person 2",
    ]);
  }));

Deno.test("a parent class matches objects of its subclasses, and reports their own class", () =>
  withPlaces(async ({ load, objects }) => {
    const csv = "name,org_id->name,description\ndb,Beta,x\nnew,Beta,x\n";
    const { rows } = await load("FunctionalCI", csv, { reconciliationkeys: "name,org_id" });
    const abstract = "rejected: FunctionalCI is abstract: no object of it can be created";
    assertEquals(rows, ['updated Server 3 description=""->"x"', abstract]);
    assertEquals(objects("Server", "id,description"), ["1,", "2,", "3,x"]);
  }));

Deno.test("a class is matched by its own objects only, not by those of its siblings", () =>
  withPlaces(async ({ load }) => {
    await load("Rack", "name,org_id\ndb,3\n", { reconciliationkeys: "name" });
    assertEquals((await load("Rack", "name,org_id,nb_u\ndb,3,4\n", { reconciliationkeys: "name" })).rows, [
      "updated Rack 4 nb_u=null->4",
    ]);
    assertEquals((await load("Server", "name,org_id,nb_u\ndb,3,4\n", { reconciliationkeys: "name" })).rows, [
      "updated Server 3 nb_u=null->4",
    ]);
  }));

Deno.test("keys that are all empty change nothing (SPEC 14); blanks are empty, one key of two is not", () =>
  withPlaces(async ({ load }) => {
    const params = { reconciliationkeys: "code" };
    const csv = 'name,code\nDelta,\nGamma,\nZeta,"  "\nEta,<NULL>\n"",\n';
    assertEquals((await load("Organization", csv, params)).rows.map((row) => row.replace(/ \| .*/, "")), [
      `rejected Organization 4: ${withoutKeys("'code'")}`,
      "unchanged Organization 4",
      `rejected Organization 4: ${withoutKeys("'code'")}`,
      `rejected Organization 4: ${withoutKeys("'code'")}`,
      "rejected Organization 4: Unexpected attribute value(s)",
    ]);
    const two = await load("Organization", "name,code\nGamma,\nAcme,\nTheta,\n", { reconciliationkeys: "name,code" });
    assertEquals(two.rows, ["unchanged Organization 4", "created Organization 5", "created Organization 6"]);
  }));

Deno.test("keys that differ behind a NUL are two keys: such rows are in error, alone and together", () =>
  withWorld(async ({ load, objects }) => {
    const header = "name,code\n";
    const rows = ["A\0x,1\n", "A\0y,2\n", "A,\0\n", "B,3\0\n", 'C,"\0"\n'];
    const told = (column: string) => `rejected: the character NUL in column '${column}' cannot be loaded`;
    // At the end of a cell too (SPEC 14).
    const expected = ["name", "name", "code", "code", "code"].map(told);
    assertEquals(
      (await load("Organization", header + rows.join(""), { simulate: "1" })).rows.map(withoutId),
      expected.map(withoutId),
    );
    const single: string[] = [];
    for (const row of rows) single.push(...(await load("Organization", header + row)).rows);
    assertEquals(single, expected);
    assertEquals(objects("Organization", "name,code").slice(1), []);
  }));

function withoutId(row: string): string {
  return row.replace(/ \d+$/, "");
}
