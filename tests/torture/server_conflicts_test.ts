/** A server that takes transactions back with 40001, as those do whose transactions are SERIALIZABLE: runs begin anew, and nobody notices. */
import { type Refuses, withConflicts } from "../helpers/conflicting_server.ts";
import { sharedServer, shareServer } from "../helpers/postgres_databases.ts";
import { describeRun, withScratch } from "../helpers/scratch.ts";
import { useFiles, useServer } from "../helpers/server_in_use.ts";
import type { Random } from "./random.ts";
import { direct, DISTURBED, judge, type Plan, planOf, tortureAtServer } from "./server_disturbed.ts";
import type { Trial } from "./torture.ts";
import { prepare } from "./undertakings.ts";

/** So often a transaction is begun before its run gives up. */
const ATTEMPTS = 5;

/** Which statements of which transactions are refused, until so many were. */
function refusing(random: Random, most: number, statements: number): Refuses {
  let [refused, first] = [0, 0];
  let place = random.int(0, statements);
  return ({ number, isCommit }) => {
    if (refused === most || (number - first < place && !isCommit)) return false;
    refused++;
    first = number + 1;
    place = random.int(0, statements);
    return true;
  };
}

tortureAtServer({
  name: "server_conflicts",
  title: "statements of SERIALIZABLE transactions refused with 40001",
  unit: "runs",
  short: 2,
  long: 100,
}, async (trial, release) => {
  const server = await sharedServer(release);
  const portable = { ...release };
  shareServer(portable, server);
  let refuses: Refuses = () => false;
  await withConflicts(server, (statement) => refuses(statement), async (conflicting) => {
    const address = direct(server, DISTURBED).replace(server.folder, conflicting.folder);
    useServer(portable, { address, direct: direct(server, DISTURBED), isPortable: true });
    try {
      for (let index = 0; index < trial.amount; index++) {
        const plan = await planOf(index);
        await refuseOnce(trial, plan, trial.random.part(index), (wish) => {
          refuses = wish ?? (() => false);
          return conflicting;
        });
        trial.tried();
      }
    } finally {
      useFiles();
    }
  });
});

async function refuseOnce(
  trial: Trial,
  plan: Plan,
  random: Random,
  refuse: (wish: Refuses | null) => { readonly statements: number; readonly refused: number },
): Promise<void> {
  await withScratch(async (scratch) => {
    await prepare(plan.name, scratch);
    const most = random.chance(0.2) ? Infinity : random.int(1, ATTEMPTS - 1);
    const server = refuse(null);
    const [before, statements] = [server.refused, server.statements];
    const wish = refusing(random, most, plan.statements);
    refuse(({ number, ...statement }) => wish({ ...statement, number: number - statements }));
    const run = await scratch.run(plan.wanted.args);
    refuse(null);
    const refused = server.refused - before;
    const what = `${plan.name}, refused ${refused} of ${most} times`;
    trial.count("refused", refused);
    if (refused === 0) trial.lost(`${what}: nothing was refused${describeRun(run)}`);
    if (most < ATTEMPTS && run.exitCode !== 0) trial.lost(`${what}: it gave up${describeRun(run)}`);
    await judge(trial, plan, scratch, run, what, [75]);
  });
}
