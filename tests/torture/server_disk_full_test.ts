/**
 * A server whose disk is full sooner or later: code 73 with its words, or 75 where that has ended the server; nothing half-written, and when
 * there is room again the same run works.
 */
import { nameSpacesAreMissing } from "../helpers/name_space.ts";
import { administer, shareServer, withConnection } from "../helpers/postgres_databases.ts";
import { describeRun, withScratch } from "../helpers/scratch.ts";
import { type ServerOnSmallDisk, withServerOnSmallDisk } from "../helpers/server_on_small_disk.ts";
import { useFiles, useServer } from "../helpers/server_in_use.ts";
import type { Random } from "./random.ts";
import { direct, DISTURBED, judge, type Plan, planOf, tortureAtServer, wait } from "./server_disturbed.ts";
import type { Trial } from "./torture.ts";
import { prepare } from "./undertakings.ts";

/** KiB: all that the undertakings write. */
const MOST = 2500;
/** Bytes of a file of the server's log of writes, which is made as a whole. */
const LOG_FILE = 16 * 1024 * 1024;

tortureAtServer({
  name: "server_disk_full",
  title: "a disk of a server that is full at a place of an undertaking",
  unit: "sizes",
  short: 2,
  long: 40,
}, async (trial, release) => {
  const missing = await nameSpacesAreMissing("mount");
  if (missing !== null) return trial.leftOut(missing);
  await withServerOnSmallDisk(release, async (server) => {
    const own = { ...release };
    shareServer(own, server);
    useServer(own, { address: direct(server, DISTURBED), direct: direct(server, DISTURBED) });
    try {
      for (let index = 0; index < trial.amount; index++) {
        const random = trial.random.part(index);
        // A disk without any room is the commonest of all.
        const room = index === 0 ? 0 : Math.round(((index + random.fraction()) / trial.amount) ** 1.5 * MOST);
        await fillOnce(trial, server, await planOf(index), random, room);
        trial.tried();
      }
    } finally {
      useFiles();
    }
  });
});

async function fillOnce(
  trial: Trial,
  server: ServerOnSmallDisk,
  plan: Plan,
  random: Random,
  room: number,
): Promise<void> {
  // What is to be written where no room is left: rows, or what the server notes before it writes rows, without which it cannot go on.
  const isLog = random.chance(0.25);
  await withScratch(async (scratch) => {
    await prepare(plan.name, scratch);
    await fillLogFile(server, isLog ? random.int(10_000, 1_000_000) : LOG_FILE);
    await server.leave(room);
    const run = await scratch.run(plan.wanted.args);
    // It is about to end.
    if (run.exitCode === 75) await wait(500);
    await server.makeRoom();
    const what = `${plan.name}, ${room} KiB of room${isLog ? ", a log that ends" : ""}`;
    if (run.exitCode === 75 && !isLog) trial.lost(`${what}: the server is to go on${describeRun(run)}`);
    // The second is what it says of a write of which a part has found room (its source, mdextend).
    if (run.exitCode === 73 && !/No space left on device|wrote only \d+ of \d+ bytes/.test(run.stderr)) {
      trial.lost(`${what}: the server's words are not told${describeRun(run)}`);
    }
    await judge(trial, plan, scratch, run, what, [73, 75]);
  });
}

/** @param left bytes until the server needs another file for its log */
async function fillLogFile(server: ServerOnSmallDisk, left: number): Promise<void> {
  await administer(server, ["CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT"]);
  await withConnection(server.address(), async (connection) => {
    const [row] = await connection.rows(
      "SELECT (pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') % $1::int8)::int4",
      [LOG_FILE],
    );
    for (let rest = LOG_FILE - Number(row?.[0]) - left; rest > 0; rest -= 1_000_000) {
      const length = Math.min(rest, 1_000_000);
      await connection.rows("SELECT pg_logical_emit_message(false, '', repeat('x', $1::int4))::text", [length]);
    }
  });
}
