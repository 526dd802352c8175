/** `csvrecon explain`: every look-up of one row, and what an import would make of it (SPEC 15). */
import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { preparedWorld } from "../helpers/loading.ts";
import { explainRow } from "../helpers/explaining.ts";
import { assertExit } from "../helpers/scratch.ts";

const PERSONS = "name,first_name,email,org_id->name\nDoe,Ann,ann@example.org,Demo\nRoe,Bob,bob@example.org,Demo\n";

interface Explained {
  readonly line: number;
  readonly lookups: readonly {
    readonly purpose: { readonly kind: string };
    readonly class: string;
    readonly count: number;
    readonly conditions: readonly { readonly attribute: string; readonly value: string | null }[];
    readonly objects: readonly { readonly id: number; readonly name: string | null }[];
    readonly near: readonly { readonly value: string }[];
  }[];
  readonly limited: boolean;
  readonly cells: Readonly<Record<string, string | null>>;
  readonly row: { readonly status: string };
}

async function explained(...args: Parameters<typeof explainRow>): Promise<Explained> {
  const [loading, modelClass, csv, line, parameters] = args;
  const { stdout } = await explainRow(loading, modelClass, csv, line, { output: "json", ...parameters });
  return JSON.parse(stdout) as Explained;
}

/** `key Person email=x 1`, with the names of what was found, or of what is near. */
function told({ lookups }: Explained): string[] {
  return lookups.map(({ purpose, class: code, conditions, count, objects, near }) =>
    [
      purpose.kind,
      code,
      ...conditions.map(({ attribute, value }) => `${attribute}=${value}`),
      count,
      ...objects.map(({ name }) => name),
      ...near.map(({ value }) => `~${value}`),
    ].join(" ")
  );
}

const withPersons = preparedWorld(async (loading) => {
  await loading.load("Organization", "name\nDemo\nDemonstration\n");
  await loading.load("Person", PERSONS);
});

const KEY = { reconciliationkeys: "email" };

Deno.test("every look-up is told, with what it found, and what would become of the row", () =>
  withPersons(async (loading) => {
    const csv = PERSONS.replace("Roe,Bob", "Poe,Bob");
    const run = await explainRow(loading, "Person", csv, 3, KEY);
    assertExit(run, 0);
    assertStringIncludes(run.stdout, "The row that begins on line 3, of Person:\n  name: Poe\n");
    assertStringIncludes(run.stdout, "  email: bob@example.org (key)\n");
    assertStringIncludes(run.stdout, "  org_id->name: Organization where Name is 'Demo': one; Organization ");
    assertStringIncludes(run.stdout, "  The object of the row: Person where Email is 'bob@example.org': one; Person ");
    assertStringIncludes(run.stdout, ", Bob Poe:\n  Last Name: Roe → Poe\n");
    assertEquals(told(await explained(loading, "Person", csv, 3, KEY)), [
      "external_key Organization name=Demo 1 Demo",
      "key Person email=bob@example.org 1 Bob Roe",
    ]);
    assertEquals((await explained(loading, "Person", csv, 2, KEY)).row.status, "unchanged");
    assertMatch((await explainRow(loading, "Person", csv, 2, KEY)).stdout, /find it unchanged: Person \d+, Ann Doe\n/);
  }));

Deno.test("where nothing is found the nearest are told, and a row in error ends with 1 and all reasons", () =>
  withPersons(async (loading) => {
    const csv = "name,first_name,email,org_id->name\nDoe,Ann,an@example.org,Dmeo\n";
    const run = await explainRow(loading, "Person", csv, 2, KEY);
    assertExit(run, 1);
    assertStringIncludes(run.stdout, "Nearest: 'Demo' (Organization ");
    assertStringIncludes(run.stdout, "Nearest: 'ann@example.org' (Person ");
    assertStringIncludes(run.stdout, "An import would leave it out:\n  org_id->name: No match for value 'Dmeo'");
    assertEquals(told(await explained(loading, "Person", csv, 2, KEY)), [
      "external_key Organization name=Dmeo 0 ~Demo",
      "key Person email=an@example.org 0 ~ann@example.org ~bob@example.org",
    ]);
  }));

