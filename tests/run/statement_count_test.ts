/** How often SQLite is called: what a large run costs depends on that more than on anything else, and it does not depend on the machine. */
import { assert, assertEquals } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { importSettings } from "../../lib/parameters/settings/import_settings.ts";
import { mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { authenticate } from "../../lib/run/authenticate.ts";
import { runAloneOrStop } from "../../lib/run/run_alone.ts";
import { openSource } from "../../lib/source/open_source.ts";
import { openOwnStore } from "../../lib/databases/open_store.ts";
import { withWorld } from "../helpers/loading.ts";

const THOUSANDS = 5;

/** Persons to whom a uniqueness rule says something. */
function numberedPersons(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, row) => `Last${row},First,user${row}@example.com,${ORGANIZATION},${row}`,
  );
  return ["name,first_name,email,org_id->name,employee_number", ...rows].join("\n");
}

/** @param organizations how many of `organizationList` they refer to, in turn; 0: all to the one of every world */
function persons(count: number, organizations = 0): string {
  const organization = (row: number) => organizations === 0 ? ORGANIZATION : `Organization ${row % organizations}`;
  const rows = Array.from(
    { length: count },
    (_, row) => `Last${row},First,user${row}@example.com,${organization(row)}`,
  );
  return ["name,first_name,email,org_id->name", ...rows].join("\n");
}

function organizationList(count: number): string {
  return ["name", ...Array.from({ length: count }, (_, row) => `Organization ${row}`)].join("\n");
}

const ORGANIZATION = "My Company/Department";

/**
 * Loads persons, or what else is told.
 * @param more parameters @param key by which
 * @returns the number of statements, and the last lines of the report
 */
async function load(
  database: string,
  file: string,
  more: readonly string[] = [],
  key = "email",
  modelClass = "Person",
): Promise<{ statements: number; counts: readonly string[] }> {
  let statements = 0;
  const store = openOwnStore(database, { busyTimeoutSeconds: 0, onStatement: () => statements++ });
  const sink = new CollectedText();
  const args = [`--db=${database}`, `--csvfile=${file}`, `--class=${modelClass}`, `--reconciliationkeys=${key}`];
  const login = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];
  try {
    const settings = await importSettings(
      await mergeParameters(parseArguments([...args, ...login, ...more]), { env: () => undefined }),
    );
    await runAloneOrStop({
      settings,
      parameters: new Map(),
      origin: "test",
      store,
      logIn: (model) => authenticate(settings, store, model, { now: () => new Date() }),
      openSource: () => openSource(settings.csvfile, { stdin: new ReadableStream() }),
      sink,
      progressSink: sink,
      now: () => new Date(),
      passwordCost: { n: 16, r: 1, p: 1 },
    });
  } finally {
    await store.close();
  }
  return { statements, counts: sink.text.trimEnd().split("\n").slice(-3) };
}

/** Statements to create what is in a file. */
function countToCreate(csv: string, more: readonly string[] = []): Promise<number> {
  return new Promise((resolve, reject) => {
    withWorld(async ({ database, scratch }) => {
      resolve((await load(database, scratch.write("persons.csv", csv), more)).statements);
    }).catch(reject);
  });
}

interface Statements {
  readonly created: number;
  readonly unchanged: number;
}

function countStatements(rows: number, organizations = 0): Promise<Statements> {
  return new Promise((resolve, reject) => {
    withWorld(async ({ database, scratch, load: loadText }) => {
      if (organizations > 0) await loadText("Organization", organizationList(organizations));
      const file = scratch.write("persons.csv", persons(rows, organizations));
      const created = await load(database, file);
      assertEquals(created.counts, [`#Created: ${rows}`, "#Updated: 0", "#Unchanged: 0"]);
      const unchanged = await load(database, file);
      assertEquals(unchanged.counts, ["#Created: 0", "#Updated: 0", `#Unchanged: ${rows}`]);
      resolve({ created: created.statements, unchanged: unchanged.statements });
    }).catch(reject);
  });
}

