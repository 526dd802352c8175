/** Sentences of the help, but for the meanings of the parameters: those stand in the list of parameters. */
import { COMPLETIONS, MAN } from "./help_of_manuals.ts";
import { COPY } from "./help_of_copy.ts";
import { EXPORT } from "./help_of_export.ts";
import { HISTORY, UNDO } from "./help_of_log.ts";
import { INDEX } from "./help_of_index.ts";
import { MODEL } from "./help_of_model.ts";
import { PASSWD } from "./help_of_passwd.ts";
import type { CommandWord } from "../parameters/list/parameter_definition.ts";

export interface HelpExample {
  /** What the command line does. */
  readonly title: string;
  readonly commandLine: string;
}

export interface CommandHelp {
  /** What stands behind `csvrecon`. */
  readonly synopsis: string;
  /** For the list of commands: no capital, no full stop. */
  readonly summary: string;
  readonly notes: readonly string[];
  readonly examples: readonly HelpExample[];
}

export const PASSWORD_ADVICE = "A password on the command line can be read by everyone on the machine (`ps` shows it)";

const IMPORT: CommandHelp = {
  synopsis: "[import] --name=value …",
  summary: "load a CSV file: match each row to an object; create it, update it or leave it alone",
  notes: [
    "Precedence: command line, environment, parameter files (a later one wins), default.",
    `${PASSWORD_ADVICE}: better give auth_pwd_file, the environment variable CSVRECON_AUTH_PWD or a parameter file.`,
    "A database that another program made has no users: auth_user and auth_pwd are left out for it, and mandatory " +
    "otherwise. Its tables are the classes.",
    "A parameter file holds one name = value a line; # begins a comment at the start of a line or after a blank, and a " +
    "value in double quotes is taken as it stands.",
    "Exit status: 0 done, 1 done but for some rows in error, 2 taken back because of max_errors or max_changes, 64 and above: " +
    "the run was refused or ended early.",
  ],
  examples: [
    {
      title: "Load persons, recognised by their e-mail address",
      commandLine: "csvrecon --auth_user=admin --auth_pwd_file=admin.pwd --class=Person --csvfile=persons.csv " +
        "--reconciliationkeys=Email",
    },
    {
      title: "Only see what a nightly job would do",
      commandLine: "csvrecon import --param_file=nightly.params --simulate=1 --output=details",
    },
  ],
};

const INIT: CommandHelp = {
  synopsis: "init --name=value …",
  summary: "create a database with a model and a first administrator",
  notes: [`${PASSWORD_ADVICE}: better give admin_pwd_file.`],
  examples: [
    {
      title: "A database with the built-in model",
      commandLine: "csvrecon init --db=cmdb.db --admin_user=admin --admin_pwd_file=admin.pwd",
    },
    {
      title: "A database with a model of your own",
      commandLine: "csvrecon init --db=books.db --model=books.json --admin_user=admin --admin_pwd_file=admin.pwd",
    },
  ],
};

const RUN: CommandHelp = {
  synopsis: "run JOB… --name=value …",
  summary: "run jobs: job files, each with a list of imports",
  notes: [
    "A job file has one name = value a line, as parameter files do; its paths are relative to its own folder. Beside the " +
    "parameters above it may give those of an import, as defaults for all of its imports.",
    "Precedence for each import: command line, environment, its parameter file, job file, default.",
    "Exit status: the largest of all imports; 75 also when the job is running already.",
  ],
  examples: [
    { title: "Run the imports of a job, one after another", commandLine: "csvrecon run /srv/cmdb/nightly.job" },
    {
      title: "Only see what the job would do",
      commandLine: "csvrecon run /srv/cmdb/nightly.job --simulate=1 --output=details",
    },
  ],
};

const SERVE: CommandHelp = {
  synopsis: "serve --name=value …",
  summary: "the same import over HTTP: POST /import, or /webservices/import.php",
  notes: [
    "A client posts the parameters of an import, and csvdata, as a form, or the CSV as text/csv with the parameters in the " +
    "query; it logs in by HTTP Basic or with auth_user and auth_pwd. The answer is the report of the import. GET /healthz says ok.",
    "Without tls_cert, passwords cross the network in clear: listen at 127.0.0.1 or at a socket behind a reverse proxy.",
    "SIGTERM and SIGINT: requests in flight end, no new ones start. A second one ends the server at once.",
  ],
  examples: [
    {
      title: "Serve this machine, and a reverse proxy on it",
      commandLine: "csvrecon serve --db=/srv/cmdb/cmdb.db --port=8080 --proxies=127.0.0.1",
    },
    {
      title: "Serve a network by HTTPS",
      commandLine:
        "csvrecon serve --db=/srv/cmdb/cmdb.db --host=0.0.0.0 --port=8443 --tls_cert=cert.pem --tls_key=key.pem",
    },
  ],
};

