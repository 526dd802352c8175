/** The right to the network: kept by a command whose database is on a server, whatever says so, and given up by every other one. */
import { assert, assertEquals } from "@std/assert";
import { findParameter } from "../../../lib/parameters/list/find_parameter.ts";
import { COMMANDS } from "../../../lib/parameters/list/parameter_definition.ts";
import { type RunOptions, type Scratch, withScratch } from "../../helpers/scratch.ts";

const FILE = "none.db";
const LOGIN = ["--auth_user=admin", "--auth_pwd=admin"];
const IMPORT = ["--class=Organization", "--csvfile=rows.csv", ...LOGIN];

/** What a command has to be given beside its database. */
const NEEDED: ReadonlyMap<string, readonly string[]> = new Map([
  ["init", ["--admin_user=admin", "--admin_pwd=admin"]],
  ["import", IMPORT],
  ["undo", ["--change=1", ...LOGIN]],
  ["explain", [...IMPORT, "--line=2"]],
  ["export", ["--class=Organization", ...LOGIN]],
  ["check", ["rows.csv", "--class=Organization"]],
  ["passwd", ["--user=admin", "--new_pwd_file=password.txt"]],
  ["model", ["show"]],
  ["history", LOGIN],
  ["index", []],
]);

/** `serve` has the network anyway, `run` has files of its own, and where help looks databases are not asked. */
const TRIED = COMMANDS.filter((name) => findParameter("db")?.uses[name] !== undefined && NEEDED.has(name));

type Naming = (database: string, scratch: Scratch) => readonly [readonly string[], RunOptions];

/** How a database may be named. */
const WAYS: Readonly<Record<string, Naming>> = {
  "the command line": (database) => [[`--db=${database}`], {}],
  "the environment": (database) => [[], { env: { CSVRECON_DB: database } }],
  "a param file": (database, { write }) => [[`--param_file=${write("db.params", `db = ${database}\n`)}`], {}],
};

/** Somebody who lets nobody in, and counts who comes with the right to come, and without it. */
interface Doorkeeper {
  readonly server: string;
  /** Runs the program. @returns how many came, and whether the right was given up before any of them */
  run(scratch: Scratch, args: readonly string[], options?: RunOptions): Promise<readonly [number, boolean]>;
}

async function withDoorkeeper(use: (doorkeeper: Doorkeeper, scratch: Scratch) => Promise<void>): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let [visitors, isGivenUp, wasGivenUp] = [0, false, false];
  const accepting = (async () => {
    for await (const visitor of listener) {
      visitors++;
      wasGivenUp ||= isGivenUp;
      visitor.close();
    }
  })();
  try {
    await withScratch((scratch) =>
      use({
        server: `postgres://somebody@127.0.0.1:${listener.addr.port}/none?sslmode=disable&connect_timeout=1`,
        async run(scratch, args, options = {}) {
          [visitors, isGivenUp, wasGivenUp] = [0, false, false];
          await scratch.run(args, { ...options, onNetworkGivenUp: () => isGivenUp = true });
          return [visitors, visitors === 0 ? isGivenUp : wasGivenUp];
        },
      }, scratch)
    );
  } finally {
    listener.close();
    await accepting;
  }
}

Deno.test("every command that has a database is tried", () => {
  assert(TRIED.length >= 10, TRIED.join());
});

for (const command of TRIED) {
  Deno.test(`${command} keeps the network where its database is on a server, and gives it up where it is a file`, () =>
    withDoorkeeper(async ({ server, run }, scratch) => {
      scratch.write("rows.csv", "name,code\nA,a\n");
      scratch.write("password.txt", "Correct-Horse-7\n");
      const hasFiles = findParameter("param_file")?.uses[command] !== undefined;
      for (const [way, naming] of Object.entries(WAYS)) {
        if (way === "a param file" && !hasFiles) continue;
        for (const database of [server, FILE]) {
          const [args, options] = naming(database, scratch);
          const [visitors, isGivenUp] = await run(scratch, [command, ...NEEDED.get(command) ?? [], ...args], options);
          const what = `${command}, ${database} by ${way}`;
          assertEquals([visitors > 0, isGivenUp], database === FILE ? [false, true] : [true, false], what);
        }
      }
    }));
}

Deno.test("run keeps the network where a job, or a param file of it, names a server", () =>
  withDoorkeeper(async ({ server, run }, scratch) => {
    scratch.write("rows.csv", "name,code\nA,a\n");
    const login = "auth_user = admin\nauth_pwd = admin\n";
    const imported = "class = Organization\ncsvfile = rows.csv\n";
    for (const database of [server, FILE]) {
      scratch.write("whole.job", `db = ${database}\n${login}import = plain.params\n`);
      scratch.write("parts.job", `${login}import = own.params\n`);
      scratch.write("plain.params", imported);
      scratch.write("own.params", `${imported}db = ${database}\n`);
      for (const job of ["whole.job", "parts.job"]) {
        const [visitors, isGivenUp] = await run(scratch, ["run", job]);
        assertEquals([visitors > 0, isGivenUp], database === FILE ? [false, true] : [true, false], job);
      }
    }
  }));

Deno.test("what cannot be read names no server", () =>
  withDoorkeeper(async ({ run }, scratch) => {
    for (const args of [["run", "missing.job"], ["import", "--param_file=missing.params"]]) {
      assertEquals(await run(scratch, args), [0, true], args.join(" "));
    }
  }));
