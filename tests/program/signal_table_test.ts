/** SIGTERM ends every command within two seconds, whatever it is at. A commit that has begun is the one exception: it comes to its end first. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { runProcess, startProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun, type Scratch } from "../helpers/scratch.ts";
import { outputOf } from "../helpers/shell.ts";
import { everythingStored } from "../helpers/stored.ts";
import { makePipes, withOwnPipe } from "./own_pipes.ts";
import { rests } from "./resting_process.ts";
import { pause, until } from "./served_process.ts";
import { LOGIN, withWorld } from "./world_and_input.ts";

/** Milliseconds that are promised. */
const PROMISED = 2000;

/** Milliseconds after which each of them is at what it is to be ended at, unless it can be seen that it waits. */
const TIME_TO_GET_THERE = 2000;

const INIT = ["init", "--db=new.db", "--admin_user=a"];
const IMPORT = [...LOGIN, "--no_localize=1"];

const ENDED = [143];

/** So many commands that wait do so together. */
const TOGETHER = 3;

/** Commands, and what holds them up. `pipe` is a pipe that nobody writes into. A server that serves ends with 0. */
const TABLE: readonly (readonly [what: string, args: readonly string[], exitCodes: readonly number[]])[] = [
  ["a param file that nobody writes", ["--param_file=pipe"], ENDED],
  ["a param file of a server that nobody writes", ["serve", "--param_file=pipe"], ENDED],
  ["a job file that nobody writes", ["run", "pipe"], ENDED],
  ["a password file that nobody writes", [...LOGIN.slice(0, 2), "--auth_pwd_file=pipe", "--class=Person"], ENDED],
  ["the password file of a first user", [...INIT, "--admin_pwd_file=pipe"], ENDED],
  ["a model file that nobody writes", [...INIT, "--admin_pwd=a", "--model=pipe"], ENDED],
  ["a model file to be checked", ["model", "check", "pipe"], ENDED],
  ["a file to look at that nobody writes", ["check", "pipe"], ENDED],
  ["an input that nobody writes", [...IMPORT, "--class=Organization", "--csvfile=pipe"], ENDED],
  [
    "a certificate that nobody writes",
    ["serve", "--db=world.db", "--port=0", "--tls_cert=pipe", "--tls_key=pipe"],
    ENDED,
  ],
  ["an access log that nobody reads", ["serve", "--db=world.db", "--port=0", "--access_log=log_pipe"], [...ENDED, 0]],
  ["a password for each of 2,000 users", [...IMPORT, "--class=UserLocal", "--csvfile=users.csv"], ENDED],
  ["a link set of 8 million apostrophes", [...IMPORT, "--class=DocumentFile", "--csvfile=quotes.csv"], ENDED],
  ["a link set of 8 million items that are empty", [...IMPORT, "--class=DocumentFile", "--csvfile=empty.csv"], ENDED],
];

function waits([, args]: typeof TABLE[number]): boolean {
  return args.some((argument) => argument.endsWith("pipe"));
}

function writeInputs({ write }: Scratch): void {
  const users = Array.from({ length: 2000 }, (_, row) => `u${row},Pass-W0rd${row},profileid:3\n`);
  write("users.csv", `login,password,profile_list\n${users.join("")}`);
  const document = (cell: string) => `name,org_id->name,cis_list\n${`D,Demo,"${cell}"\n`.repeat(20)}`;
  write("quotes.csv", document("'".repeat(8_000_000)));
  write("empty.csv", document("|".repeat(8_000_000)));
}

/** How long a command is given: more where the machine has other work to do, and starts nothing in a moment. */
async function allowedIn({ folder }: Scratch): Promise<number> {
  const begin = performance.now();
  assertExit(await runProcess(["--version"], { folder }), 0);
  return Math.max(PROMISED, 5 * (performance.now() - begin));
}

interface Ending {
  readonly redirection?: string;
  /** Waits until the command is at what it is to be ended at. @param pid of its process */
  readonly isThere: (pid: number) => Promise<unknown>;
}

const waiting: Ending = { isThere: (pid) => rests(pid, TIME_TO_GET_THERE) };
const after = (milliseconds: number): Ending => ({ isThere: () => pause(milliseconds) });

/** @returns how long the command took to end, in milliseconds */
async function endOf(scratch: Scratch, args: readonly string[], { isThere, redirection }: Ending) {
  const running = startProcess(args, { folder: scratch.folder, ...redirection === undefined ? {} : { redirection } });
  await isThere(running.child.pid);
  const begin = performance.now();
  terminate(running.child);
  const run = await running.ended();
  return { run, milliseconds: performance.now() - begin };
}

