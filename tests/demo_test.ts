/** What `deno task demo` shows is true: it runs here in a folder of its own. */
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { CollectedText } from "../lib/collected_text.ts";
import { runProgram } from "../lib/program.ts";
import { realIo } from "../lib/real_io.ts";
import { runDemo, type StepEnd } from "../scripts/demo.ts";
import { type TemporaryFolder, withTemporaryFolder } from "./helpers/temporary_folder.ts";

const FIXTURES = fromFileUrl(new URL("../fixtures/demo", import.meta.url));
const FILES = [...Deno.readDirSync(FIXTURES)].map((entry) => entry.name);

interface DemoRun {
  readonly surprises: readonly StepEnd[];
  readonly text: string;
  /** Objects by class. */
  readonly objects: Readonly<Record<string, number>>;
}

/** Cheap: nobody attacks these passwords. */
const QUICK = { n: 16, r: 1, p: 1 };

/** Runs the demo on a copy of its files, then `afterwards` in the same working folder. */
function demo(afterwards?: (run: DemoRun, folder: TemporaryFolder) => Promise<void>): Promise<DemoRun> {
  return withTemporaryFolder(async (temporary) => {
    const { folder, path } = temporary;
    Deno.mkdirSync(path("fixtures/demo"), { recursive: true });
    for (const file of FILES) Deno.copyFileSync(join(FIXTURES, file), path(`fixtures/demo/${file}`));
    const stdout = new CollectedText();
    const surprises = await runDemo({ ...realIo(), workingFolder: folder, stdout, passwordCost: QUICK });
    const run = { surprises, text: stdout.text, objects: countObjects(path(".demo/cmdb.db")) };
    await afterwards?.(run, temporary);
    return run;
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

/** The commands at the end of the demo's text, as words. */
function commandsForOwnFile(text: string): string[][] {
  const end = text.slice(text.indexOf("# Now a file of your own"));
  return [...end.matchAll(/^ {4}csvrecon (.+)$/gm)].map(([, line = ""]) => line.split(" "));
}

async function runCommand(
  args: readonly string[],
  workingFolder: string,
): Promise<{ readonly exitCode: number; readonly text: string }> {
  const stdout = new CollectedText();
  const stderr = new CollectedText();
  const io = { ...realIo(), workingFolder, stdout, stderr, env: () => undefined, passwordCost: QUICK };
  return { exitCode: await runProgram(args, io), text: stdout.text };
}

/** @returns what each of them printed; each must end with 0 */
async function inTurn(commands: readonly string[][], folder: string): Promise<string[]> {
  const texts: string[] = [];
  for (const args of commands) {
    const { exitCode, text } = await runCommand(args, folder);
    assertEquals(exitCode, 0, text);
    texts.push(text);
  }
  return texts;
}

/** What the demo names for a program that is not installed. */
async function assertStandInRuns(text: string, folder: string): Promise<void> {
  const [, standIn = ""] = /^ {4}alias csvrecon='(.+)'$/m.exec(text) ?? [];
  const [deno = "", ...args] = standIn.match(/[^\s"]+|"[^"]+"/g)?.map((word) => word.replaceAll('"', "")) ?? [];
  assertEquals(deno, Deno.execPath());
  const command = new Deno.Command(deno, { args: [...args, "--version"], cwd: folder, stdin: "null" });
  const { code, stdout, stderr } = await command.output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  assertStringIncludes(new TextDecoder().decode(stdout), "csvrecon ");
}

Deno.test("the demo ends with commands that load a file of one's own", async () => {
  await demo(async ({ text }, { folder, path }) => {
    await assertStandInRuns(text, folder);
    const header = /^# Now .* the first line (.+)$/m.exec(text)?.[1] ?? "";
    Deno.writeTextFileSync(path("own.csv"), `${header}\nAda,Own,ada@own.example,Group IT\n`);
    Deno.writeTextFileSync(path("own.pwd"), "of my own\n");
    const commands = commandsForOwnFile(text);
    const before = countObjects(path(".demo/cmdb.db"))["Person"] ?? 0;
    const told = await inTurn(commands, folder);
    const [classes = "", columns = "", simulated = "", loaded = "", initialised = "", ...more] = told;
    assertEquals(more, []);
    assertStringIncludes(classes, "\nPerson ");
    for (const name of header.split(",")) assertStringIncludes(columns, ` ${name.split("->")[0]} `);
    assertStringIncludes(simulated, "\n0;created;Person;0;");
    assertStringIncludes(loaded, "#Created: 1\n");
    assertEquals(countObjects(path(".demo/cmdb.db"))["Person"], before + 1);
    assertStringIncludes(initialised, "Created own.db");
    const [again = ""] = await inTurn(commands.slice(3, 4), folder);
    assertStringIncludes(again, "#Unchanged: 1\n");
  });
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