// For each group of 512: the search, a savepoint and its end, the objects, their entries in the log.
Deno.test("a thousand rows more take ten statements more to be created, and two to be found unchanged", async () => {
  // What a run calls beside its rows does not count.
  const few = await countStatements(1024);
  const many = await countStatements(1024 * (1 + THOUSANDS));
  const created = (many.created - few.created) / THOUSANDS;
  const unchanged = (many.unchanged - few.unchanged) / THOUSANDS;
  assert(created <= 10, `${created} to create them`);
  assert(unchanged <= 2, `${unchanged} to find them unchanged`);
});

Deno.test("rows that repeat the one before them take hardly more statements than half as many rows", async () => {
  const rows = 8 * 1024;
  const [header = "", ...half] = persons(rows / 2).split("\n");
  const none = await countToCreate([header, ...half].join("\n"));
  const twice = await countToCreate([header, ...half.flatMap((row) => [row, row])].join("\n"));
  assert(twice - none <= 0.02 * rows, `${twice} in place of ${none}`);
});

Deno.test("rows that have what must be unique of the row before them take hardly more statements", async () => {
  const rows = 8 * 1024;
  const [header = "", ...all] = numberedPersons(rows).split("\n");
  const broken = all.map((row, index) => row.replace(/\d+$/, String(Math.floor(index / 2))));
  const half = await countToCreate([header, ...all.slice(rows / 2)].join("\n"));
  const twice = await countToCreate([header, ...broken].join("\n"));
  assert(twice - half <= 0.02 * rows, `${twice} in place of ${half}`);
});

Deno.test("an external key that means another object in each row takes hardly more statements", async () => {
  const rows = 20_000;
  const few = await countStatements(rows, 200);
  const many = await countStatements(rows, rows);
  const told = `${many.unchanged} in place of ${few.unchanged} to find them unchanged`;
  assert(many.created <= 1.25 * few.created, `${many.created} in place of ${few.created} to create them`);
  // Of a small class all objects are read, when most are referred to.
  assert(many.unchanged <= 1.25 * few.unchanged, told);
});

Deno.test("only rows that refer to their own class are asked about by themselves", async () => {
  const rows = 4 * 1024;
  const managed = (count: number) => {
    const line = (row: number) => `${row},First,user${row}@example.com,${ORGANIZATION},${row < count ? "user@x" : ""}`;
    return [
      "name,first_name,email,org_id->name,manager_id->email",
      ...Array.from({ length: rows }, (_, row) => line(row)),
    ]
      .join("\n");
  };
  const none = await countToCreate(managed(0));
  const some = await countToCreate(managed(8));
  assert(some - none <= 8 * 10, `${some} in place of ${none}`);
});

Deno.test("rows that refer to what nobody knows take no statements: what there is to be found is looked up once", async () => {
  const rows = 8 * 1024;
  const managed = (every: number) => {
    const manager = (row: number) => row % every === every - 1 ? `nobody${row}@example.com` : "";
    const line = (row: number) => `${row},First,user${row}@example.com,${ORGANIZATION},${manager(row)}`;
    const header = "name,first_name,email,org_id->name,manager_id->email";
    return [header, ...Array.from({ length: rows }, (_, row) => line(row))].join("\n");
  };
  const none = await countToCreate(managed(rows + 1));
  const some = await countToCreate(managed(10));
  assert(some - none <= rows / 10, `${some} in place of ${none}`);
});

Deno.test("a uniqueness rule takes one statement for all new rows of a group", async () => {
  const rows = 5 * 1024;
  const without = await countToCreate(persons(rows));
  const withNumbers = await countToCreate(numberedPersons(rows));
  assert(withNumbers - without <= rows / 512 + 5, `${withNumbers} in place of ${without}`);
});