/** It may have come to its end by itself. */
function terminate(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGTERM");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

Deno.test({
  name: "SIGTERM ends every command within two seconds, whatever it waits for or works at, and nothing is written",
  // There a process is ended in one way only.
  ignore: Deno.build.os === "windows",
  fn: () =>
    withWorld(async (scratch, database) => {
      writeInputs(scratch);
      await makePipes(scratch, TOGETHER);
      await outputOf("mkfifo", [scratch.path("log_pipe")]);
      const allowed = await allowedIn(scratch);
      const before = everythingStored(database);
      const check = async ([what, args, exitCodes]: typeof TABLE[number], ending: Ending) => {
        const { run, milliseconds } = await endOf(scratch, args, ending);
        assert(exitCodes.includes(run.exitCode), `${what}${describeRun(run)}`);
        assert(milliseconds < allowed, `${what}: ${milliseconds} ms, of ${allowed}${describeRun(run)}`);
      };
      const [idle, working] = [TABLE.filter(waits), TABLE.filter((line) => !waits(line))];
      // Those that only wait can do so together, a few at a time: to start takes the processor.
      for (let at = 0; at < idle.length; at += TOGETHER) {
        await Promise.all(
          idle.slice(at, at + TOGETHER).map(([what, args, exitCodes], place) =>
            check([what, withOwnPipe(args, place), exitCodes], waiting)
          ),
        );
      }
      for (const line of working) await check(line, after(TIME_TO_GET_THERE));
      assertEquals(everythingStored(database), before);
    }),
});

Deno.test({
  name:
    "SIGTERM ends a run that waits for the lock of its job's database, and a server whose standard error nobody reads",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withWorld(async (scratch, database) => {
      await outputOf("mkfifo", [scratch.path("stderr")]);
      scratch.write("all.params", "class = Organization\ncsvfile = input.csv\n");
      scratch.write(
        "nightly.job",
        "db = world.db\nauth_user = admin\nauth_pwd = admin\nbusy_timeout = 600\nimport = all.params\n",
      );
      const allowed = await allowedIn(scratch);
      const writer = new DatabaseSync(database);
      writer.exec("BEGIN IMMEDIATE");
      const locked = await endOf(scratch, ["run", "nightly.job"], waiting);
      writer.exec("ROLLBACK");
      writer.close();
      // A reader that reads nothing, and a pipe that is full.
      const reader = await Deno.open(scratch.path("stderr"), { read: true, write: true });
      await reader.write(new Uint8Array(65_536));
      const serve = ["serve", "--db=world.db", `--socket=${scratch.path("s")}`];
      const isListening = () => Deno.lstat(scratch.path("s")).then(() => true, () => false);
      const isThere = async (pid: number) => {
        await until("the server listens", isListening);
        await rests(pid, TIME_TO_GET_THERE);
      };
      const blocked = await endOf(scratch, serve, { redirection: "2>stderr", isThere });
      reader.close();
      assertExit(locked.run, 143);
      assertExit(blocked.run, 0);
      for (const { run, milliseconds } of [locked, blocked]) {
        // Two words that nobody hears take a second each.
        assert(milliseconds < allowed + 1000, `${milliseconds} ms, of ${allowed}${describeRun(run)}`);
      }
    }),
});

Deno.test({
  name: "SIGTERM ends a run within two seconds, whatever it is at in a link set of 60,000 links",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withWorld(async (scratch) => {
      const count = 60_000;
      const persons = Array.from({ length: count }, (_, row) => `P${row},F,1\n`);
      scratch.write("persons.csv", `name,first_name,org_id\n${persons.join("")}`);
      const load = [...IMPORT, "--class=Person", "--csvfile=persons.csv", "--reconciliationkeys=name"];
      assertExit(await runProcess(load, { folder: scratch.folder }), 0);
      const items = Array.from({ length: count }, (_, row) => `person_id->name:P${row}`);
      scratch.write("team.csv", `name,org_id,persons_list\nT,1,"${items.join("|")}"\n`);
      const team = [...IMPORT, "--class=Team", "--csvfile=team.csv", "--reconciliationkeys=name"];
      const allowed = await allowedIn(scratch);
      // The first may be at the search of persons, the last at the writing of links, or done.
      for (const timeToGetThere of [600, 900, 1200]) {
        const { run, milliseconds } = await endOf(scratch, team, after(timeToGetThere));
        assert([0, ...ENDED].includes(run.exitCode), describeRun(run));
        assert(milliseconds < allowed, `${milliseconds} ms, of ${allowed}${describeRun(run)}`);
      }
    }),
});
