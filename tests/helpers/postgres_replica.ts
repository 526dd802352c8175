/** A second server that follows another one by streaming replication, and takes no writes until it is promoted. */
import { join } from "@std/path";
import { cleanUpAfterwards, giveToServer, runAsServer } from "./postgres_process.ts";
import { freePort, numberFileIn, type PostgresServer, serverIn, SUPERUSER } from "./postgres_server.ts";

/** What the server that is followed needs. */
export const FOLLOWED: readonly string[] = ["wal_level=replica", "max_wal_senders=4"];

export interface Replica extends PostgresServer {
  /** It follows nobody any more, and takes writes. */
  promote(): Promise<void>;
}

/** Starts a server that follows another one, which has the settings `FOLLOWED`, and removes it. */
export async function withReplica<T>(primary: PostgresServer, use: (replica: Replica) => Promise<T>): Promise<T> {
  const replica = await startReplica(primary);
  try {
    return await use(replica);
  } finally {
    await replica.stop("immediate").catch(() => {});
    Deno.removeSync(replica.folder, { recursive: true });
  }
}

async function startReplica(primary: PostgresServer): Promise<Replica> {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "csvrecon-postgres-" }));
  const data = join(folder, "data");
  await cleanUpAfterwards(folder, numberFileIn(data));
  Deno.chmodSync(folder, 0o755);
  await giveToServer(folder);
  const { programs, release, certificates } = primary;
  const from = ["-h", primary.folder, "-p", String(primary.port), "-U", SUPERUSER];
  await runAsServer(programs, "pg_basebackup", [...from, "-D", data, "-R", "-c", "fast", "--no-sync"]);
  const port = freePort();
  const settings = `port = ${port}\nunix_socket_directories = '${folder}'\n`;
  Deno.writeTextFileSync(join(data, "postgresql.conf"), settings, { append: true });
  const server = serverIn({ release, folder, port, certificates, programs });
  await server.start();
  return { ...server, promote: () => runAsServer(programs, "pg_ctl", ["-D", data, "-w", "promote"]) };
}
