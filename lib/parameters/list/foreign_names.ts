/** What other programs call our parameters and commands: people type those names out of habit. */
import type { CommandWord } from "./parameter_definition.ts";

/** The parameters that each name may mean, by the command: the first one that the command takes is meant. */
type ForeignNames = Readonly<Record<string, readonly string[]>>;

const LOGIN = ["auth_user", "admin_user", "user"];
const PASSWORD = ["auth_pwd", "admin_pwd"];
const INPUT = ["csvfile", "csvdata"];
const SIMULATION = ["simulate"];
const SEPARATOR = ["separator"];
const QUALIFIER = ["qualifier"];

/** Made when somebody errs, and once: a request may err often. */
let known: ForeignNames | null = null;

/** The table. Names without hyphens in front, with `_` between their words. */
function foreignNames(): ForeignNames {
  return {
    // make, apt, rsync, Django, Ansible, PowerShell
    ...all(["dry_run", "dryrun", "n", "no_act", "noop", "no_op", "pretend", "test", "what_if", "whatif"], SIMULATION),
    ...all(["simulation", "preview"], SIMULATION),
    // mysql, psql, curl, ldapsearch
    ...all(["user", "username", "user_name", "u", "login", "account"], LOGIN),
    ...all(["password", "passwd", "pwd", "pass", "secret"], PASSWORD),
    p: [...PASSWORD, "port"],
    ...all(["password_file", "passfile", "passwd_file", "pwd_file"], ["auth_pwd_file", "admin_pwd_file"]),
    // csvkit, xsv, mlr, mysqlimport, pgloader, COPY of PostgreSQL
    ...all(["file", "f", "filename", "file_name", "input", "input_file", "infile", "in", "i", "csv"], INPUT),
    ...all(["data"], ["csvdata", "csvfile"]),
    ...all(["delimiter", "delim", "sep", "ifs", "fs", "field_separator", "fields_terminated_by", "tabs"], SEPARATOR),
    ...all(["quote", "quotechar", "quote_char", "quotes", "enclosure", "fields_enclosed_by"], QUALIFIER),
    // pandas, readr, DuckDB, csvkit, Spark, LOAD DATA
    ...all(["skip", "skiprows", "skip_rows", "head", "header_lines", "preamble", "ignore_lines"], ["skip_lines"]),
    ...all(["skipfooter", "skip_footer", "footer", "tail", "trailer_lines"], ["footer_lines"]),
    ...all(["comment_char", "comment_prefix", "commentchar", "comments"], ["comment_sign"]),
    ...all(["names", "header_row", "col_names", "column_names", "fieldnames"], ["header"]),
    ...all(["escape", "escapechar", "escape_char", "fields_escaped_by"], ["escape_sign"]),
    ...all(["null_padding", "fill", "truncated_rows", "pad_rows"], ["short_rows"]),
    ...all(["ignore", "skip_columns", "drop", "drop_columns", "exclude", "exclude_columns"], ["ignore_columns"]),
    ...all(["encoding", "enc", "codepage", "code_page", "character_set", "default_character_set"], ["charset"]),
    ...all(["keys", "key", "match", "match_on", "key_columns", "primary_key", "unique"], [
      "reconciliationkeys",
      "tls_key",
    ]),
    ...all(["format", "output_format"], ["output"]),
    ...all(["table", "entity", "model_class", "class_name", "type"], ["class"]),
    ...all(["database", "dbname", "db_name", "sqlite", "db_file"], ["db"]),
    ...all(["config", "conf", "c", "config_file", "settings", "params", "options_file"], ["param_file"]),
    ...all(["message", "m", "note", "remark"], ["comment"]),
    ...all(["timeout", "wait", "lock_timeout"], ["busy_timeout"]),
    ...all(["listen", "bind", "address"], ["host"]),
    ...all(["cert", "certificate", "ssl_cert"], ["tls_cert"]),
    ...all(["private_key", "ssl_key"], ["tls_key"]),
    ...all(["lang", "locale"], ["language"]),
    ...all(["log", "log_file", "logfile"], ["access_log"]),
    ...all(["schema", "overlay"], ["model"]),
  };
}

/** What other programs call our commands. */
function foreignCommands(): Readonly<Record<string, CommandWord>> {
  return {
    create: "init",
    setup: "init",
    load: "import",
    server: "serve",
    start: "serve",
    listen: "serve",
    job: "run",
    jobs: "run",
    schema: "model",
    classes: "model",
    password: "passwd",
    chpasswd: "passwd",
    log: "history",
    changes: "history",
    runs: "history",
  };
}

/** The command that another program's word means; null: nobody's word. @param typed in any case */
export function meantByForeignCommand(typed: string): CommandWord | null {
  const commands = foreignCommands();
  const lower = typed.toLowerCase();
  return Object.hasOwn(commands, lower) ? commands[lower] ?? null : null;
}

function all(names: readonly string[], parameters: readonly string[]): ForeignNames {
  return Object.fromEntries(names.map((name) => [name, parameters]));
}

/** The parameters that another program's name may mean; none: nobody's name. @param typed spelt as in the table, in any case */
export function meantByForeignName(typed: string): readonly string[] {
  const names = known ??= foreignNames();
  const lower = typed.toLowerCase();
  return Object.hasOwn(names, lower) ? names[lower] ?? [] : [];
}
