/** Rows that create an object beside one that may be the same, where the class's own keys are all that the file has of them (SPEC 14). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Parameters, preparedModel } from "../helpers/loading.ts";
import { withJobs } from "../jobs/job_world.ts";

const TEXT = { kind: "string" };

const MODEL = {
  name: "namesakes",
  languages: ["EN GB"],
  organizations: { class: "House" },
  classes: {
    House: { organization: "id", reconciliation_keys: ["name", "code"], attributes: { name: TEXT, code: TEXT } },
    Person: {
      organization: "house_id",
      friendly_name: "{first} {name}",
      reconciliation_keys: ["name", "first", "house_id", "email"],
      attributes: {
        name: { ...TEXT, labels: "Last Name" },
        first: { ...TEXT, labels: "First Name" },
        email: { ...TEXT, labels: "Email" },
        house_id: { kind: "external_key", target: "House", labels: "House" },
      },
    },
    Tool: {
      friendly_name: "{name}",
      reconciliation_keys: ["tag", "name"],
      attributes: { tag: { ...TEXT, compare: "exact" }, name: TEXT },
    },
    Ticket: {
      reconciliation_keys: ["name", "code"],
      unique: [{ name: "code", attributes: ["code"], unless_empty: ["code"], blocking: false, messages: "{code}?" }],
      attributes: { name: TEXT, code: TEXT },
    },
    Part: {
      friendly_name: "{name}",
      reconciliation_keys: ["number", "name"],
      attributes: { number: { kind: "integer" }, name: TEXT },
    },
  },
};

const withPeople = preparedModel(MODEL, async (loading) => {
  await loading.load("House", "name\nNorth\nSouth\n", { reconciliationkeys: "name" });
});

const PERSONS = "name,first,house_id->name,email\n";

/** The first file, the second one, and the beginning of each warning of the latter. */
const FILES: readonly (readonly [string, string, string, string, readonly string[]])[] = [
  ["a name alone, then with a code", "House", "name\nEast\n", "name,code\nEast,E\n", [
    "1 row created an object beside one that agrees in name, in line 2 (House::3): ",
  ]],
  ["another code", "House", "name,code\nEast,E\n", "name,code\nEast,F\nWest,E\n", [
    "1 row created an object beside one that agrees in name, in line 2 (House::3): ",
  ]],
  ["another e-mail", "Person", `${PERSONS}Smith,Ann,North,ann@a\n`, `${PERSONS}Smith,Ann,North,ann@b\n`, [
    "1 row created an object beside one that agrees in name, first, house_id->name, in line 2 (Person::1): ",
  ]],
  ["not every Smith", "Person", `${PERSONS}Smith,Ann,North,ann@a\n`, `${PERSONS}Smith,Bob,North,bob@a\n`, []],
  ["nor who lives elsewhere", "Person", `${PERSONS}Smith,Ann,North,ann@a\n`, `${PERSONS}Smith,Ann,South,ann@b\n`, []],
  ["nor who has no name", "Person", `${PERSONS},Ann,North,ann@a\n`, `${PERSONS},Ann,North,ann@b\n`, []],
  ["who is found by all keys", "Person", `${PERSONS}Smith,Ann,North,ann@a\n`, `${PERSONS}Smith,Ann,North,ann@a\n`, []],
  ["without the organisation", "Person", "name,first\nSmith,Ann\n", "name,first,email\nSmith,Ann,ann@b\n", [
    "1 row created an object beside one that agrees in name, first, in line 2 (Person::1): ",
  ]],
  ["a name in other letters", "House", "name\nÉast\n", "name,code\nÉAST,E\n", ["1 row created"]],
  ["blanks at the end", "House", "name\nEast\n", 'name,code\n"East  ",E\n', ["1 row created"]],
  ["a key beside the friendly name", "Tool", "tag,name\nT1,saw\n", "tag,name\nT1,axe\nT2,saw\n", [
    "1 row created an object beside one that agrees in tag, in line 2 (Tool::1): ",
  ]],
  ["case that counts", "Tool", "tag,name\nT1,saw\n", "tag,name\nt1,axe\n", []],
  ["a rule that refuses nothing", "Ticket", "name,code\na,1\nb,\n", "name,code\nc,1\nd,\n", [
    "1 row created an object beside one that agrees in code, in line 2 (Ticket::1): ",
  ]],
  ["a leading key that is no text", "Part", "number,name\n1,a\n", "number,name\n1,b\n", []],
  ["one key only", "House", "name\nEast\n", "name\nWest\n", []],
];