/** Statements for each row more that finds several persons by its phone. @param share how many have one phone */
async function ambiguousARow(share: (index: number) => string): Promise<number> {
  const file = (rows: number) =>
    [
      "name,first_name,email,org_id->name,phone",
      ...Array.from({ length: rows }, (_, row) => `L${row},F,u${row}@x.co,${ORGANIZATION},${share(row)}`),
    ].join("\n");
  const counted: number[] = [];
  await withWorld(async ({ database, scratch }) => {
    await load(database, scratch.write("persons.csv", file(2048)));
    for (const rows of [512, 512, 2048]) {
      const { statements, counts } = await load(database, scratch.write("again.csv", file(rows)), [], "phone");
      assertEquals(counts, ["#Created: 0", "#Updated: 0", "#Unchanged: 0"]);
      counted.push(statements);
    }
  });
  const [, few = 0, many = 0] = counted;
  return (many - few) / (2048 - 512);
}

Deno.test("rows that find several objects take hardly a statement, be these two or hundreds", async () => {
  for (const share of [(row: number) => `${row >> 1}`, (row: number) => `${row >> 2}`, (row: number) => `${row % 4}`]) {
    const each = await ambiguousARow(share);
    assert(each <= 0.1, `${each} a row`);
  }
});

// For each group the look-up of its targets, their objects and entries in the log, and texts that are told to searches.
Deno.test("targets that rows create take a few statements for all of a group", async () => {
  const rows = (thousands: number) => persons(1024 * thousands, 1024 * thousands);
  const count = (thousands: number) => countToCreate(rows(thousands), ["--create_targets=org_id"]);
  const each = (await count(1 + THOUSANDS) - await count(1)) / THOUSANDS;
  assert(each <= 20, `${each} for a thousand`);
});

/** Teams of two persons each, the first one after them where it changes. */
function teams(count: number, isChanged: (row: number) => boolean): string {
  const member = (row: number) => `person_id->email:user${row % 1000}@example.com`;
  const rows = Array.from(
    { length: count },
    (_, row) => `Team ${row},${ORGANIZATION},${member(isChanged(row) ? row + 2 : row)}|${member(row + 1)}`,
  );
  return ["name,org_id->name,persons_list", ...rows].join("\n");
}

/** Statements to create teams, to find them unchanged, and to change the links of each tenth. */
function countForTeams(rows: number): Promise<Statements & { readonly updated: number }> {
  return new Promise((resolve, reject) => {
    withWorld(async ({ database, scratch }) => {
      await load(database, scratch.write("persons.csv", persons(1000)));
      const counted: number[] = [];
      const expected = [[rows, 0, 0], [0, 0, rows], [0, rows / 10, rows - rows / 10]];
      for (const [step, [created, updated, unchanged]] of expected.entries()) {
        const file = scratch.write("teams.csv", teams(rows, (row) => step === 2 && row % 10 === 0));
        const { statements, counts } = await load(database, file, [], "name", "Team");
        assertEquals(counts, [`#Created: ${created}`, `#Updated: ${updated}`, `#Unchanged: ${unchanged}`]);
        counted.push(statements);
      }
      const [created = 0, unchanged = 0, updated = 0] = counted;
      resolve({ created, unchanged, updated });
    }).catch(reject);
  });
}

// For each part of some 150 rows: the teams, their partners, their links; a savepoint, teams, links and the log. Of a file, links that go go one by one.
Deno.test("link sets take a statement for many rows: ten rows more take hardly one", async () => {
  const few = await countForTeams(1000);
  const many = await countForTeams(4000);
  const each = (one: keyof typeof few) => (many[one] - few[one]) / 3000;
  assert(each("unchanged") <= 0.03, `${each("unchanged")} to find one unchanged`);
  assert(each("created") <= 0.15, `${each("created")} to create one`);
  assert(each("updated") <= 1, `${each("updated")} to change each tenth`);
});
