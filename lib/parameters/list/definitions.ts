/**
 * THE list of parameters. Parsing, param files, the environment, the help, the documents' tables, what the change log leaves out
 * and the tests of the list itself all derive from it. A new parameter of the import is an entry here, a field of `settings/settings.ts`,
 * and its check in `settings/import_settings.ts`; then it is there wherever settings are.
 */
import { CHECK_PARAMETERS } from "./check_definitions.ts";
import { COMMAND_LINE_ONLY, FILE_OR_SERVER, foundOut, mandatory, optional, PLAIN } from "./definition_parts.ts";
import { COPY_PARAMETERS } from "./copy_definitions.ts";
import { DECISION_PARAMETERS } from "./decision_definitions.ts";
import { DIALECT_PARAMETERS } from "./dialect_definitions.ts";
import { EXPLAIN_PARAMETERS } from "./explain_definitions.ts";
import { EXPORT_PARAMETERS } from "./export_definitions.ts";
import { FEED_PARAMETERS } from "./feed_definitions.ts";
import { FILE_PARAMETERS } from "./file_definitions.ts";
import { INIT_PARAMETERS } from "./init_definitions.ts";
import { FOREIGN_PARAMETERS } from "./foreign_definitions.ts";
import { HISTORY_PARAMETERS } from "./history_definitions.ts";
import { JOB_PARAMETERS } from "./job_definitions.ts";
import { LOGIN_PARAMETERS } from "./login_definitions.ts";
import { MAP_PARAMETERS } from "./map_definitions.ts";
import type { ParameterDefinition } from "./parameter_definition.ts";
import { PASSWD_PARAMETERS } from "./passwd_definitions.ts";
import { SAFETY_PARAMETERS } from "./safety_definitions.ts";
import { REPORT_PARAMETERS } from "./report_definitions.ts";
import { SERVE_PARAMETERS } from "./serve_definitions.ts";
import { VALUE_PARAMETERS } from "./value_definitions.ts";

