/** Undertakings at a server that something happens to, and what must be true then. */
import { join } from "@std/path";
import { serverName } from "../helpers/both_databases.ts";
import { type NetworkBetween, networkTo } from "../helpers/network_between.ts";
import { administer, sharedServer } from "../helpers/postgres_databases.ts";
import { INSTALLED_RELEASE, type PostgresRelease } from "../helpers/postgres_release.ts";
import { freePort, type PostgresServer, ROLE_PASSWORD, SUPERUSER } from "../helpers/postgres_server.ts";
import { describeRun, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { onlyDatabase, type RowOfServer, rowsAtServer, useFiles, useServer } from "../helpers/server_in_use.ts";
import { KILLED, lookAndRunAgain } from "./aftermath.ts";
import { torture, type Trial } from "./torture.ts";
import { prepare, type Undertaking, undertaking, type UndertakingName } from "./undertakings.ts";

/** The only database that is disturbed, made anew for each round. */
export const DISTURBED = "disturbed";

/** What is done there, in turn. */
const AT_SERVER: readonly UndertakingName[] = ["import", "atomicJob", "undo", "job"];
/** It has thousands of statements: every so many rounds it is done in place of the others. */
const FEED_EVERY = 10;

export interface Disturbed {
  readonly trial: Trial;
  readonly server: PostgresServer;
  readonly network: NetworkBetween;
}

export interface SubjectAtServer {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly short: number;
  readonly long: number;
}

/** Declares a subject whose undertakings use a server; a machine without one leaves it out. */
export function tortureAtServer(
  subject: SubjectAtServer,
  run: (trial: Trial, release: PostgresRelease) => void | Promise<void>,
): void {
  torture({
    ...subject,
    run(trial) {
      if (INSTALLED_RELEASE === null) return trial.leftOut("PostgreSQL with its clients");
      return run(trial, INSTALLED_RELEASE);
    },
  });
}

/** The same with each subject, as plans have the address. */
const NETWORK_PORT = freePort();

/** Has undertakings use a server that is reached through a network which can be cut. */
export async function overNetwork(
  trial: Trial,
  release: PostgresRelease,
  use: (disturbed: Disturbed) => Promise<void>,
): Promise<void> {
  const server = await sharedServer(release);
  const network = networkTo(server.port, NETWORK_PORT);
  const address = await addressOver(server, "127.0.0.1", network.port);
  useServer(release, { address, direct: direct(server, DISTURBED) });
  try {
    await use({ trial, server, network });
  } finally {
    useFiles();
    await network.close();
  }
}

/** The database's address over TCP, with a password. What is committed is to outlive a crash of the server. */
export async function addressOver(server: PostgresServer, host: string, port: number): Promise<string> {
  await administer(server, [
    `ALTER ROLE ${SUPERUSER} PASSWORD '${ROLE_PASSWORD}'`,
    `ALTER ROLE ${SUPERUSER} SET synchronous_commit = on`,
  ]);
  const passwords = join(server.folder, "passwords");
  Deno.writeTextFileSync(passwords, `*:*:*:*:${ROLE_PASSWORD}\n`, { mode: 0o600 });
  return `postgres://${SUPERUSER}@${host}:${port}/${DISTURBED}?sslmode=disable&passfile=${passwords}`;
}

/** By its Unix socket. */
export function direct(server: PostgresServer, database: string): string {
  return serverName(server.address({ database }));
}

/** Something to be disturbed. */
export interface Plan {
  readonly name: UndertakingName;
  readonly wanted: Undertaking;
  /** How many statements it has. */
  readonly statements: number;
  /** The number of the last COMMIT. */
  readonly commit: number;
}

const plans = new Map<string, Promise<Plan>>();

/** That of a round. */
export function planOf(round: number): Promise<Plan> {
  const isFeed = round % FEED_EVERY === FEED_EVERY - 1;
  const name = isFeed ? "feed" : AT_SERVER[round % AT_SERVER.length] ?? "import";
  const key = `${onlyDatabase()} ${name}`;
  const plan = plans.get(key) ?? makePlan(name);
  plans.set(key, plan);
  return plan;
}

async function makePlan(name: UndertakingName): Promise<Plan> {
  const wanted = await undertaking(name);
  return await withScratch(async (scratch) => {
    await prepare(name, scratch);
    let [statements, commit] = [0, 0];
    await scratch.run(wanted.args, {
      onStatement(sql) {
        statements++;
        if (sql === "COMMIT") commit = statements;
      },
    });
    return { name, wanted, statements, commit };
  });
}

/**
 * Looks at what a run has told and left, and runs it again.
 * @param codes of a run that was ended
 */
export async function judge(
  trial: Trial,
  { wanted }: Plan,
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

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What a program that is gone has begun the server ends by itself. @returns the sessions that it does not end */
export async function sessionsLeft(server: PostgresServer): Promise<readonly RowOfServer[]> {
  const sql = `SELECT state, query FROM pg_stat_activity WHERE datname = '${DISTURBED}'`;
  for (let tries = 1;; tries++) {
    const left = rowsAtServer(direct(server, "postgres"), sql);
    if (left.length === 0 || tries === 600) return left;
    await wait(100);
  }
}

/** A server that begins anew takes a moment. */
export async function serverAnswers(server: PostgresServer): Promise<void> {
  for (let tries = 1;; tries++) {
    try {
      return await administer(server, ["SELECT 1"]);
    } catch (error) {
      if (tries === 100) throw error;
      await wait(100);
    }
  }
}
