/**
 * A server that goes away at any statement: its session ended, the network cut, the answer lost; or the program itself, by a signal. The
 * database is the one before or the one after, what was said is true, and the next run ends as if nothing had been.
 */
import { join } from "@std/path";
import { serverName } from "../helpers/both_databases.ts";
import { networkTo } from "../helpers/network_between.ts";
import { administer, sharedServer } from "../helpers/postgres_databases.ts";
import { INSTALLED_RELEASE, type PostgresRelease } from "../helpers/postgres_release.ts";
import { type PostgresServer, ROLE_PASSWORD, SUPERUSER } from "../helpers/postgres_server.ts";
import { startProcess } from "../helpers/program_process.ts";
import { describeRun, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { rowsAtServer, useFiles, useServer } from "../helpers/server_in_use.ts";
import { KILLED, lookAndRunAgain } from "./aftermath.ts";
import { torture, type Trial } from "./torture.ts";
import { prepare, type Undertaking, undertaking, type UndertakingName } from "./undertakings.ts";

const DATABASE = "disturbed";
/** Milliseconds. */
const LONGEST = 10_000;

/** `late` comes when the server has done it: then its answer is lost. */
const FAULTS = ["session", "cut", "late"] as const;
type Fault = typeof FAULTS[number];

const UNDERTAKINGS: readonly (readonly [UndertakingName, string, number, number])[] = [
  ["import", "an import", 4, 60],
  ["undo", "an undo", 2, 30],
  ["atomicJob", "an atomic job", 3, 30],
  ["job", "a job", 2, 30],
  ["feed", "a file of a feed", 2, 30],
];

interface Disturbed {
  readonly trial: Trial;
  readonly server: PostgresServer;
  readonly name: UndertakingName;
  readonly wanted: Undertaking;
  /** Ends all that leads to the server. */
  readonly cut: () => void;
  /** What the server says from now on is lost. */
  readonly loseAnswers: () => void;
}

function atServer(
  subject: string,
  title: string,
  name: UndertakingName,
  [short, long]: readonly [number, number],
  body: (disturbed: Disturbed) => Promise<void>,
): void {
  torture({
    name: subject,
    title,
    unit: "moments",
    short,
    long,
    async run(trial) {
      if (INSTALLED_RELEASE === null) return trial.leftOut("PostgreSQL with its clients");
      await withServerInUse(INSTALLED_RELEASE, async (server, network) => {
        const wanted = await undertaking(name);
        const { cut, loseAnswers } = network;
        await body({ trial, server, name, wanted, cut, loseAnswers });
      });
    },
  });
}

async function withServerInUse(
  release: PostgresRelease,
  use: (server: PostgresServer, network: ReturnType<typeof networkTo>) => Promise<void>,
): Promise<void> {
  const server = await sharedServer(release);
  await administer(server, [`ALTER ROLE ${SUPERUSER} PASSWORD '${ROLE_PASSWORD}'`]);
  const passwords = join(server.folder, "passwords");
  Deno.writeTextFileSync(passwords, `*:*:*:*:${ROLE_PASSWORD}\n`, { mode: 0o600 });
  const network = networkTo(server.port);
  const address = `postgres://${SUPERUSER}@127.0.0.1:${network.port}/${DATABASE}?sslmode=disable&passfile=${passwords}`;
  useServer(release, { address, direct: direct(server, DATABASE) });
  try {
    await use(server, network);
  } finally {
    useFiles();
    network.close();
  }
}

/** By its Unix socket. */
function direct(server: PostgresServer, database: string): string {
  return serverName(server.address({ database }));
}

for (const [name, title, short, long] of UNDERTAKINGS) {
  atServer(
    `server_${name.toLowerCase()}`,
    `a server lost at a statement of ${title}`,
    name,
    [short, long],
    async (of) => {
      const statements = await countStatements(of);
      for (let index = 0; index < of.trial.amount; index++) {
        const random = of.trial.random.part(index);
        // The last statement, the COMMIT, is the one that counts most.
        const statement = random.chance(0.25) ? statements.commit : random.int(1, statements.all);
        await disturbOnce(of, FAULTS[index % FAULTS.length] ?? "cut", statement);
        of.trial.tried();
      }
    },
  );
}

interface Statements {
  readonly all: number;
  /** The number of the last COMMIT. */
  readonly commit: number;
}

function countStatements({ name, wanted }: Disturbed): Promise<Statements> {
  return withScratch(async (scratch) => {
    await prepare(name, scratch);
    let [all, commit] = [0, 0];
    await scratch.run(wanted.args, {
      onStatement(sql) {
        all++;
        if (sql === "COMMIT") commit = all;
      },
    });
    return { all, commit };
  });
}

function disturbOnce(of: Disturbed, fault: Fault, statement: number): Promise<void> {
  return withScratch(async (scratch) => {
    await prepare(of.name, scratch);
    const what = `${fault} at statement ${statement}`;
    let count = 0;
    let [begin, sql] = [0, ""];
    const run = await scratch.run(of.wanted.args, {
      onStatement(text) {
        if (++count !== statement) return;
        [begin, sql] = [performance.now(), text.slice(0, 60)];
        disturb(of, fault);
      },
    });
    const took = performance.now() - begin;
    if (begin > 0 && took > LONGEST) of.trial.lost(`${what}: it took ${took} ms (${sql})${describeRun(run)}`);
    await judge(of, scratch, run, `${what} (${sql})`, [75]);
  });
}

function disturb({ server, cut, loseAnswers }: Disturbed, fault: Fault): void {
  switch (fault) {
    case "session":
      rowsAtServer(
        direct(server, "postgres"),
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${DATABASE}'`,
      );
      return;
    case "cut":
      return cut();
    case "late":
      loseAnswers();
      setTimeout(cut, 300);
  }
}

/** @param codes of a run that was ended */
async function judge(
  { wanted, trial }: Disturbed,
  scratch: Scratch,
  run: ProgramRun,
  what: string,
  codes: readonly number[],
): Promise<void> {
  const lost = (why: string) => trial.lost(`${what}: ${why}${describeRun(run)}`);
  trial.count(`ended with ${run.exitCode}`);
  if (run.exitCode !== 0 && !codes.includes(run.exitCode)) lost(`not ${codes}`);
  const state = await lookAndRunAgain(scratch, wanted, what, trial);
  const isDone = state === wanted.states.length - 1;
  if (run.exitCode === 0 && !isDone) lost("exit code 0 for something that was not done");
  const isTold = run.exitCode === 0 || run.stderr.includes("Nobody knows") || run.stderr.includes("stays");
  // Who is killed behind the commit tells nothing.
  if (isDone && !isTold && run.exitCode !== KILLED) lost("it was done, and nobody was told");
  if (/^ +at |Uncaught/m.test(run.stderr)) lost("a stack");
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

atServer(
  "server_signal",
  "SIGINT or SIGTERM at a moment of an import into a server",
  "import",
  [3, 40],
  async (of) => {
    const { trial, name, wanted } = of;
    const life = await withScratch(async (scratch) => {
      await prepare(name, scratch);
      const begin = performance.now();
      await startProcess(wanted.args, { folder: scratch.folder }).ended();
      return performance.now() - begin;
    });
    for (let index = 0; index < trial.amount; index++) {
      const random = trial.random.part(index);
      const signal = (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[])[index % 2] ?? "SIGTERM";
      await withScratch(async (scratch) => {
        await prepare(name, scratch);
        const running = startProcess(wanted.args, { folder: scratch.folder });
        await wait(life * (0.3 + 0.75 * random.fraction()));
        send(running.child, signal);
        const run = await running.ended();
        await othersGone(of.server);
        await judge(of, scratch, run, `${signal} ${index}`, [SIGNALS[signal]]);
      });
      trial.tried();
    }
  },
);

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function send(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended already.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** What a program that is gone has begun the server ends by itself. */
async function othersGone(server: PostgresServer): Promise<void> {
  const sql = `SELECT pid FROM pg_stat_activity WHERE datname = '${DATABASE}'`;
  for (let tries = 0; tries < 100 && rowsAtServer(direct(server, "postgres"), sql).length > 0; tries++) await wait(100);
}