const CHECK: CommandHelp = {
  synopsis: "check FILE --name=value …",
  summary: "look at a file before anything is loaded: what it is, and how to read it",
  notes: [
    "It needs neither a login nor a database, and writes to none. With class, the database is read for its model only.",
    "What is given of charset, date_format, separator, qualifier and no_localize is judged; the rest is found out.",
    "Exit status: 0 nothing was found that would stop an import or leave rows out, 1 something was, 65 the file is no CSV " +
    "or cannot be decoded, 66 there is no such file.",
  ],
  examples: [
    { title: "What a file is, and how to read it", commandLine: "csvrecon check persons.csv" },
    {
      title: "How it fits a class, with a parameter file to start from",
      commandLine: "csvrecon check persons.csv --db=cmdb.db --class=Person --write=persons.params",
    },
  ],
};

const EXPLAIN: CommandHelp = {
  synopsis: "explain --line=NUMBER --name=value …",
  summary: "tell what an import looks up for one row of a file, and what it would make of it",
  notes: [
    "It takes the parameters of the import, its parameter files too, and writes nothing. The row is worked by itself, without those before it.",
    "Exit status: as of an import of this row alone.",
  ],
  examples: [
    {
      title: "Why the row on line 1854 is in error",
      commandLine: "csvrecon explain --param_file=persons.params --line=1854",
    },
    {
      title: "The same for a program",
      commandLine: "csvrecon explain --param_file=persons.params --line=1854 --output=json",
    },
  ],
};

const HELP: CommandHelp = {
  synopsis: "help [COMMAND]",
  summary: "show this help, or the parameters of a command",
  notes: ["csvrecon --version shows the versions of csvrecon, Deno, V8 and SQLite."],
  examples: [
    { title: "The parameters of an import", commandLine: "csvrecon help import" },
    { title: "The same", commandLine: "csvrecon import --help" },
  ],
};

export const COMMAND_HELP: Readonly<Record<CommandWord, CommandHelp>> = {
  import: IMPORT,
  export: EXPORT,
  init: INIT,
  copy: COPY,
  model: MODEL,
  run: RUN,
  serve: SERVE,
  history: HISTORY,
  passwd: PASSWD,
  index: INDEX,
  check: CHECK,
  undo: UNDO,
  explain: EXPLAIN,
  completions: COMPLETIONS,
  man: MAN,
  help: HELP,
};

export const PROGRAM_SUMMARY =
  "csvrecon loads CSV files into SQLite and PostgreSQL databases by reconciliation: each row is matched, by keys that you name, " +
  "to an object that exists already; the object is then created, updated or left alone, and a report says which.";

export const PROGRAM_EXAMPLES: readonly HelpExample[] = [...INIT.examples.slice(0, 1), ...IMPORT.examples.slice(0, 1)];

export const SPELLING_NOTE = "A parameter is written --name=value or --name value, with _ or - between its words.";

export const HEADINGS = {
  usage: "Usage:",
  commands: "Commands:",
  parameters: "Parameters:",
  notes: "Notes:",
  examples: "Examples:",
} as const;

/** What is behind a parameter's meaning; empty when there is nothing to add. */
export function parameterRemark(facts: {
  readonly mandatory: boolean;
  readonly instead: string | null;
  readonly default: string | null;
  readonly aliases: readonly string[];
  readonly variable: string | null;
  /** It cannot be typed. */
  readonly isForJobFile: boolean;
}): string {
  const remarks = [
    facts.isForJobFile ? "in the job file" : "",
    facts.mandatory ? `mandatory${facts.instead === null ? "" : ` unless ${facts.instead} is given`}` : "",
    facts.default === null ? "" : `default: ${facts.default}`,
    facts.aliases.length === 0 ? "" : `also: ${facts.aliases.join(", ")}`,
    facts.variable === null ? "" : `environment: ${facts.variable}`,
  ].filter((remark) => remark !== "");
  return remarks.length === 0 ? "" : `(${remarks.join("; ")})`;
}

/** The heads of the tables of parameters in docs/parameters.md. */
export const TABLE_HEADS: readonly string[] = ["parameter", "meaning", "default", "may also come from"];

export const TABLE_CELLS = {
  mandatory: "mandatory",
  or: (name: string): string => `mandatory, or \`${name}\``,
  paramFile: "param file",
  jobFile: "job file",
  jobFileOnly: "job file only",
  variable: (name: string): string => `environment \`${name}\``,
  alias: (name: string): string => `also \`${name}\``,
  none: "-",
} as const;

export function tableTitle(synopsis: string): string {
  return `\`csvrecon ${synopsis}\``;
}

/** `--version`. */
export function versions(own: string, deno: string, v8: string, sqlite: string): string {
  return `csvrecon ${own} (deno ${deno}, v8 ${v8}, sqlite ${sqlite})`;
}

/** scripts/write_help.ts. */
export const WRITE_HELP_SCRIPT = {
  written: (file: string): string => `${file}: the parameter table is written`,
  upToDate: (file: string): string => `${file}: the parameter table is up to date`,
  outOfDate: (file: string): string => `${file}: the parameter table is out of date. Run scripts/write_help.ts`,
  noMarkers: (file: string, begin: string, end: string): string =>
    `${file}: expected a line ${begin} and, below it, a line ${end}`,
} as const;