for (const [what, modelClass, before, file, expected] of FILES) {
  Deno.test(`a new object beside one that may be the same: ${what}`, () =>
    withPeople(async ({ load }) => {
      await load(modelClass, before);
      const { warnings, run } = await load(modelClass, file);
      assertEquals(warnings.map((one, index) => one.slice(0, expected[index]?.length ?? 0)), expected);
      assertEquals(JSON.parse(run.stdout.trim().split("\n").at(-1) ?? "").counts.warnings, expected.length);
    }));
}

Deno.test("the warning says which keys there are and what to do, and named keys end it", () =>
  withPeople(async ({ load, print }) => {
    const before = "First Name,Last Name,Email\nAnn,Smith,ann@a\n";
    const changed = "First Name,Last Name,Email\nAnn,Smith,ann@b\n";
    await load("Person", before, { no_localize: "0" });
    const run = await print("Person", changed, { no_localize: "0", output: "summary", simulate: "1" });
    const [warning = ""] = run.stdout.split("\n").filter((line) => line.startsWith("#Warning: "));
    assertEquals(
      warning,
      "#Warning: 1 row created an object beside one that agrees in Last Name, First Name, in line 2 (Person::1): " +
        "no reconciliationkeys were given, so all default keys that the file has must agree " +
        "(Last Name, First Name, Email). If it is the same object, give reconciliationkeys='Last Name, First Name'; " +
        "if not, name all of them",
    );
    for (const reconciliationkeys of ["Last Name, First Name", "Last Name, First Name, Email"]) {
      const named = await load("Person", changed, { no_localize: "0", reconciliationkeys, simulate: "1" });
      assertEquals(named.warnings, []);
    }
  }));

Deno.test("rows of one file count, those before the first of a name do not, nor those in error", () =>
  withPeople(async ({ load, query }) => {
    const rows = Array.from({ length: 1200 }, (_, index) => `n${index % 600},c${index}\n`);
    const { warnings } = await load("House", `name,code\n${rows.join("")}n1,c1,\n`);
    assertEquals(warnings.length, 1);
    assertStringIncludes(warnings[0] ?? "", "600 rows created an object beside one that agrees in name, ");
    assertStringIncludes(warnings[0] ?? "", ", the first in line 602: no reconciliationkeys");
    assertEquals(query("SELECT COUNT(*) FROM view_House"), ["1202"]);
    const twice = await load("House", "name,code\nm,1\nm,2\nM,3\n", { simulate: "1" });
    assertStringIncludes(twice.warnings[0] ?? "", "2 rows created");
    assertStringIncludes(twice.warnings[0] ?? "", ", the first in line 3: no reconciliationkeys");
  }));

const LIMITED: Parameters = { auth_user: "lim", auth_pwd: "lim" };

Deno.test("what a user may not see is nobody's namesake", () =>
  withPeople(async ({ load }) => {
    const users = "login,password,profile_list,allowed_org_list\nlim,lim,profileid:1,allowed_org_id:1\n";
    await load("UserLocal", users);
    const { rows, warnings } = await load("House", "name,code\nSouth,S\n", LIMITED);
    assertEquals([rows, warnings], [["created House 3"], []]);
    const own = await load("House", "name,code\nNorth,N\n", LIMITED);
    assertStringIncludes(own.warnings[0] ?? "", "(House::1)");
  }));

Deno.test("a job tells it of each of its imports", () => {
  const files = {
    "a.params": "class = Organization\ncsvfile = a.csv\n",
    "a.csv": "name,code\nEast,E\n",
    "b.params": "class = Organization\ncsvfile = b.csv\n",
    "b.csv": "name,code\nEast,F\n",
    "two.job":
      "db = cmdb.db\nauth_user = admin\nauth_pwd = admin\nno_localize = 1\nimport = a.params\nimport = b.params\n",
  };
  return withJobs(files, async ({ run }) => {
    const { stdout, stderr } = await run("two.job");
    assertStringIncludes(stdout, "#Warnings: 1");
    assertStringIncludes(
      stderr,
      "b.params: Warning: 1 row created an object beside one that agrees in name, in line 2",
    );
  });
});