/** In the order of the help; missing ones are reported in it too (login, password, file, class: the reference's order). */
const LIST = [
  {
    ...PLAIN,
    name: "param_file",
    valueName: "FILES",
    sources: COMMAND_LINE_ONLY,
    uses: {
      import: optional("one or more parameter files, comma-separated; a later file wins over an earlier one"),
      serve: optional("one or more parameter files, comma-separated; a later file wins over an earlier one"),
      undo: optional("one or more parameter files, comma-separated; a later file wins over an earlier one"),
      history: optional("one or more parameter files, comma-separated; a later file wins over an earlier one"),
      check: optional("parameter files of an import, comma-separated: what they say of the file is judged"),
      explain: optional("the parameter files of the import, comma-separated"),
      export: optional("one or more parameter files, comma-separated; a later file wins over an earlier one"),
    },
  },
  ...LOGIN_PARAMETERS,
  {
    ...PLAIN,
    name: "csvfile",
    valueName: "FILE",
    sources: ["command_line", "param_file"],
    uses: {
      import: mandatory("path of the source file; `-` reads standard input"),
      explain: mandatory("path of the source file; `-` reads standard input"),
      check: optional("path of the file to look at, in place of the word behind check; `-` reads standard input"),
    },
  },
  {
    ...PLAIN,
    name: "csvdata",
    valueName: "TEXT",
    sources: ["http"],
    // The rows themselves, and rows may hold passwords.
    secret: true,
    // `csv/record_limits.ts` and the server's own limits are for it.
    longest: Infinity,
    uses: { import: mandatory("the CSV text itself, over HTTP only, in place of csvfile") },
  },
  {
    ...PLAIN,
    name: "class",
    valueName: "CLASS",
    uses: {
      import: mandatory("class of the objects to load, case-sensitive"),
      explain: mandatory("class of the objects to load, case-sensitive"),
      export: mandatory("class of the objects to write, case-sensitive; those of the classes below it are among them"),
      model: optional("the class to show, case-sensitive; none: all classes"),
      history: optional("with object: its class, or one above it, case-sensitive"),
      index: optional("class that is to be loaded, case-sensitive; none: all classes"),
      check: optional("class that the file is for, case-sensitive: its columns and values are looked at, too"),
    },
  },
  ...DIALECT_PARAMETERS,
  ...VALUE_PARAMETERS,
  ...MAP_PARAMETERS,
  ...FILE_PARAMETERS,
  ...REPORT_PARAMETERS,
  {
    ...PLAIN,
    name: "no_color",
    aliases: ["no_colour"],
    valueName: "1|0",
    default: "0",
    kind: "switch",
    sources: ["command_line", "param_file"],
    uses: {
      import: optional("1: no colours at a terminal, as where NO_COLOR is set; 0: `output=diff` has some"),
      run: optional("1: no colours at a terminal, as where NO_COLOR is set"),
    },
  },
  {
    ...PLAIN,
    name: "reconciliationkeys",
    valueName: "COLUMNS",
    uses: {
      import: optional("columns that identify an existing object, comma-separated; none: the class's own keys"),
      explain: optional("as of the import"),
      check: optional("columns that identify an object, comma-separated; none: the class's own keys"),
      export: optional("columns by which the file is to be loaded back, comma-separated; none: the class's own keys"),
      index: optional("with class: columns that identify an object, comma-separated; none: the class's own keys"),
    },
  },
  ...DECISION_PARAMETERS,
  {
    ...PLAIN,
    name: "simulate",
    valueName: "1|0",
    default: "0",
    kind: "switch",
    uses: {
      import: optional("1: change nothing, report what would happen"),
      run: optional("1: change nothing, report what the whole job would do"),
      undo: optional("1: change nothing, report what would be taken back"),
      history: optional("with prune, 1: change nothing, report what would be removed"),
    },
  },
  ...SAFETY_PARAMETERS,
  ...FEED_PARAMETERS,
  {
    ...PLAIN,
    name: "comment",
    valueName: "TEXT",
    uses: {
      import: optional("comment for the change log"),
      undo: optional("comment for the change log"),
      history: optional("with prune: comment for the change log"),
    },
  },
  {
    ...PLAIN,
    name: "no_localize",
    valueName: "1|0",
    default: "0",
    kind: "switch",
    uses: {
      import: optional("1: header and enum values are codes; 0: they are labels in the user's language"),
      explain: optional("as of the import"),
      check: foundOut("1: header and enum values are codes; 0: labels; none: whichever knows more columns"),
      export: optional("1: the header and enum values are codes; 0: they are labels in the user's language"),
    },
  },
  {
    ...PLAIN,
    name: "db",
    valueName: "FILE",
    default: "csvrecon.db",
    sources: ["command_line", "environment", "param_file"],
    uses: {
      import: optional(`the database: ${FILE_OR_SERVER}`),
      explain: optional(`the database: ${FILE_OR_SERVER}; nothing is written to it`),
      export: optional(`the database whose objects are written: ${FILE_OR_SERVER}`),
      run: optional(`the database of all imports: ${FILE_OR_SERVER}`),
      serve: optional(`the database of all imports: ${FILE_OR_SERVER}`),
      init: optional(`the database to create: ${FILE_OR_SERVER}`),
      model: optional(`the database whose model is shown: ${FILE_OR_SERVER}`),
      undo: optional(`the database: ${FILE_OR_SERVER}`),
      history: optional(`the database whose change log is read: ${FILE_OR_SERVER}`),
      passwd: optional(`the database that has the user: ${FILE_OR_SERVER}`),
      index: optional(`the database that gets the indexes: ${FILE_OR_SERVER}`),
      check: optional(
        `the database that has the class: ${FILE_OR_SERVER}; it is read for its model only, without a login`,
      ),
    },
  },
  ...FOREIGN_PARAMETERS,
  {
    ...PLAIN,
    name: "busy_timeout",
    valueName: "SECONDS",
    default: "10",
    sources: ["command_line", "param_file"],
    uses: {
      import: optional("seconds to wait for another writer of the database"),
      explain: optional("seconds to wait for another writer of the database"),
      export: optional("seconds to wait for the database, should somebody keep it to themselves"),
      run: optional("seconds to wait for another writer of the database"),
      serve: optional("seconds to wait for a writer of the database that is not this server"),
      copy: optional("seconds to wait for the database that is copied, should somebody keep it to themselves"),
      undo: optional("seconds to wait for another writer of the database"),
      history: optional("seconds to wait for another writer of the database"),
      passwd: optional("seconds to wait for another writer of the database"),
      index: optional("seconds to wait for another writer of the database"),
    },
  },
  ...EXPORT_PARAMETERS,
  ...PASSWD_PARAMETERS,
  ...JOB_PARAMETERS,
  ...SERVE_PARAMETERS,
  ...INIT_PARAMETERS,
  ...COPY_PARAMETERS,
  ...HISTORY_PARAMETERS,
  ...CHECK_PARAMETERS,
  ...EXPLAIN_PARAMETERS,
  {
    ...PLAIN,
    name: "language",
    valueName: "CODE",
    sources: COMMAND_LINE_ONLY,
    uses: {
      model: optional("language of the labels, as `FR FR`; none: the model's first language"),
      check: optional("language of the labels, as `FR FR`; none: the one that knows most columns"),
    },
  },
] as const satisfies readonly ParameterDefinition[];

/** The name of a parameter, as the list spells it. */
export type ParameterName = typeof LIST[number]["name"];

/** One entry of the list. */
export type Parameter = ParameterDefinition & { readonly name: ParameterName; readonly standsInFor?: ParameterName };

/** All parameters, in the order of the help. */
export const PARAMETERS: readonly Parameter[] = LIST;
