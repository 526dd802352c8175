/** A PostgreSQL server whose data and whose log of writes (WAL) are on disks of their own, which are as large as a test wants them to be. */
import { join } from "@std/path";
import { type NameSpace, openNameSpace, runInside } from "./name_space.ts";
import { administer } from "./postgres_databases.ts";
import { cleanUpAfterwards } from "./postgres_process.ts";
import type { PostgresRelease } from "./postgres_release.ts";
import { type PostgresServer, serverIn, withServer } from "./postgres_server.ts";

/** A server whose data finds no room refuses a statement, and goes on; one whose log finds none goes down. */
export type DiskOfServer = "data" | "log";

export interface ServerOnSmallDisks extends PostgresServer {
  /** Leaves so many KiB beside what is there. */
  leave(disk: DiskOfServer, kibibytes: number): Promise<void>;
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

export async function withServerOnSmallDisks<T>(
  release: PostgresRelease,
  use: (server: ServerOnSmallDisks) => Promise<T>,
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

/** To disks that are seen in the name space only; the server's number is where others see it. */
async function moved(started: PostgresServer, space: NameSpace): Promise<ServerOnSmallDisks> {
  const data = join(started.folder, "data");
  const folders: Readonly<Record<DiskOfServer, string>> = { data, log: join(data, "pg_wal") };
  const number = join(started.folder, "number");
  await cleanUpAfterwards(started.folder, number);
  Deno.writeTextFileSync(join(data, "postgresql.conf"), `external_pid_file = '${number}'\n`, { append: true });
  for (const folder of [folders.data, folders.log]) await runInside(space, movingToDisk(folder));
  const server = serverIn(started, space.enter);
  await server.start();
  return {
    ...server,
    async leave(disk, kibibytes) {
      await runInside(space, leaving(folders[disk], kibibytes));
    },
    async makeRoom() {
      for (const folder of [data, folders.log]) await runInside(space, resizing(folder, String(ROOMY)));
      await untilItAnswers(server);
    },
  };
}

function resizing(folder: string, kibibytes: string): string {
  return `mount -o remount,size=${kibibytes}k '${folder}'`;
}

/** A disk cannot be made smaller than what is there, which may become more meanwhile. */
function leaving(folder: string, kibibytes: number): string {
  const used = `$(df -k --output=used '${folder}' | tail -n 1)`;
  return `for try in 1 2 3 4 5; do
  ${resizing(folder, `$((${used} + ${kibibytes}))`)} && exit
done
exit 1`;
}

function movingToDisk(folder: string): string {
  return `mkdir '${folder}.disk'
mount -t tmpfs -o size=${ROOMY}k tmpfs '${folder}.disk'
cp -a '${folder}/.' '${folder}.disk'
chown --reference='${folder}' '${folder}.disk'
chmod 700 '${folder}.disk'
mount --move '${folder}.disk' '${folder}'
rmdir '${folder}.disk'`;
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
