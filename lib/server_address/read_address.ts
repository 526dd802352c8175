/** From what was typed, the file of services and the environment to the address of a server: in this order, as all programs for PostgreSQL. */
import { nearestName } from "../nearest_name.ts";
import type { WorkingFolder } from "../working_folder.ts";
import type { AddressProblem } from "./address_problem.ts";
import { type Given, type SettingName, type Settings, settingsOfVariables } from "./address_settings.ts";
import { passwordFrom } from "./password_file.ts";
import { type Engine, ENGINES, isSocket, type PostgresAddress, SSL_MODES, type SslMode } from "./postgres_address.ts";
import { readText } from "./secret_file.ts";
import { settingsOfService } from "./service_file.ts";
import { splitAddress } from "./split_address.ts";

/** The world as an address needs it. */
export interface AddressWorld extends WorkingFolder {
  env(name: string): string | undefined;
}

export type ReadAddress =
  | { readonly ok: true; readonly value: PostgresAddress }
  | { readonly ok: false; readonly problems: readonly AddressProblem[] };

const DEFAULT_HOST = "localhost";
const DEFAULT_PORT = 5432;
export const DEFAULT_SCHEMA = "csvrecon";

/** A run that cannot be let in is to say so within ten seconds. */
const CONNECT_TIMEOUT = 9;
const LONGEST_CONNECT_TIMEOUT = 3600;

/** In bytes of UTF-8: PostgreSQL cuts longer ones. */
const LONGEST_NAME = 63;

/** In the folder of its user. */
const FILES = { password_file: ".pgpass", service_file: ".pg_service.conf", root_certificate: ".postgresql/root.crt" };

/** @param text as `namesServer` wants it @returns the address, or all that is wrong with it */
export async function readAddress(text: string, world: AddressWorld): Promise<ReadAddress> {
  const { settings, problems } = await gather(text, world);
  if (problems.length > 0) return { ok: false, problems };
  return await new Reader(settings, world).read();
}

async function gather(text: string, world: AddressWorld): ReturnType<typeof mergedWithService> {
  const typed = splitAddress(text);
  if (typed.problems.length > 0) return typed;
  return await mergedWithService(typed.settings, settingsOfVariables(world.env), world);
}

async function mergedWithService(
  typed: Settings,
  variables: Settings,
  world: AddressWorld,
): Promise<{ readonly settings: Settings; readonly problems: readonly AddressProblem[] }> {
  const service = typed.get("service") ?? variables.get("service");
  if (service === undefined) return { settings: new Map([...variables, ...typed]), problems: [] };
  const named = nonEmpty(world.env("PGSERVICEFILE"));
  const file = named ?? inHome(world, "service_file");
  const found = file === null ? null : await settingsOfService(service.text, file, named !== null, world);
  if (found === null) {
    const files = file === null ? [] : [file];
    return { settings: typed, problems: [{ kind: "service_missing", service: service.text, files }] };
  }
  return { settings: new Map([...variables, ...found.settings, ...typed]), problems: found.problems };
}

function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}

/** Null: nobody knows the folder. */
function inHome(world: AddressWorld, what: keyof typeof FILES): string | null {
  const home = nonEmpty(world.env("HOME"));
  return home === null ? null : `${home}/${FILES[what]}`;
}

/** Reads the settings one by one, and notes what is wrong. */
class Reader {
  readonly #problems: AddressProblem[] = [];

  constructor(private readonly settings: Settings, private readonly world: AddressWorld) {}

  async read(): Promise<ReadAddress> {
    const host = this.#host();
    const port = this.#number("port", 65535) ?? DEFAULT_PORT;
    const user = this.#needed("user", { kind: "user_missing" });
    const database = this.#needed("dbname", { kind: "database_missing" });
    const schema = this.#schema();
    const connectTimeoutSeconds = this.#number("connect_timeout", LONGEST_CONNECT_TIMEOUT) ?? CONNECT_TIMEOUT;
    const engine = this.#engine();
    const { sslMode, rootCertificates } = await this.#tls();
    if (this.#problems.length > 0) return { ok: false, problems: this.#problems };
    const account = { host, port, user, database };
    const password = () => this.#password(account);
    const name = nameOf(account, schema);
    const value = { ...account, name, schema, sslMode, rootCertificates, connectTimeoutSeconds, password };
    return { ok: true, value: engine === null ? value : { ...value, engine } };
  }

  #text(name: SettingName): Given | null {
    return this.settings.get(name) ?? null;
  }

