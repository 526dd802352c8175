/** What may be said of a server, by the names of libpq, and where each of it may stand. */
import type { Place } from "./address_problem.ts";

export type SettingName = keyof typeof VARIABLES;

/** Environment variables by setting; null: there is none. */
export const VARIABLES = {
  host: "PGHOST",
  port: "PGPORT",
  dbname: "PGDATABASE",
  user: "PGUSER",
  password: "PGPASSWORD",
  passfile: "PGPASSFILE",
  service: "PGSERVICE",
  sslmode: "PGSSLMODE",
  sslrootcert: "PGSSLROOTCERT",
  connect_timeout: "PGCONNECT_TIMEOUT",
  /** Our own: libpq knows none. */
  schema: null,
  engine: null,
} as const;

/** Where files are looked for that nobody names. */
const OF_FOLDERS = ["HOME", "PGSERVICEFILE", "TMPDIR", "TEMP"] as const;

/** `pg` looks at these when it connects, and could only be kept from it by what poolers refuse. */
const OF_PG = ["PGBINARY", "PGOPTIONS", "PGREPLICATION"] as const;

/** All variables that a connection reads. */
export const SERVER_VARIABLES: readonly string[] = [
  ...Object.values(VARIABLES).filter((variable) => variable !== null),
  ...OF_FOLDERS,
  ...OF_PG,
];

export const SETTING_NAMES = Object.keys(VARIABLES) as readonly SettingName[];

/** Files of services are shared with other programs: what these settings say changes nothing for us, and so may stand there. */
export const WITHOUT_MEANING: ReadonlySet<string> = new Set([
  "application_name",
  "client_encoding",
  "fallback_application_name",
  "keepalives",
  "keepalives_count",
  "keepalives_idle",
  "keepalives_interval",
  "tcp_user_timeout",
]);

export interface Given {
  readonly text: string;
  readonly place: Place;
}

export type Settings = ReadonlyMap<SettingName, Given>;

export function isSetting(name: string): name is SettingName {
  return Object.hasOwn(VARIABLES, name);
}

/** What the environment says. An empty variable says nothing. */
export function settingsOfVariables(env: (name: string) => string | undefined): Settings {
  const settings = new Map<SettingName, Given>();
  for (const name of SETTING_NAMES) {
    const variable = VARIABLES[name];
    const text = variable === null ? undefined : env(variable);
    if (variable === null || text === undefined || text === "") continue;
    settings.set(name, { text, place: { kind: "variable", variable } });
  }
  return settings;
}
