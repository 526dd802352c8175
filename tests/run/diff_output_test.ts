/** `output=diff`: what changes, for people. */
import { assert, assertEquals } from "@std/assert";
import { preparedWorld, withModel, withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";
import { ACCESS, organizations, withJobs } from "../jobs/job_world.ts";

const BY_EMAIL = { output: "diff", reconciliationkeys: "Email", no_localize: "0" };

const withPeople = preparedWorld(async ({ load }) => {
  await load("Organization", "name\nDemo\nIT Department\n");
  const people = "name,first_name,email,org_id->name,phone\nLovelace,Ada,ada@example.org,Demo,+33 1\n" +
    "Verne,Jules,jules@example.org,Demo,\n";
  await load("Person", people, { reconciliationkeys: "email" });
});

const PEOPLE = `First Name,Last Name,Email,Organization->Name,Status,Phone
Ada,Lovelace,ada@example.org,IT Department,Inactive,
Jules,Verne,jules@example.org,Demo,Active,
Marie,Curie,marie@example.org,Demo,Active,+33 3
Emily,Dickinson,emily@example.org,Nowhere,Actif,
Mark,Twain,mark@example.org
`;

const WRONG_ROWS = [
  "! Email 'emily@example.org' (line 5)",
  "    Organization->Name: No match for value 'Nowhere'. Some possible 'Organization' value(s): Demo, IT Department, " +
  "My Company/Department",
  "    Status: 'Actif' is an invalid value. Allowed 'status' value(s): Active,Inactive",
  "! Email 'mark@example.org' (line 6)",
  "    3 cells where the header has 6",
];

Deno.test("old and new of each changed object, new ones in full, rows in error with reasons, byte for byte", () =>
  withPeople(async ({ print }) => {
    const run = await print("Person", PEOPLE, BY_EMAIL);
    assertExit(run, 1);
    assertEquals(lines(run.stdout), [
      "~ Person 2 Ada Lovelace (line 2)",
      "    Organization: Demo (2) → IT Department (3)",
      "    Status: Active → Inactive",
      "    Phone: +33 1 → (none)",
      "+ Person 4 Marie Curie (line 4)",
      "    Last Name: Curie",
      "    Status: Active",
      "    Organization: Demo (2)",
      "    Email: marie@example.org",
      "    Phone: +33 3",
      "    Notification: yes",
      "    First Name: Marie",
      ...WRONG_ROWS,
      "Person: 1 created, 1 updated, 1 unchanged, 2 in error",
    ]);
  }));

Deno.test("a simulation says what would be, and gives no ids; what it would create has none", () =>
  withPeople(async ({ print, everything }) => {
    const before = everything();
    const run = await print("Person", PEOPLE, { ...BY_EMAIL, simulate: "1" });
    const told = lines(run.stdout);
    assertEquals(told[4], "+ Person Marie Curie (line 4)");
    assertEquals(
      told.at(-1),
      "Person: 1 would be created, 1 would be updated, 1 unchanged, 2 in error. Nothing was written",
    );
    assertEquals(everything(), before);
    const places = "name,org_id->name,parent_id->name\nA,Demo,\nB,Demo,A\n";
    const made = await print("Location", places, { output: "diff", simulate: "1", reconciliationkeys: "name" });
    assert(!made.stdout.includes("Location 0"), made.stdout);
  }));

Deno.test("a run that a limit takes back says that nothing was written", () =>
  withPeople(async ({ print }) => {
    const run = await print("Person", PEOPLE, { ...BY_EMAIL, max_errors: "1" });
    assertExit(run, 2);
    const told = lines(run.stdout);
    assertEquals(told[4], "+ Person Marie Curie (line 4)");
    assertEquals(told.slice(-2), [
      "#Limit exceeded: 2 rows are in error, and max_errors=1 allows 1. Nothing was written",
      "Person: 1 would be created, 1 would be updated, 1 unchanged, 2 in error. Nothing was written",
    ]);
  }));

Deno.test("nothing changed, or there is no row: the count is all", () =>
  withPeople(async ({ print }) => {
    const same = "First Name,Last Name,Email\nAda,Lovelace,ada@example.org\n";
    assertEquals(
      (await print("Person", same, BY_EMAIL)).stdout,
      "Person: 0 created, 0 updated, 1 unchanged, 0 in error\n",
    );
    assertEquals(
      (await print("Person", "First Name,Email\n", BY_EMAIL)).stdout,
      "Person: 0 created, 0 updated, 0 unchanged, 0 in error\n",
    );
  }));

Deno.test("a refused run says why; warnings stand before the count", () =>
  withPeople(async ({ print }) => {
    const refused = await print("Person", "Nope,Email\n1,a@b.org\n", BY_EMAIL);
    assertExit(refused, 64);
    assert(refused.stdout.startsWith("#Unknown column: 'Nope'"), refused.stdout);
    const warned = await print("Person", "First Name,Last Name,Email\nAda,Lovelace,ada@example.org\n,,\n", BY_EMAIL);
    assertEquals(lines(warned.stdout), [
      "#Warning: 1 row of separators only was passed over, in line 3",
      "Person: 0 created, 0 updated, 1 unchanged, 0 in error",
    ]);
  }));

Deno.test("link sets: the links that go and those that come, by name", () =>
  withPeople(async ({ print }) => {
    const team = (members: string) => `name,org_id->name,persons_list\nT,Demo,${members}\n`;
    const both = "person_id->email:ada@example.org|person_id->email:jules@example.org";
    const params = { output: "diff", reconciliationkeys: "name" };
    const made = lines((await print("Team", team(both), params)).stdout);
    assertEquals(made.slice(-4), [
      "    Members:",
      "      + Ada Lovelace (2)",
      "      + Jules Verne (3)",
      "Team: 1 created, 0 updated, 0 unchanged, 0 in error",
    ]);
    const changed = lines((await print("Team", team("person_id->email:jules@example.org"), params)).stdout);
    assertEquals(changed.slice(1, 3), ["    Members:", "      - Ada Lovelace (2)"]);
  }));

Deno.test("passwords are changed, and not shown", () =>
  withWorld(async ({ print }) => {
    const user = (password: string) => `login,password,profile_list\nann,${password},profileid->name:Administrator\n`;
    const made = await print("UserLocal", user("Very-Secret-1"), { output: "diff" });
    assertEquals(lines(made.stdout).filter((line) => line.includes("assword")), [
      "    Password: (not shown)",
      "    Password expiration: Never expire",
    ]);
    const changed = await print("UserLocal", user("Very-Secret-2"), { output: "diff" });
    assertEquals(lines(changed.stdout).slice(0, 2), ["~ UserLocal 2 ann (line 2)", "    Password: changed"]);
    assert(!(made.stdout + changed.stdout).includes("Very-Secret"));
  }));

const NOTES = {
  name: "notes",
  classes: {
    Note: {
      attributes: {
        code: { kind: "string" },
        text: { kind: "text" },
        price: { kind: "decimal", digits: 8, decimals: 2 },
      },
      reconciliation_keys: ["code"],
      friendly_name: "{code}",
    },
  },
};

Deno.test("texts of several lines are told line by line, long ones from where they differ", () =>
  withModel(NOTES, async ({ print }) => {
    const note = (text: string, price = "1") => `code,text,price\nA,"${text}",${price}\n`;
    const diff = async (csv: string) => lines((await print("Note", csv, { output: "diff" })).stdout);
    assertEquals(await diff(note("one\ntwo\nthree", "12.5")), [
      "+ Note 1 A (line 2)",
      "    code: A",
      "    text:",
      "      + one",
      "      + two",
      "      + three",
      "    price: 12.50",
      "Note: 1 created, 0 updated, 0 unchanged, 0 in error",
    ]);
    assertEquals((await diff(note("one\nzwei\nand more\nthree", "3"))).slice(0, -1), [
      "~ Note 1 A (line 2)",
      "    text:",
      "      - two",
      "      + zwei",
      "      + and more",
      "    price: 12.50 → 3.00",
    ]);
    await diff(note("a".repeat(500) + "bc", "3"));
    assertEquals(
      (await diff(note("a".repeat(500) + "bd" + "e".repeat(200), "3")))[1],
      [
        `    text: …${"a".repeat(29)}bc`,
        `…${"a".repeat(29)}bd${"e".repeat(89)}… (702 characters)`,
      ].join(" → "),
    );
    const many = Array.from({ length: 80 }, (_, index) => `line ${index}`).join("\n");
    const told = await diff(note(many, "3"));
    assertEquals(told.filter((line) => line.startsWith("      +")).length, 51);
    assert(told.includes("      + … and 30 more"), told.join("\n"));
  }));

Deno.test("no value passes for a line of the report, or commands whoever shows it", () =>
  withModel(NOTES, async ({ print }) => {
    const csv =
      'code,text\n" +\t~",\x1b[2J\u202eevil\n"(none)"," → "\n"=1+1","x\n+ Note 7 Forged (line 9)\r\x1b[31m"\n';
    const run = await print("Note", csv, { output: "diff" });
    assertEquals(lines(run.stdout), [
      "+ Note 1 +\t~ (line 2)",
      "    code: +\t~",
      "    text: \\x1b[2J‹U+202E›evil",
      '+ Note 2 "(none)" (line 3)',
      '    code: "(none)"',
      '    text: " → "',
      "+ Note 3 =1+1 (line 4)",
      "    code: =1+1",
      "    text:",
      "      + x",
      "      + + Note 7 Forged (line 9)",
      "      + \\x1b[31m",
      "Note: 3 created, 0 updated, 0 unchanged, 0 in error",
    ]);
    const safe = await print("Note", 'code,text\nB,"@x\n=2"\n', { output: "diff", safe_csv: "1" });
    for (const line of lines(safe.stdout)) assert(!/^[ ]*[=+@-]/.test(line), line);
  }));

const COMMAND = ["--auth_user=admin", "--auth_pwd=admin", "--class=Person", "--csvfile=p.csv", "--output=diff"];

Deno.test("colours at a terminal only, and not where somebody wants none", () =>
  withPeople(async ({ scratch, database }) => {
    scratch.write("p.csv", PEOPLE + "\x1b[2J,x,evil@example.org,Demo,Active,\n");
    const args = [...COMMAND, `--db=${database}`, "--reconciliationkeys=Email", "--simulate=1"];
    const { stdout } = await scratch.run(args, { isTerminal: true });
    const told = lines(stdout);
    assertEquals(told[0], "\x1b[33m~ Person 2 Ada Lovelace\x1b[0m (line 2)");
    assertEquals(told[1], "    Organization: \x1b[31mDemo (2)\x1b[0m → \x1b[32mIT Department (3)\x1b[0m");
    assertEquals(told[3], "    Phone: \x1b[31m+33 1\x1b[0m → (none)");
    assert(stdout.includes("\\x1b[2J") && !stdout.includes("\x1b[2J"), "what cells hold is spelt out");
    const plain = (await scratch.run(args)).stdout;
    // deno-lint-ignore no-control-regex -- our own sequences
    assertEquals(plain, stdout.replaceAll(/\x1b\[[\d;]+m/g, ""));
    for (const more of [["--no-color"], ["--no_colour=1"], ["--safe_csv=1"]]) {
      const run = await scratch.run([...args, ...more], { isTerminal: true });
      assert(!run.stdout.includes("\x1b"), more.join());
    }
    const env = { NO_COLOR: "1" };
    assertEquals((await scratch.run(args, { isTerminal: true, env })).stdout, plain);
  }));

Deno.test("who sees only some organisations is told no name and no id of what they may not see", () =>
  withPeople(async ({ print, load }) => {
    await load("Person", "name,email,manager_id->name\nVerne,jules@example.org,Lovelace\n", {
      reconciliationkeys: "email",
    });
    await load("Person", "email,org_id->name\njules@example.org,IT Department\n", { reconciliationkeys: "email" });
    await load(
      "UserLocal",
      "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:3,allowed_org_id:3\n",
    );
    const limited = { auth_user: "lim", auth_pwd: "L1m-Passw0rd", output: "diff", reconciliationkeys: "email" };
    const run = await print("Person", "email,manager_id,phone\njules@example.org,0,+33 9\n", limited);
    assertExit(run, 0);
    assertEquals(lines(run.stdout), [
      "~ Person 3 Jules Verne (line 2)",
      "    Manager: changed",
      "    Phone: (none) → +33 9",
      "Person: 0 created, 1 updated, 0 unchanged, 0 in error",
    ]);
  }));

Deno.test("labels are in the language of the user", () =>
  withPeople(async ({ print, load }) => {
    await load(
      "UserLocal",
      "login,password,profile_list,language\nfr,Fr-Passw0rd-1,profileid->name:Administrator,FR FR\n",
    );
    const params = {
      ...BY_EMAIL,
      auth_user: "fr",
      auth_pwd: "Fr-Passw0rd-1",
      no_localize: "1",
      reconciliationkeys: "email",
    };
    const run = await print("Person", "email,status\nada@example.org,inactive\n", params);
    assertEquals(lines(run.stdout).slice(0, 2), ["~ Person 2 Ada Lovelace (line 2)", "    Etat: Actif → Inactif"]);
  }));

Deno.test("a job has the changes of each import, and counts them all the same", () =>
  withJobs({
    ...organizations("a", "A"),
    "nightly.job": `${ACCESS}output = diff\nimport = a.params\nimport = a.params\n`,
  }, async ({ scratch }) => {
    const ended = await scratch.run(["run", "nightly.job", "--simulate=1"]);
    assertExit(ended, 0);
    const told = ended.stdout.slice(0, ended.stdout.indexOf("#Job: nightly"));
    assertEquals(lines(told), [
      "#Job nightly, import 1 of 2: a.params",
      "+ Organization A (line 2)",
      "    Name: A",
      "    Code: A",
      "    Status: Active",
      "Organization: 1 would be created, 0 would be updated, 0 unchanged, 0 in error. Nothing was written",
      "",
      "#Job nightly, import 2 of 2: a.params",
      "Organization: 0 would be created, 0 would be updated, 1 unchanged, 0 in error. Nothing was written",
      "",
    ]);
    const seen = await scratch.run(["run", "nightly.job", "--simulate=1"], { isTerminal: true });
    assert(
      seen.stdout.startsWith("#Job nightly, import 1 of 2: a.params\n\x1b[32m+ Organization A\x1b[0m"),
      seen.stdout,
    );
    const plain = await scratch.run(["run", "nightly.job", "--simulate=1", "--no-color"], { isTerminal: true });
    assert(!plain.stdout.includes("\x1b"));
  }));