Deno.test("a name that another program has written as bytes is near to nothing", () =>
  withPersons(async (loading) => {
    const other = new DatabaseSync(loading.database);
    other.exec("UPDATE organization SET name = CAST(name AS BLOB) WHERE name = 'Demo'");
    other.close();
    const csv = "name,first_name,email,org_id->name\nNew,Ann,new@example.org,Dmeo\n";
    const [target] = told(await explained(loading, "Person", csv, 2, KEY));
    assertEquals(target, "external_key Organization name=Dmeo 0");
  }));

Deno.test("several objects are counted and named, and a uniqueness rule says who is asked about", () =>
  withPersons(async (loading) => {
    await loading.load("Person", "name,first_name,email,org_id->name,employee_number\nDoe,Ann,,Demo,E1\n");
    const several = await explained(loading, "Person", "name,first_name\nDoe,Ann\n", 2);
    assertEquals(told(several), ["key Person name=Doe first_name=Ann 2 Ann Doe Ann Doe"]);
    assertEquals(several.row.status, "rejected");
    const taken = "name,first_name,email,org_id->name,employee_number\nNew,One,new@example.org,Demo,E1\n";
    const lookups = told(await explained(loading, "Person", taken, 2, KEY));
    assert(lookups.some((one) => /^uniqueness Person .*E1.* 1 Ann Doe$/.test(one)), lookups.join("\n"));
  }));

Deno.test("a row that would be created is not found by its own look-ups, and nothing is written", () =>
  withPersons(async (loading) => {
    const before = loading.everything();
    const created = await explained(
      loading,
      "Person",
      "name,first_name,email,org_id->name\nNew,One,n@x.org,Demo\n",
      2,
      KEY,
    );
    assertEquals(created.row.status, "created");
    assertEquals(told(created), ["external_key Organization name=Demo 1 Demo", "key Person email=n@x.org 0"]);
    assertEquals(loading.everything(), before);
  }));

Deno.test("columns that look in one class by one attribute are told apart by what they say", () =>
  withPersons(async (loading) => {
    const header = "name,first_name,email,org_id->name,manager_id->email\n";
    const row = async (email: string, manager: string) =>
      told(await explained(loading, "Person", `${header}New,One,${email},Demo,${manager}\n`, 2, KEY)).toSorted();
    const organization = "external_key Organization name=Demo 1 Demo";
    assertEquals(
      await row("n@x.org", "BOB@example.org"),
      [
        "external_key Person email=BOB@example.org 1 Bob Roe",
        organization,
        "key Person email=n@x.org 0",
      ].toSorted(),
    );
    assertEquals(
      await row("n@x.org", "m@x.org"),
      [
        "external_key Person email=m@x.org 0",
        organization,
        "key Person email=n@x.org 0",
      ].toSorted(),
    );
    assertEquals(await row("bob@example.org", "bob@example.org"), [
      organization,
      "key Person email=bob@example.org 1 Bob Roe",
    ]);
  }));

Deno.test("a link set's items are looked up as well", () =>
  withPersons(async (loading) => {
    const csv = 'name,org_id->name,persons_list\nT,Demo,"person_id->email:ann@example.org"\n';
    const lookups = told(await explained(loading, "Team", csv, 2, { reconciliationkeys: "name" }));
    assert(lookups.some((one) => /^other Person email=ann@example.org 1 Ann Doe$/.test(one)), lookups.join("\n"));
  }));

Deno.test("the row is found by any of its lines, and what is no row is told with the rows around it", () =>
  withPersons(async (loading) => {
    const csv = 'name,code\n"Two\nlines",A\n\nShop,B\n';
    const lineOf = async (line: number) => (await explained(loading, "Organization", csv, line)).line;
    assertEquals([await lineOf(2), await lineOf(3), await lineOf(5)], [2, 2, 5]);
    const refusals = {
      1: ["line 1 is the header", "The first row begins on line 2"],
      4: ["no row is on line 4", "begin on line 2 and 5"],
      6: ["no row is on line 6, or the file has fewer lines", "begin on line 5"],
    };
    for (const [line, words] of Object.entries(refusals)) {
      const run = await explainRow(loading, "Organization", csv, Number(line));
      assertExit(run, 64);
      for (const one of words) assertStringIncludes(run.stderr, one);
    }
    assertExit(await explainRow(loading, "Organization", "name\n", 2), 64);
    assertExit(await explainRow(loading, "Organization", csv, 0), 64);
    const open = await explainRow(loading, "Organization", 'name\nA\n"B\n', 3);
    assertExit(open, 65);
  }));

