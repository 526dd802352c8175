/** A real pgbouncer between csvrecon and a server. */
import { join } from "@std/path";
import { cleanUpAfterwards, giveToServer, runAsSomebody } from "./postgres_process.ts";
import { freePort, type PostgresServer, SUPERUSER } from "./postgres_server.ts";
import { isInstalled } from "./shell.ts";

const PROGRAM = isInstalled("pgbouncer") ? "pgbouncer" : "/usr/sbin/pgbouncer";

/** Debian has it where only administrators look. */
export const HAS_POOLER = isInstalled("pgbouncer") || isInstalled("../sbin/pgbouncer");

/** How long a client keeps its connection to the server. */
export type PoolMode = "session" | "transaction" | "statement";

/**
 * Starts one in front of a server, and ends it.
 * @param size how many connections to the server it has
 * @param use is given its port
 */
export async function withPooler<T>(
  server: PostgresServer,
  mode: PoolMode,
  size: number,
  use: (port: number) => Promise<T>,
): Promise<T> {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "csvrecon-pooler-" }));
  const numberFile = join(folder, "number");
  await cleanUpAfterwards(folder, numberFile);
  const port = freePort();
  Deno.writeTextFileSync(join(folder, "users"), `"${SUPERUSER}" ""\n`);
  Deno.writeTextFileSync(
    join(folder, "pooler.ini"),
    `[databases]
* = host=${server.folder} port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, "users")}
pool_mode = ${mode}
default_pool_size = ${size}
pidfile = ${numberFile}
logfile = ${join(folder, "log")}
`,
  );
  await giveToServer(folder);
  await runAsSomebody([PROGRAM, "--daemon", "--quiet", join(folder, "pooler.ini")]);
  try {
    return await use(port);
  } finally {
    Deno.kill(Number(Deno.readTextFileSync(numberFile)), "SIGTERM");
    Deno.removeSync(folder, { recursive: true });
  }
}
