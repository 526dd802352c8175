/** Sentences about the address of a server: what is wrong with it, and with the files that it leads to. */
import type { StopMessage } from "../errors.ts";
import type { AddressProblem, FileOfAddress, Place, SecretFile } from "../server_address/address_problem.ts";
import { quoted, shortened } from "./quoted.ts";

const FORM = "postgres://USER@HOST:PORT/DATABASE?schema=SCHEMA";

const FILES: Readonly<Record<FileOfAddress, string>> = {
  password_file: "password file",
  service_file: "service file",
  root_certificate: "file of root certificates",
};

const PASSWORD_PLACES =
  "Put the password into ~/.pgpass, a line HOST:PORT:DATABASE:USER:PASSWORD in a file that only you may read " +
  "(chmod 600), or into the environment variable PGPASSWORD";

/** What is wrong with an address, as a whole message. */
export function addressProblem(problem: AddressProblem): StopMessage {
  const { text, hint } = words(problem);
  return { text: `Address of the server: ${text}`, hint: hint.endsWith("?") ? hint : `${hint}.` };
}

interface Words {
  readonly text: string;
  readonly hint: string;
}

function words(problem: AddressProblem): Words {
  switch (problem.kind) {
    case "password_in_address":
      return {
        text: "a password may not stand in it, where lists of processes, histories of shells and logs keep it",
        hint: `${PASSWORD_PLACES}. This one may have been seen: change it`,
      };
    case "other_scheme":
      return {
        text: `${quoted(shortened(problem.scheme))} is none that csvrecon knows, ${FORM} was expected`,
        hint:
          "A database of SQLite is named by the path of its file. Other servers than those of PostgreSQL cannot be used",
      };
    case "address_form":
      return { text: `it cannot be read, ${FORM} was expected`, hint: spelling() };
    case "percent_form":
      return { text: "a % is followed by what is no character of UTF-8 in hexadecimal digits", hint: spelling() };
    case "setting_twice":
      return { text: `${problem.setting} is given twice`, hint: "Leave one of them out" };
    case "user_missing":
      return {
        text: "it names no user",
        hint: `Write ${FORM}, or set PGUSER: csvrecon does not ask the system who you are`,
      };
    case "database_missing":
      return { text: "it names no database", hint: `Write ${FORM}, or set PGDATABASE` };
    case "schema_form":
      return { text: `schema ${quoted(shortened(problem.found))} ${WHY[problem.why]}`, hint: "Choose another name" };
    case "service_missing":
    case "service_line":
    case "unreadable_file":
    case "secret_readable":
      return wordsOfFile(problem);
    default:
      return wordsOfSetting(problem);
  }
}

const WHY: Readonly<Record<Extract<AddressProblem, { kind: "schema_form" }>["why"], string>> = {
  nul: "contains U+0000, which no name may",
  of_the_system: "would be one of the system, as pg_… and information_schema are",
  too_long: "is longer than 63 bytes, and PostgreSQL would cut it",
};

function spelling(): string {
  return "Of a name, spell what is neither a letter nor a digit as % and two hexadecimal digits: %40 for @, %2F for /";
}

type ProblemOfFile = Extract<
  AddressProblem,
  { readonly kind: "service_missing" | "service_line" | "unreadable_file" | "secret_readable" }
>;

function wordsOfFile(problem: ProblemOfFile): Words {
  switch (problem.kind) {
    case "service_missing": {
      const [file] = problem.files;
      const where = file === undefined ? "neither PGSERVICEFILE nor HOME is set" : `not found in ${quoted(file)}`;
      return {
        text: `service ${quoted(shortened(problem.service))}: ${where}`,
        hint:
          "Add a line [NAME] with its settings below to ~/.pg_service.conf, or to the file that PGSERVICEFILE names",
      };
    }
    case "service_line":
      return {
        text: `${quoted(problem.file)}, line ${problem.line}: not NAME=VALUE`,
        hint: "Below the line [NAME] of a service stands one setting a line, as host=db.example",
      };
    case "unreadable_file":
      return {
        text: `${FILES[problem.what]} ${quoted(problem.file)} ${
          problem.reason === null ? "could not be found" : `could not be read (${problem.reason})`
        }`,
        hint: "Check its path, and that you may read it",
      };
    case "secret_readable":
      return {
        text: `${FILES[problem.what]} ${quoted(problem.file)} may be read by others (mode ${problem.mode})`,
        hint: `${secretAdvice(problem.what)}: chmod 600 ${problem.file}`,
      };
  }
}

function secretAdvice(what: SecretFile): string {
  return what === "password_file"
    ? "Let only its owner read it"
    : "It has a password: put that into ~/.pgpass, or let only its owner read it";
}

type ProblemOfSetting = Exclude<
  AddressProblem,
  | ProblemOfFile
  | {
    readonly kind:
      | "password_in_address"
      | "other_scheme"
      | "address_form"
      | "percent_form"
      | "setting_twice"
      | "user_missing"
      | "database_missing"
      | "schema_form";
  }
>;

function wordsOfSetting(problem: ProblemOfSetting): Words {
  const place = placeOf(problem.place);
  switch (problem.kind) {
    case "setting_unknown":
      return {
        text: `unknown setting ${quoted(shortened(problem.found))}${place}`,
        hint: problem.nearest === null
          ? "Settings are host, port, dbname, user, schema, engine, sslmode, sslrootcert, service, passfile and connect_timeout"
          : `Did you mean ${problem.nearest}?`,
      };
    case "several_hosts":
      return { text: `several hosts${place}, where one was expected`, hint: "Name the one that takes writes" };
    case "port_form":
      return { text: `the port${place} is no whole number from 1 to 65535`, hint: `Write ${FORM}` };
    case "seconds_form":
      return { text: `connect_timeout${place} is no whole number of seconds from 1 to 3600`, hint: "Give one" };
    case "engine_unknown":
      return {
        text: `unknown engine ${quoted(shortened(problem.found))}${place}`,
        hint: problem.nearest === null ? "postgres or portable was expected" : `Did you mean ${problem.nearest}?`,
      };
    case "sslmode_unknown":
      return {
        text: `unknown sslmode ${quoted(shortened(problem.found))}${place}`,
        hint: problem.nearest === null
          ? "One of disable, allow, prefer, require, verify-ca and verify-full was expected"
          : `Did you mean ${problem.nearest}?`,
      };
  }
}

function placeOf(place: Place): string {
  switch (place.kind) {
    case "address":
    case "default":
      return "";
    case "variable":
      return ` (environment variable ${place.variable})`;
    case "service_file":
      return ` (service file ${quoted(place.file)})`;
  }
}