Deno.test("passwords are shown nowhere", () =>
  withPersons(async (loading) => {
    const csv = "login,password,profile_list\nann,Secret-77,profileid->name:Administrator\n";
    for (const parameters of [{}, { output: "json" }, { reconciliationkeys: "password" }] as const) {
      const run = await explainRow(loading, "UserLocal", csv, 2, parameters);
      assertFalse((run.stdout + run.stderr).includes("Secret-77"), run.stdout);
    }
    assertStringIncludes((await explainRow(loading, "UserLocal", csv, 2)).stdout, "  password: ***\n");
  }));

Deno.test("the parameter files of an import are taken as they are, and no login is spared", () =>
  withPersons(async (loading) => {
    const { scratch } = loading;
    scratch.write("p.params", "class = Person\nsimulate = 0\nrejects = bad.csv\nreport = page.html\nmax_errors = 0\n");
    const run = await explainRow(loading, "Person", PERSONS, 2, { ...KEY, param_file: scratch.path("p.params") });
    assertExit(run, 0);
    assertEquals([...Deno.readDirSync(scratch.folder)].filter(({ name }) => /^bad|^page/.test(name)), []);
    assertExit(await explainRow(loading, "Person", PERSONS, 2, { auth_pwd: "wrong" }), 77);
    assertExit(await explainRow(loading, "Nobody", PERSONS, 2), 64);
  }));

Deno.test("only as much of the input is read as it takes: one without an end is answered", () =>
  withPersons(async ({ scratch, database }) => {
    const encoder = new TextEncoder();
    let row = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        const lines = Array.from({ length: 1000 }, () => `Org ${row++}\n`);
        controller.enqueue(encoder.encode((row === 1000 ? "name\n" : "") + lines.join("")));
      },
    });
    const args = [
      `--db=${database}`,
      "--auth_user=admin",
      "--auth_pwd=admin",
      "--no_localize=1",
      "--class=Organization",
    ];
    const run = await scratch.run(["explain", ...args, "--csvfile=-", "--line=1500"], { stdin: endless });
    assertExit(run, 0);
    assertStringIncludes(run.stdout, "name: Org 1498 (key)");
  }));

Deno.test("a line break in a cell begins no line of its own, and what nobody sees is spelt out, in reasons too", () =>
  withPersons(async (loading) => {
    const hostile = 'name,first_name,org_id->name\n"A\nb",B,"No\u202esuch"\n';
    const { stdout } = await explainRow(loading, "Person", hostile, 2);
    assertFalse(stdout.includes("\u202e"), stdout);
    assertStringIncludes(stdout, "No match for value 'No‹U+202E›such'");
    assertStringIncludes(stdout, "  name: A\\nb (key)\n");
    const run = await explainRow(loading, "Organization", 'name\n"Two\nlines"\n', 2);
    assertStringIncludes(run.stdout, "  name: Two\\nlines (key)\n");
  }));

Deno.test("of a file of rows in error the columns that an import ignores are not told", () =>
  withPersons(async (loading) => {
    const csv =
      "name,first_name,email,org_id->name,_line,_status,_why\nPoe,Ed,ed@example.org,Demmo,7,rejected,No match\n";
    const { cells, row } = await explained(loading, "Person", csv, 2, KEY);
    assertEquals(cells, { name: "Poe", first_name: "Ed", email: "ed@example.org", "org_id->name": "Demmo" });
    assertEquals(row.status, "rejected");
    const { stdout } = await explainRow(loading, "Person", csv, 2, KEY);
    assertFalse(stdout.includes("  : "), stdout);
  }));
