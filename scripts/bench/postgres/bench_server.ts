/** A PostgreSQL server for measures, and what is done with whole databases of it. */
import { join } from "@std/path";
import { POSTGRES_RELEASES } from "../../../tests/helpers/postgres_release.ts";
import { type PostgresServer, SUPERUSER, withServer } from "../../../tests/helpers/postgres_server.ts";
import { administer, withConnection } from "../../../tests/helpers/postgres_databases.ts";
import { type FarNetwork, farNetwork } from "./far_network.ts";
import type { Measure } from "../measured_process.ts";

/** As the server is installed, but for what would measure its checkpoints. */
const SETTINGS = [
  "shared_buffers=128MB",
  "max_wal_size=4GB",
  "fsync=on",
  "full_page_writes=on",
  "synchronous_commit=on",
];

/** What Linux counts processor time in (proc(5), USER_HZ). */
const TICKS_A_SECOND = 100;
/** In milliseconds: so often it is asked whether the sessions of clients that have gone are at their end. */
const TICK = 100;
const OTHER_SESSIONS =
  "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";

export class BenchServer {
  constructor(private readonly server: PostgresServer) {}

  get name(): string {
    return this.server.release.name;
  }

  /** As csvrecon names a database. @param folder of the Unix socket; left out: the server's own */
  address(database: string, folder = this.server.folder): string {
    return `postgres://${SUPERUSER}@/${encodeURIComponent(database)}?host=${folder}&port=${this.server.port}`;
  }

  /** Everything takes so many milliseconds from there to the server, and back. @param folder in which the Unix socket is made */
  farFrom(folder: string, milliseconds: number): FarNetwork {
    const from = this.#socketIn(folder);
    return farNetwork({ from, to: this.#socketIn(this.server.folder), milliseconds });
  }

  #socketIn(folder: string): string {
    return join(folder, `.s.PGSQL.${this.server.port}`);
  }

  /** What tells `psql` the same. */
  psqlArguments(database: string): readonly string[] {
    const { folder, port } = this.server;
    const quiet = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"];
    return [...quiet, `--host=${folder}`, `--port=${port}`, `--username=${SUPERUSER}`, database];
  }

  /** @param source left out: it is empty */
  async create(database: string, source = "template1"): Promise<void> {
    await this.remove(database);
    await administer(this.server, [`CREATE DATABASE "${database}" TEMPLATE "${source}"`, "CHECKPOINT"]);
  }

  async remove(database: string): Promise<void> {
    await administer(this.server, [`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`]);
  }

  /** The same measure with the processor time of the server. */
  async withServerTime(work: () => Promise<Measure>): Promise<Measure> {
    const before = this.#cpuSeconds();
    const measured = await work();
    await this.#idle();
    const after = this.#cpuSeconds();
    const { cpuSeconds } = measured;
    const all = cpuSeconds === null || before === null || after === null ? null : cpuSeconds + after - before;
    return { ...measured, cpuSeconds: all };
  }

  async #idle(): Promise<void> {
    await withConnection(this.server.address(), async (connection) => {
      while ((await connection.rows(OTHER_SESSIONS)).length > 0) {
        await new Promise((resolve) => setTimeout(resolve, TICK));
      }
    });
    // Its first process has to hear of their end.
    await new Promise((resolve) => setTimeout(resolve, TICK));
  }

  /** Of the sessions that have ended, and of the first process. */
  #cpuSeconds(): number | null {
    try {
      const process = Deno.readTextFileSync(`${this.server.folder}/data/postmaster.pid`).split("\n")[0];
      const fields = Deno.readTextFileSync(`/proc/${process}/stat`).split(") ")[1]?.split(" ").slice(11, 15) ?? [];
      return fields.reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_A_SECOND;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
  }
}

/** Starts the first release that the machine has. @throws Error when it has none */
export async function withBenchServer<T>(use: (server: BenchServer) => Promise<T>): Promise<T> {
  const [release] = POSTGRES_RELEASES;
  if (release === undefined) throw new Error("No PostgreSQL is installed that could be started.");
  return await withServer(release, (server) => use(new BenchServer(server)), SETTINGS);
}
