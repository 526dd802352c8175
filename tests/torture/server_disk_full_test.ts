/**
 * A server whose disk is full sooner or later: that of its data, where it refuses a statement, which is 73 with its words; or that of its
 * log of writes (WAL), where it goes down, which is 75, or 73 for whom it still tells why. Nothing is half-written, and when there is room
 * again the same run works.
 */
import { join } from "@std/path";
import { nameSpacesAreMissing } from "../helpers/name_space.ts";
import { administer, shareServer, withConnection } from "../helpers/postgres_databases.ts";
import { describeRun, withScratch } from "../helpers/scratch.ts";
import { type DiskOfServer, type ServerOnSmallDisks, withServerOnSmallDisks } from "../helpers/server_on_small_disk.ts";
import { useFiles, useServer } from "../helpers/server_in_use.ts";
import { direct, DISTURBED, judge, type Plan, planOf, tortureAtServer, wait } from "./server_disturbed.ts";
import type { Trial } from "./torture.ts";
import { prepare } from "./undertakings.ts";

/** KiB: all that the undertakings write. */
const MOST = 2500;
/** Bytes of a file of the server's log of writes, which is made as a whole. */
const LOG_FILE = 16 * 1024 * 1024;

interface FullDisk {
  readonly subject: string;
  readonly title: string;
  readonly disk: DiskOfServer;
}

const FULL_DISKS: readonly FullDisk[] = [
  {
    subject: "server_disk_full",
    title: "a disk for the data of a server that is full at a place of an undertaking",
    disk: "data",
  },
  {
    subject: "server_log_full",
    title: "a disk for the log of writes (WAL) of a server that is full at a place of an undertaking",
    disk: "log",
  },
];

for (const { subject: name, title, disk } of FULL_DISKS) {
  tortureAtServer({ name, title, unit: "sizes", short: 2, long: 40 }, async (trial, release) => {
    const missing = await nameSpacesAreMissing("mount");
    if (missing !== null) return trial.leftOut(missing);
    await withServerOnSmallDisks(release, async (server) => {
      const own = { ...release };
      shareServer(own, server);
      useServer(own, { address: direct(server, DISTURBED), direct: direct(server, DISTURBED) });
      try {
        for (let index = 0; index < trial.amount; index++) {
          const random = trial.random.part(index);
          // A disk without any room is the commonest of all.
          const room = index === 0 ? 0 : Math.round(((index + random.fraction()) / trial.amount) ** 1.5 * MOST);
          await fillOnce(trial, server, disk, await planOf(index), room);
          trial.tried();
        }
      } finally {
        useFiles();
      }
    });
  });
}

async function fillOnce(
  trial: Trial,
  server: ServerOnSmallDisks,
  disk: DiskOfServer,
  plan: Plan,
  room: number,
): Promise<void> {
  await withScratch(async (scratch) => {
    await prepare(plan.name, scratch);
    await letIn(server);
    if (disk === "log") await fillLogFile(server, room * 1024);
    // Another file of the log finds no room.
    await server.leave(disk, disk === "log" ? 0 : room);
    const downBefore = timesDown(server);
    const run = await scratch.run(plan.wanted.args);
    // It is about to end.
    if (run.exitCode === 75) await wait(500);
    const isDown = timesDown(server) > downBefore;
    await server.makeRoom();
    const lost = (why: string) => trial.lost(`${what}: ${why}${describeRun(run)}`);
    const what = `${plan.name}, ${room} KiB of room for the ${disk}`;
    if (isDown) trial.count("went down");
    if (disk === "data" && (isDown || run.exitCode === 75)) lost("the server is to go on");
    if (disk === "log" && !isDown && run.exitCode !== 0) lost("the server has not gone down");
    // The second is what it says of a write of which a part has found room (its source, mdextend).
    if (run.exitCode === 73 && !/No space left on device|wrote only \d+ of \d+ bytes/.test(run.stderr)) {
      lost("the server's words are not told");
    }
    await judge(trial, plan, scratch, run, what, [73, 75]);
  });
}

/** The first session of a database writes a file; a server without room for it lets nobody in, and then nothing else is tried. */
async function letIn(server: ServerOnSmallDisks): Promise<void> {
  await withConnection(server.address({ database: DISTURBED }), (connection) => connection.rows("SELECT 1"));
}

/** How often its log tells that it went down. */
function timesDown({ folder }: ServerOnSmallDisks): number {
  return Deno.readTextFileSync(join(folder, "log")).split(" PANIC: ").length - 1;
}

/** @param left bytes until the server needs another file for its log */
async function fillLogFile(server: ServerOnSmallDisks, left: number): Promise<void> {
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
