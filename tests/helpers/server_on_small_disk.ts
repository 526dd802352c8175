/** A PostgreSQL server whose data folder is on a disk of its own, which is as large as a test wants it to be. */
import { join } from "@std/path";
import { type NameSpace, openNameSpace, runInside } from "./name_space.ts";
import { administer } from "./postgres_databases.ts";
import { cleanUpAfterwards } from "./postgres_process.ts";
import type { PostgresRelease } from "./postgres_release.ts";
import { type PostgresServer, serverIn, withServer } from "./postgres_server.ts";

export interface ServerOnSmallDisk extends PostgresServer {
  /** Leaves so many KiB beside what is there. */
  leave(kibibytes: number): Promise<void>;
  /** Makes room, and starts the server where it has ended. */
  makeRoom(): Promise<void>;
}

/** KiB of a disk that no test fills. */
const ROOMY = 600 * 1024;

/** Nothing but what a test does is to need room; what is gone makes room at once. */
const SETTINGS = [
  "autovacuum=off",
  "synchronous_commit=on",
  "max_wal_size=64MB",
  "min_wal_size=32MB",
  "wal_recycle=off",
];

export async function withServerOnSmallDisk<T>(
  release: PostgresRelease,
  use: (server: ServerOnSmallDisk) => Promise<T>,
): Promise<T> {
  const space = await openNameSpace("mount");
  try {
    return await withServer(release, async (started) => {
      await started.stop("fast");
      const server = await moved(started, space);
      try {
        return await use(server);
      } finally {
        await server.stop("immediate").catch(() => {});
      }
    }, SETTINGS);
  } finally {
    await space.close();
  }
}

/** To a disk that is seen in the name space only; its number is where others see it. */
async function moved(started: PostgresServer, space: NameSpace): Promise<ServerOnSmallDisk> {
  const data = join(started.folder, "data");
  const number = join(started.folder, "number");
  await cleanUpAfterwards(started.folder, number);
  Deno.writeTextFileSync(join(data, "postgresql.conf"), `external_pid_file = '${number}'\n`, { append: true });
  const size = (kibibytes: number | string) => `mount -o remount,size=${kibibytes}k '${data}'`;
  await runInside(
    space,
    `mkdir '${data}.disk'
mount -t tmpfs -o size=${ROOMY}k tmpfs '${data}.disk'
cp -a '${data}/.' '${data}.disk'
chown --reference='${data}' '${data}.disk'
chmod 700 '${data}.disk'
mount --move '${data}.disk' '${data}'`,
  );
  const server = serverIn(started, space.enter);
  await server.start();
  return {
    ...server,
    async leave(kibibytes) {
      await runInside(space, size(`$(($(df -k --output=used '${data}' | tail -n 1) + ${kibibytes}))`));
    },
    async makeRoom() {
      await runInside(space, size(ROOMY));
      await untilItAnswers(server);
    },
  };
}

/** It may be at its end, about to begin anew by itself, or gone. */
async function untilItAnswers(server: PostgresServer): Promise<void> {
  for (let tries = 1;; tries++) {
    try {
      return await administer(server, ["SELECT 1"]);
    } catch (error) {
      if (tries === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (tries % 8 !== 0) continue;
      await server.stop("immediate").catch(() => {});
      await server.start();
    }
  }
}
