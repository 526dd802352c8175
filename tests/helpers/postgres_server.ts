/**
 * PostgreSQL servers for tests: real ones, each in a folder of its own, over a Unix socket and over TCP with passwords and certificates. A
 * process of tests starts one of each release when it first needs it; a test has a schema or a database of its own in it.
 */
import { join } from "@std/path";
import type { PostgresAddress } from "../../lib/server_address/postgres_address.ts";
import { type Certificates, makeCertificates } from "./postgres_certificates.ts";
import { cleanUpAfterwards, giveToServer, runAsServer } from "./postgres_process.ts";
import type { PostgresRelease } from "./postgres_release.ts";

/** May do everything, and needs no password at the Unix socket. */
export const SUPERUSER = "csvrecon";

/** Roles with a password: `loader` may come as it likes, the others with TLS and without it only. */
export const ROLES = ["loader", "encrypted", "plain"] as const;

export const ROLE_PASSWORD = "correct horse of PostgreSQL";

/** What a test wants otherwise than the superuser at the Unix socket has it. */
export type AddressParts = Partial<PostgresAddress>;

export interface PostgresServer {
  readonly release: PostgresRelease;
  /** Of its Unix socket; the log is in it too, as `log`. */
  readonly folder: string;
  readonly port: number;
  readonly certificates: Certificates;
  /** The folder of its programs. */
  readonly programs: string;
  address(parts?: AddressParts): PostgresAddress;
  /** Stops it: `fast` ends all connections in good order, `immediate` as a crash would. */
  stop(mode: "fast" | "immediate"): Promise<void>;
  start(): Promise<void>;
  /** Sends a signal to the first process of the server. */
  signal(signal: Deno.Signal): void;
}

/** Lines of `pg_hba.conf`, of which the first that fits counts. */
const LOGINS = `local all,replication ${SUPERUSER} trust
hostnossl all encrypted all reject
hostssl all plain all reject
local all all scram-sha-256
host all all all scram-sha-256
`;

/** Nothing need outlive a test, and many servers may stand beside each other. */
const SETTINGS: readonly string[] = [
  "fsync=off",
  "full_page_writes=off",
  "synchronous_commit=off",
  "shared_buffers=32MB",
  "max_connections=60",
  "wal_level=minimal",
  "max_wal_senders=0",
  "ssl=on",
  "ssl_cert_file=server.crt",
  "ssl_key_file=server.key",
  "listen_addresses=127.0.0.1,127.0.0.2",
];

/** Starts a server of one's own, for tests that stop it, and removes it. @param settings of `postgresql.conf`, as `name=value` */
export async function withServer<T>(
  release: PostgresRelease,
  use: (server: PostgresServer) => Promise<T>,
  settings: readonly string[] = [],
): Promise<T> {
  const server = await startServer(release, settings);
  try {
    return await use(server);
  } finally {
    await server.stop("immediate").catch(() => {});
    Deno.removeSync(server.folder, { recursive: true });
  }
}

/** Starts a server, which ends with this process at the latest. */
export async function startServer(release: PostgresRelease, settings: readonly string[]): Promise<PostgresServer> {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "csvrecon-postgres-" }));
  const data = join(folder, "data");
  await cleanUpAfterwards(folder, numberFileIn(data));
  Deno.chmodSync(folder, 0o755);
  const programs = await programsOf(release, folder);
  const port = freePort();
  await giveToServer(folder);
  await runAsServer(programs, "initdb", [
    ...["-D", data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
  ]);
  const certificates = await makeCertificates(folder);
  for (const name of ["server.crt", "server.key"]) Deno.copyFileSync(join(folder, name), join(data, name));
  Deno.chmodSync(join(data, "server.key"), 0o600);
  Deno.writeTextFileSync(join(data, "pg_hba.conf"), LOGINS);
  const all = [...SETTINGS, `port=${port}`, `unix_socket_directories=${folder}`, ...settings];
  Deno.writeTextFileSync(join(data, "postgresql.conf"), all.map(settingLine).join(""));
  await giveToServer(folder);
  const server = serverIn({ release, folder, port, certificates, programs });
  await server.start();
  return server;
}

/** Its first line is the number of the server's first process. */
export function numberFileIn(data: string): string {
  return join(data, "postmaster.pid");
}

function settingLine(setting: string): string {
  const end = setting.indexOf("=");
  return `${setting.slice(0, end)} = '${setting.slice(end + 1)}'\n`;
}

/** Another user need not get at the folder that packages are cached in, and links cannot be made there. */
async function programsOf(release: PostgresRelease, scratch: string): Promise<string> {
  const { folder, links } = await release.programs();
  if (links.size === 0) return folder;
  const copy = join(scratch, "release");
  const { success } = await new Deno.Command("cp", { args: ["-r", folder, copy] }).output();
  if (!success) throw new Error(`${folder} cannot be copied`);
  for (const [place, target] of links) Deno.symlinkSync(join(copy, target), join(copy, place));
  return copy;
}

/** One that nobody listens at, for now. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}

export type ServerFacts = Pick<PostgresServer, "release" | "folder" | "port" | "certificates" | "programs">;

/** A server whose `data` is in its folder already. @param starter what starts its programs, such as what enters a name space */
export function serverIn(facts: ServerFacts, starter: readonly string[] = []): PostgresServer {
  const data = join(facts.folder, "data");
  const control = (args: readonly string[]) =>
    runAsServer(facts.programs, "pg_ctl", ["-D", data, "-w", ...args], starter);
  return {
    ...facts,
    address: (parts) => addressOf(facts, parts),
    start: () => control(["start", "-l", join(facts.folder, "log")]),
    stop: (mode) => control(["stop", "-m", mode]),
    signal: (signal) => Deno.kill(Number(Deno.readTextFileSync(numberFileIn(data)).split("\n")[0]), signal),
  };
}

function addressOf({ folder, port }: ServerFacts, parts: AddressParts = {}): PostgresAddress {
  return {
    name: `postgres://${parts.user ?? SUPERUSER}@/${parts.database ?? "postgres"}`,
    host: folder,
    port,
    database: "postgres",
    user: SUPERUSER,
    schema: "csvrecon",
    sslMode: "disable",
    rootCertificates: null,
    connectTimeoutSeconds: 9,
    password: () => Promise.resolve(parts.user === undefined ? null : ROLE_PASSWORD),
    ...parts,
  };
}
