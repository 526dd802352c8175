/** SIGTERM ends every command within two seconds, whatever it is at. A commit that has begun is the one exception: it comes to its end first. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { runProcess, startProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun, type Scratch } from "../helpers/scratch.ts";
import { outputOf } from "../helpers/shell.ts";
import { everythingStored } from "../helpers/stored.ts";
import { pause } from "./served_process.ts";
import { LOGIN, withWorld } from "./world_and_input.ts";

/** Milliseconds that are promised. */
const PROMISED = 2000;

/** Milliseconds after which each of them is at what it is to be ended at. */
const TIME_TO_GET_THERE = 2000;

const INIT = ["init", "--db=new.db", "--admin_user=a"];
const IMPORT = [...LOGIN, "--no_localize=1"];

/** Commands, and what holds them up. `pipe` is a pipe that nobody writes into. */
const TABLE: readonly (readonly [what: string, args: readonly string[], exitCode: number])[] = [
  ["a param file that nobody writes", ["--param_file=pipe"], 143],
  ["a param file of a server that nobody writes", ["serve", "--param_file=pipe"], 143],
  ["a job file that nobody writes", ["run", "pipe"], 143],
  ["a password file that nobody writes", [...LOGIN.slice(0, 2), "--auth_pwd_file=pipe", "--class=Person"], 143],
  ["the password file of a first user", [...INIT, "--admin_pwd_file=pipe"], 143],
  ["a model file that nobody writes", [...INIT, "--admin_pwd=a", "--model=pipe"], 143],
  ["a model file to be checked", ["model", "check", "pipe"], 143],
  ["an input that nobody writes", [...IMPORT, "--class=Organization", "--csvfile=pipe"], 143],
  [
    "a certificate that nobody writes",
    ["serve", "--db=world.db", "--port=0", "--tls_cert=pipe", "--tls_key=pipe"],
    143,
  ],
  ["an access log that nobody reads", ["serve", "--db=world.db", "--port=0", "--access_log=pipe"], 0],
  ["a password for each of 2,000 users", [...IMPORT, "--class=UserLocal", "--csvfile=users.csv"], 143],
  ["a link set of 8 million apostrophes", [...IMPORT, "--class=DocumentFile", "--csvfile=quotes.csv"], 143],
  ["a link set of 8 million items that are empty", [...IMPORT, "--class=DocumentFile", "--csvfile=empty.csv"], 143],
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

/** @returns how long the command took to end, in milliseconds */
async function endOf(scratch: Scratch, args: readonly string[], redirection?: string) {
  const running = startProcess(args, { folder: scratch.folder, ...redirection === undefined ? {} : { redirection } });
  await pause(TIME_TO_GET_THERE);
  const begin = performance.now();
  running.child.kill("SIGTERM");
  const run = await running.ended();
  return { run, milliseconds: performance.now() - begin };
}

Deno.test({
  name: "SIGTERM ends every command within two seconds, whatever it waits for or works at, and nothing is written",
  // There a process is ended in one way only.
  ignore: Deno.build.os === "windows",
  fn: () =>
    withWorld(async (scratch, database) => {
      writeInputs(scratch);
      await outputOf("mkfifo", [scratch.path("pipe")]);
      const allowed = await allowedIn(scratch);
      const before = everythingStored(database);
      const check = async ([what, args, exitCode]: typeof TABLE[number]) => {
        const { run, milliseconds } = await endOf(scratch, args);
        assertExit(run, exitCode);
        assert(milliseconds < allowed, `${what}: ${milliseconds} ms, of ${allowed}${describeRun(run)}`);
      };
      // Those that only wait can do so together.
      const [waiting, working] = [TABLE.filter(waits), TABLE.filter((line) => !waits(line))];
      await Promise.all(waiting.map(check));
      for (const line of working) await check(line);
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
      const waiting = await endOf(scratch, ["run", "nightly.job"]);
      writer.exec("ROLLBACK");
      writer.close();
      // A reader that reads nothing, and a pipe that is full.
      const reader = await Deno.open(scratch.path("stderr"), { read: true, write: true });
      await reader.write(new Uint8Array(65_536));
      const blocked = await endOf(scratch, ["serve", "--db=world.db", "--port=0"], "2>stderr");
      reader.close();
      assertExit(waiting.run, 143);
      assertExit(blocked.run, 0);
      for (const { run, milliseconds } of [waiting, blocked]) {
        // Two words that nobody hears take a second each.
        assert(milliseconds < allowed + 1000, `${milliseconds} ms, of ${allowed}${describeRun(run)}`);
      }
    }),
});
