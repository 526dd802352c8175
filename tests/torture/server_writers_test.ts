/** Other writers at the same server: waited for, or told of with 75; and two programs on two hosts, which never make twins. */
import { type HostOfClient, withHosts } from "../helpers/hosts.ts";
import { nameSpacesAreMissing } from "../helpers/name_space.ts";
import { shareServer, withConnection } from "../helpers/postgres_databases.ts";
import type { PostgresRelease } from "../helpers/postgres_release.ts";
import { type PostgresServer, serverIn, withServer } from "../helpers/postgres_server.ts";
import { runProcess } from "../helpers/program_process.ts";
import { describeRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { useFiles, useServer } from "../helpers/server_in_use.ts";
import { lookAndRunAgain, stateOf } from "./aftermath.ts";
import type { Random } from "./random.ts";
import {
  addressOver,
  direct,
  DISTURBED,
  overNetwork,
  type Plan,
  planOf,
  tortureAtServer,
  wait,
} from "./server_disturbed.ts";
import type { Trial } from "./torture.ts";
import { prepare } from "./undertakings.ts";

/** Another run of csvrecon holds the first; any other program, which is waited for five seconds at least, the second. */
const HELD = ["SELECT name FROM csvrecon_ids FOR UPDATE", "LOCK TABLE organization IN ROW EXCLUSIVE MODE"] as const;

tortureAtServer({
  name: "server_locked",
  title: "another writer at a server for longer and for shorter than busy_timeout",
  unit: "locks",
  short: 3,
  long: 100,
}, (trial, release) =>
  overNetwork(trial, release, async ({ server }) => {
    for (let index = 0; index < trial.amount; index++) {
      const isLonger = index % 2 === 0;
      const held = HELD[index % 4 === 0 ? 1 : 0];
      await lockOnce(trial, server, await planOf(index), {
        isLonger,
        held,
        milliseconds: trial.random.part(index).int(50, 1500),
      });
      trial.tried();
    }
  }));

interface Lock {
  readonly isLonger: boolean;
  readonly held: string;
  readonly milliseconds: number;
}

async function lockOnce(trial: Trial, server: PostgresServer, plan: Plan, lock: Lock): Promise<void> {
  const { isLonger, held, milliseconds } = lock;
  await withScratch(async (scratch) => {
    await prepare(plan.name, scratch);
    const seconds = isLonger ? milliseconds / 1000 : 60;
    const run = await withConnection(server.address({ database: DISTURBED }), async (writer) => {
      await writer.execute(`BEGIN; ${held}`);
      const running = scratch.run([...plan.wanted.args, `--busy_timeout=${seconds}`]);
      await (isLonger ? running : wait(milliseconds));
      await writer.execute("ROLLBACK");
      return await running;
    });
    const what = `${plan.name}, ${held}, ${milliseconds} ms ${isLonger ? "longer" : "shorter"} than the wait`;
    const lost = (why: string) => trial.lost(`${what}: ${why}${describeRun(run)}`);
    trial.count(isLonger ? "refused with 75" : "waited for");
    if (run.exitCode !== (isLonger ? 75 : 0)) lost(`not ${isLonger ? 75 : 0}`);
    if (isLonger && stateOf(scratch, plan.wanted) !== 0) lost("it wrote");
    await lookAndRunAgain(scratch, plan.wanted, what, trial);
  });
}

tortureAtServer({
  name: "server_hosts",
  title: "the same from two hosts at once into one server",
  unit: "pairs",
  short: 2,
  long: 40,
}, async (trial, release) => {
  const missing = await nameSpacesAreMissing("net");
  if (missing !== null) return trial.leftOut(missing);
  await withHosts(2, (hosts) =>
    withServerOn(release, hosts.server.enter, async (server, own) => {
      const clients: Client[] = [];
      for (const host of hosts.clients) {
        clients.push({ host, address: await addressOver(server, host.serverAddress, server.port) });
      }
      const address = direct(server, DISTURBED);
      useServer(own, { address, direct: address, elsewhere: clients.map(({ address }) => address) });
      try {
        for (let index = 0; index < trial.amount; index++) {
          await loadTwice(trial, server, clients, await planOf(index), trial.random.part(index));
          trial.tried();
        }
      } finally {
        useFiles();
      }
    }));
});

/** A server of one's own in a network name space. @param use is given the release under which undertakings find it */
function withServerOn(
  release: PostgresRelease,
  enter: readonly string[],
  use: (server: PostgresServer, own: PostgresRelease) => Promise<void>,
): Promise<void> {
  return withServer(release, async (started) => {
    await started.stop("fast");
    const server = serverIn(started, enter);
    await server.start();
    const own = { ...release };
    shareServer(own, server);
    await use(server, own);
  }, ["listen_addresses=*"]);
}

interface Client {
  readonly host: HostOfClient;
  /** The database's, as the host knows it. */
  readonly address: string;
}

async function loadTwice(
  trial: Trial,
  server: PostgresServer,
  clients: readonly Client[],
  plan: Plan,
  random: Random,
): Promise<void> {
  await withScratch(async (scratch) => {
    await prepare(plan.name, scratch);
    // A process takes a second or two.
    const starts = random.shuffled([0, random.int(0, 1500)]);
    const timeouts = clients.map(() => random.pick([0, 0.02, 30]));
    const runs = await Promise.all(clients.map(async (client, index) => {
      const { args, folder } = onHost(plan, scratch, `host${index}`, [direct(server, DISTURBED), client.address]);
      await wait(starts[index] ?? 0);
      return await runProcess([...args, `--busy_timeout=${timeouts[index]}`], { folder, starter: client.host.enter });
    }));
    const what = `${plan.name}, started at ${starts} ms, waiting ${timeouts} s`;
    const lost = (why: string) => trial.lost(`${what}: ${why}${runs.map(describeRun).join("\n")}`);
    for (const { exitCode, stderr } of runs) {
      trial.count(`ended with ${exitCode}`);
      if (![0, 75, plan.wanted.codeAgain].includes(exitCode)) lost("neither 0 nor 75");
      if (/^ +at |Uncaught/m.test(stderr)) lost("a stack");
    }
    const done = runs.filter(({ exitCode }) => exitCode === 0).length;
    if (done === 0 || (done > 1 && plan.wanted.codeAgain !== 0)) lost(`${done} have done it`);
    if (stateOf(scratch, plan.wanted) !== plan.wanted.states.length - 1) {
      lost("the end is not that of one of them alone");
    }
    await lookAndRunAgain(scratch, plan.wanted, what, { ...trial, count: () => {} });
  });
}

/** The undertaking in a folder of the host, where the server has another address. */
function onHost({ wanted }: Plan, scratch: Scratch, name: string, [from, to]: readonly [string, string]): OnHost {
  const own = (text: string) => text.replaceAll(from, to);
  const folder = scratch.path(name);
  const files = [...Deno.readDirSync(scratch.folder)].filter(({ isFile }) => isFile);
  Deno.mkdirSync(folder);
  for (const file of files) {
    Deno.writeTextFileSync(`${folder}/${file.name}`, own(Deno.readTextFileSync(scratch.path(file.name))));
  }
  return { args: wanted.args.map(own), folder };
}

interface OnHost {
  readonly args: readonly string[];
  readonly folder: string;
}