  #needed(name: SettingName, problem: AddressProblem): string {
    const given = this.#text(name);
    if (given === null) this.#problems.push(problem);
    return given?.text ?? "";
  }

  #host(): string {
    const given = this.#text("host");
    if (given?.text.includes(",") === true) this.#problems.push({ kind: "several_hosts", place: given.place });
    return given?.text ?? DEFAULT_HOST;
  }

  /** Null: nobody has given it. */
  #number(name: "port" | "connect_timeout", most: number): number | null {
    const given = this.#text(name);
    if (given === null) return null;
    const number = /^\d{1,5}$/.test(given.text) ? Number(given.text) : 0;
    if (number >= 1 && number <= most) return number;
    this.#problems.push({ kind: name === "port" ? "port_form" : "seconds_form", place: given.place });
    return null;
  }

  #schema(): string {
    const found = this.#text("schema")?.text ?? DEFAULT_SCHEMA;
    const why = faultOfSchema(found);
    if (why !== null) this.#problems.push({ kind: "schema_form", found, why });
    return found;
  }

  /** Null: nobody has given it. */
  #engine(): Engine | null {
    const given = this.#text("engine");
    if (given === null) return null;
    const engine = ENGINES.find((name) => name === given.text);
    if (engine !== undefined) return engine;
    const nearest = nearestName(given.text, ENGINES);
    this.#problems.push({ kind: "engine_unknown", found: given.text, nearest, place: given.place });
    return null;
  }

  async #tls(): Promise<Pick<PostgresAddress, "sslMode" | "rootCertificates">> {
    const mode = this.#sslMode();
    const given = this.#text("sslrootcert");
    // As libpq has it: who names the system's certificates wants to know who answers.
    if (given?.text === "system") return { sslMode: mode ?? "verify-full", rootCertificates: null };
    const file = given?.text ?? inHome(this.world, "root_certificate");
    const sslMode = mode ?? "prefer";
    if (file === null || sslMode === "disable") return { sslMode, rootCertificates: null };
    const read = await readText(file, "root_certificate", this.world, given !== null);
    if (!read.ok) this.#problems.push(read.problem);
    const rootCertificates = read.ok && read.text !== "" ? read.text : null;
    // So does libpq, to which a file of certificates is a wish to have them checked.
    return { sslMode: sslMode === "require" && rootCertificates !== null ? "verify-ca" : sslMode, rootCertificates };
  }

  #sslMode(): SslMode | null {
    const given = this.#text("sslmode");
    if (given === null) return null;
    const mode = SSL_MODES.find((name) => name === given.text);
    if (mode !== undefined) return mode;
    const nearest = nearestName(given.text, SSL_MODES);
    this.#problems.push({ kind: "sslmode_unknown", found: given.text, nearest, place: given.place });
    return null;
  }

  async #password(account: Parameters<typeof passwordFrom>[2]): Promise<string | null> {
    const given = this.#text("password");
    if (given !== null) return given.text;
    const named = this.#text("passfile");
    const file = named?.text ?? inHome(this.world, "password_file");
    return file === null ? null : await passwordFrom(file, named !== null, account, this.world);
  }
}

/** Null: none. */
function faultOfSchema(name: string): Extract<AddressProblem, { readonly kind: "schema_form" }>["why"] | null {
  if (name.includes("\0")) return "nul";
  if (/^pg_|^information_schema$/.test(name)) return "of_the_system";
  return new TextEncoder().encode(name).length > LONGEST_NAME ? "too_long" : null;
}

/** As it may be typed, with all that tells databases apart. */
function nameOf(account: Pick<PostgresAddress, "host" | "port" | "user" | "database">, schema: string): string {
  const { host, port, user, database } = account;
  const settings = [
    ...isSocket(account) ? [`host=${encodeURI(host)}`] : [],
    ...schema === DEFAULT_SCHEMA ? [] : [`schema=${encodeURIComponent(schema)}`],
  ];
  const shownHost = isSocket(account) ? "" : host.includes(":") ? `[${host}]` : host;
  const shownPort = port === DEFAULT_PORT ? "" : `:${port}`;
  const place = `${encodeURIComponent(user)}@${shownHost}${shownPort}/${encodeURIComponent(database)}`;
  return `postgres://${place}${settings.length === 0 ? "" : `?${settings.join("&")}`}`;
}
