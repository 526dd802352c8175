/**
 * SIGTERM ends the commands that came after the import within two seconds, too: as they read, write, wait for a lock or for whoever reads
 * what they print. What an undo had done is gone then.
 */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { runProcess, startProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun, type Scratch } from "../helpers/scratch.ts";
import { outputOf } from "../helpers/shell.ts";
import { makePipes, withOwnPipe } from "./own_pipes.ts";
import { rests } from "./resting_process.ts";
import { pause } from "./served_process.ts";
import { countOf, LOGIN, withWorld } from "./world_and_input.ts";

/** Milliseconds that are promised. */
const PROMISED = 2000;
/** Objects, and entries of the log. */
const MANY = 60_000;
/** Milliseconds after which a command is somewhere in its work; before the first it has hardly begun. */
const MOMENTS = [500, 900, 1500];
/** Milliseconds after which a command waits, where that cannot be seen. */
const WAITS = 2500;

type Line = readonly [what: string, args: readonly string[], redirection?: string | undefined];

const USER = LOGIN.slice(0, 2);
const PERSONS = [...LOGIN, "--class=Person"];
const FILE = ["--no_localize=1", "--csvfile=persons.csv"];

/** `pipe` is a pipe that nobody writes, `out` one that is full and that nobody reads. */
const WAITING: readonly Line[] = [
  ["explain: an input that nobody writes", ["explain", ...PERSONS, "--csvfile=pipe", "--line=2"]],
  ["undo: a password that nobody writes", ["undo", ...USER, "--auth_pwd_file=pipe", "--change=1"]],
  ["history: a password that nobody writes", ["history", ...USER, "--auth_pwd_file=pipe"]],
  ["export: a password that nobody writes", ["export", ...USER, "--auth_pwd_file=pipe", "--class=Person"]],
  ["passwd: a new password that nobody writes", ["passwd", "--db=world.db", "--user=admin", "--new_pwd_file=pipe"]],
  ["check: a file that nobody writes", ["check", "pipe", "--db=world.db", "--class=Person"]],
  ["export: nobody reads it", ["export", ...PERSONS], ">out"],
  ["history: nobody reads it", ["history", ...LOGIN, "--change=CHANGE"], ">out"],
  ["undo: nobody reads its report", ["undo", ...LOGIN, "--change=CHANGE", "--output=json", "--simulate=1"], ">out"],
];

const WORKING: readonly Line[] = [
  ["export", ["export", ...PERSONS, "--file=export.csv"]],
  ["history", ["history", ...LOGIN, "--change=CHANGE", "--output=json"]],
  ["check", ["check", "persons.csv", "--db=world.db", "--class=Person"]],
  ["explain", ["explain", ...PERSONS, ...FILE, `--line=${MANY}`]],
  ["a simulated undo", ["undo", ...LOGIN, "--change=CHANGE", "--simulate=1"]],
  ["a simulated import with a page and rows in error", [
    ...[...PERSONS, ...FILE, "--simulate=1", "--report=page.html", "--rejects=bad.csv"],
    "--reconciliationkeys=email",
  ]],
  ["a backup", [...PERSONS, ...FILE, "--backup=copy.db", "--reconciliationkeys=name"]],
  ["undo", ["undo", ...LOGIN, "--change=CHANGE"]],
];

const LOCKED: readonly Line[] = [
  ["undo", ["undo", ...LOGIN, "--change=CHANGE", "--busy_timeout=600"]],
  ["the removal of old entries", ["history", ...LOGIN, "--prune", "--before=2001-01-01", "--busy_timeout=600"]],
  ["a new password", ["passwd", "--db=world.db", "--user=admin", "--new_pwd_file=new.pwd", "--busy_timeout=600"]],
  ["explain", ["explain", ...PERSONS, ...FILE, "--line=2", "--busy_timeout=600"]],
];

/** So many commands that wait do so together. */
const TOGETHER = 3;

