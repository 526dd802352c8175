/** What `deno task demo` shows is true: it runs here in a folder of its own. */
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { CollectedText } from "../lib/collected_text.ts";
import { realIo } from "../lib/real_io.ts";
import { runDemo, type StepEnd } from "../scripts/demo.ts";
import { withTemporaryFolder } from "./helpers/temporary_folder.ts";

const FIXTURES = fromFileUrl(new URL("../fixtures/demo", import.meta.url));
const FILES = [...Deno.readDirSync(FIXTURES)].map((entry) => entry.name);

interface DemoRun {
  readonly surprises: readonly StepEnd[];
  readonly text: string;
  /** Objects by class. */
  readonly objects: Readonly<Record<string, number>>;
}

/** Runs the demo on a copy of its files. */
function demo(): Promise<DemoRun> {
  return withTemporaryFolder(async ({ folder, path }) => {
    Deno.mkdirSync(path("fixtures/demo"), { recursive: true });
    for (const file of FILES) Deno.copyFileSync(join(FIXTURES, file), path(`fixtures/demo/${file}`));
    const stdout = new CollectedText();
    const before = Deno.cwd();
    Deno.chdir(folder);
    try {
      const surprises = await runDemo({ ...realIo(), stdout, passwordCost: { n: 16, r: 1, p: 1 } });
      return { surprises, text: stdout.text, objects: countObjects(path(".demo/cmdb.db")) };
    } finally {
      Deno.chdir(before);
    }
  });
}

function countObjects(path: string): Record<string, number> {
  const database = new DatabaseSync(path, { readOnly: true });
  const count = (name: string) => Number(database.prepare(`SELECT count(*) AS n FROM "view_${name}"`).get()?.["n"]);
  const classes = ["Organization", "Location", "Person", "Team", "Server", "DBServer", "UserLocal"];
  const counts = Object.fromEntries(classes.map((name) => [name, count(name)]));
  database.close();
  return counts;
}

Deno.test("the demo ends as its steps say, and loads every row that is not wrong on purpose", async () => {
  const { surprises, text, objects } = await demo();
  assertEquals(surprises, [], text);
  assertEquals(objects, {
    Organization: 25,
    Location: 18,
    Person: 101,
    Team: 8,
    Server: 59,
    DBServer: 27,
    UserLocal: 16, // with the administrator
  });
  assertStringIncludes(text, "#Unchanged: 25\n");
  assertStringIncludes(text, "Œnone");
  assertStringIncludes(text, "Георги");
});

Deno.test("every file of the demo is loaded by one of its steps", () => {
  const read = (file: string) => Deno.readTextFileSync(join(FIXTURES, file));
  const steps = read("steps.json");
  const named = steps + FILES.filter((file) => file.endsWith(".params") && steps.includes(file)).map(read).join("\n");
  assertEquals(FILES.filter((file) => file !== "steps.json" && !named.includes(`fixtures/demo/${file}`)), []);
});

Deno.test("the demo's files in other charsets are not valid UTF-8", () => {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  for (const file of ["locations.csv", "personnes.csv", "persons_bg.csv", "persons_nordic.txt", "servers_us.csv"]) {
    assertThrows(() => utf8.decode(Deno.readFileSync(join(FIXTURES, file))), TypeError);
  }
});
