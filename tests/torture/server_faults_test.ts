/**
 * A server that goes away at any statement: its session ended, its process killed, the server restarted, the network cut, the answer lost.
 * The database is the one before or the one after, what was said is true, and the next run ends as if nothing had been.
 */
import type { PostgresServer } from "../helpers/postgres_server.ts";
import { describeRun, withScratch } from "../helpers/scratch.ts";
import { rowsAtServer } from "../helpers/server_in_use.ts";
import type { Random } from "./random.ts";
import {
  direct,
  DISTURBED,
  type Disturbed,
  judge,
  overNetwork,
  type Plan,
  planOf,
  serverAnswers,
  tortureAtServer,
} from "./server_disturbed.ts";
import { prepare } from "./undertakings.ts";

/** Milliseconds: ten seconds are promised, and a busy machine takes its time for all else. */
const LONGEST = 60_000;

interface Fault {
  readonly subject: string;
  readonly title: string;
  readonly short: number;
  readonly long: number;
  /** Only the last statement that counts is disturbed. */
  readonly atCommit?: true;
  /** Begins it, at once. */
  disturb(disturbed: Disturbed, random: Random): void | Promise<void>;
}

const FAULTS: readonly Fault[] = [
  {
    subject: "server_session",
    title: "a session that the server ends at a statement",
    short: 3,
    long: 100,
    disturb: ({ server }) =>
      void rowsAtServer(direct(server, "postgres"), `SELECT pg_terminate_backend(pid) FROM (${SESSIONS}) AS s`),
  },
  {
    subject: "server_killed",
    title: "kill -9 of a session's process at a statement, after which the server begins anew",
    short: 2,
    long: 40,
    disturb: ({ server }) => killSessions(server),
  },
  {
    subject: "server_restarted",
    title: "a server that is restarted or crashes at a statement",
    short: 2,
    long: 40,
    async disturb({ server }, random) {
      await server.stop(random.pick(["fast", "immediate"]));
      await server.start();
    },
  },
  {
    subject: "server_cut",
    title: "a connection that is cut at a statement, or whose answers are lost before",
    short: 3,
    long: 100,
    disturb: (disturbed, random) => random.chance(0.5) ? disturbed.network.cut() : loseAnswers(disturbed),
  },
  {
    subject: "server_commit",
    title: "a COMMIT whose answer is lost",
    short: 2,
    long: 100,
    atCommit: true,
    disturb: loseAnswers,
  },
];

const SESSIONS = `SELECT pid FROM pg_stat_activity WHERE datname = '${DISTURBED}' AND pid <> pg_backend_pid()`;

function killSessions(server: PostgresServer): void {
  for (const { pid } of rowsAtServer(direct(server, "postgres"), SESSIONS)) {
    try {
      Deno.kill(Number(pid), "SIGKILL");
    } catch (error) {
      // The server has ended it meanwhile, as it does with all sessions when one is killed.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** The server does what it is told, and then nobody hears of it. */
async function loseAnswers({ network }: Disturbed): Promise<void> {
  network.loseAnswers();
  await new Promise((resolve) => setTimeout(resolve, 300));
  network.cut();
}

for (const [number, fault] of FAULTS.entries()) {
  const { subject: name, title, short, long } = fault;
  tortureAtServer(
    { name, title, short, long, unit: "moments" },
    (trial, release) =>
      overNetwork(trial, release, async (disturbed) => {
        for (let index = 0; index < trial.amount; index++) {
          await disturbOnce(disturbed, fault, await planOf(number + index), trial.random.part(index));
          trial.tried();
        }
      }),
  );
}

async function disturbOnce(disturbed: Disturbed, fault: Fault, plan: Plan, random: Random): Promise<void> {
  const { trial, server } = disturbed;
  // The last statement, the COMMIT, is the one that counts most.
  const isCommit = fault.atCommit === true || random.chance(0.25);
  const statement = isCommit ? plan.commit : random.int(1, plan.statements);
  // Before the statement is sent, or when the server may be at it.
  const delay = fault.atCommit !== true && random.chance(0.5) ? random.int(0, 20) : null;
  await withScratch(async (scratch) => {
    await prepare(plan.name, scratch);
    let [count, begin, sql] = [0, 0, ""];
    let over: void | Promise<void> = undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const disturb = () => {
      begin = performance.now();
      over = fault.disturb(disturbed, random);
    };
    const run = await scratch.run(plan.wanted.args, {
      onStatement(text) {
        if (++count !== statement) return;
        sql = text.slice(0, 60);
        if (delay === null) disturb();
        else timer = setTimeout(disturb, delay);
      },
    });
    clearTimeout(timer);
    const took = performance.now() - begin;
    const what = `${fault.subject}, ${plan.name}, statement ${statement} (${sql}), after ${delay ?? "no"} ms`;
    if (begin === 0) trial.count("too late");
    else if (took > LONGEST) trial.lost(`${what}: it took ${took} ms${describeRun(run)}`);
    await over;
    await serverAnswers(server);
    await judge(trial, plan, scratch, run, what, [75]);
  });
}