/** How long a command is given: more where the machine has other work to do, and starts as many as wait together in no moment. */
async function allowedIn({ folder }: Scratch): Promise<number> {
  const begin = performance.now();
  const versions = Array.from({ length: TOGETHER }, () => runProcess(["--version"], { folder }));
  for (const run of await Promise.all(versions)) assertExit(run, 0);
  return Math.max(PROMISED, 5 * (performance.now() - begin));
}

/** Ends a command after so many milliseconds, or when it waits, and sees that it ends in time. */
async function endsInTime(
  scratch: Scratch,
  [what, args, redirection]: Line,
  change: string,
  moment: number | "waiting",
  allowed: number,
): Promise<void> {
  const running = startProcess(args.map((one) => one.replace("CHANGE", change)), {
    folder: scratch.folder,
    ...redirection === undefined ? {} : { redirection },
  });
  await (moment === "waiting" ? rests(running.child.pid, WAITS) : pause(moment));
  const begin = performance.now();
  try {
    running.child.kill("SIGTERM");
  } catch (error) {
    // It may have come to its end by itself.
    if (!(error instanceof TypeError)) throw error;
  }
  const run = await running.ended();
  const milliseconds = performance.now() - begin;
  assert([0, 1, 143].includes(run.exitCode), `${what}, at ${moment}${describeRun(run)}`);
  assert(milliseconds < allowed, `${what}, at ${moment}: ${milliseconds} ms, of ${allowed}${describeRun(run)}`);
}

function personsOf(count: number): string {
  const rows = Array.from({ length: count }, (_, row) => `P${row},F,1,p${row}@example.org\n`);
  return `name,first_name,org_id,email\n${rows.join("")}`;
}

/** @param use is given the number of the run that made the persons */
function withPersons(use: (scratch: Scratch, database: string, change: string) => Promise<void>): Promise<void> {
  return withWorld(async (scratch, database) => {
    await makePipes(scratch, TOGETHER);
    await outputOf("mkfifo", [scratch.path("out")]);
    scratch.write("persons.csv", personsOf(MANY));
    scratch.write("new.pwd", "Another-Passw0rd\n");
    const run = await runProcess([...PERSONS, ...FILE, "--reconciliationkeys=name"], { folder: scratch.folder });
    assertExit(run, 0);
    const opened = new DatabaseSync(database, { readOnly: true });
    const change = String(opened.prepare("SELECT max(id) AS id FROM change").get()?.["id"]);
    opened.close();
    await use(scratch, database, change);
  });
}

Deno.test({
  name: "SIGTERM ends export, history, undo, explain, check, passwd and backups in time, whatever they are at",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withPersons(async (scratch, database, change) => {
      const allowed = await allowedIn(scratch);
      const others = countOf(database, "Person") - MANY;
      // A reader that reads nothing, and a pipe that is full.
      const reader = await Deno.open(scratch.path("out"), { read: true, write: true });
      await reader.write(new Uint8Array(65_536));
      const allEndInTime = async (lines: readonly Line[]) => {
        for (let at = 0; at < lines.length; at += TOGETHER) {
          await Promise.all(
            lines.slice(at, at + TOGETHER).map(([what, args, redirection], place) =>
              endsInTime(scratch, [what, withOwnPipe(args, place), redirection], change, "waiting", allowed)
            ),
          );
        }
      };
      await allEndInTime(WAITING);
      reader.close();
      const writer = new DatabaseSync(database);
      writer.exec("BEGIN IMMEDIATE");
      await allEndInTime(LOCKED);
      writer.exec("ROLLBACK");
      writer.close();
      for (const line of WORKING) {
        for (const moment of MOMENTS) await endsInTime(scratch, line, change, moment, allowed);
      }
      // All of them, or, where the machine was quick, none.
      assertEquals((countOf(database, "Person") - others) % MANY, 0);
    }),
});
