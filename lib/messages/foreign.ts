/** Sentences about databases that csvrecon did not make. */
import type { SettingProblem } from "../parameters/reading/parameter_problem.ts";
import { databaseMissing } from "./database.ts";
import type { StopMessage } from "../errors.ts";
import type { NotClass } from "../model/model.ts";
import { quoted } from "./quoted.ts";

/** @param parameter the one that names a user, or their password */
export function databaseWithoutUsers(path: string, parameter: string): StopMessage {
  return {
    text: `Database has no users: ${quoted(path)} was not made by csvrecon. Leave out ${parameter}.`,
    hint: "Who may write the file may load into it. If you meant a database of csvrecon, name that with --db.",
  };
}

/** A parameter for databases of others, and one of ours. */
function onlyForForeign(path: string, parameter: string): StopMessage {
  return {
    text: `#Parameter ${parameter} is for databases that csvrecon did not make: ${quoted(path)} was made by it`,
    hint: "Leave it out, or name another database with --db",
  };
}

/** A database of ours, which needs no overlay. */
export function notForOurs(path: string): StopMessage {
  return {
    text: `#Database ${quoted(path)} was made by csvrecon: its model says all that an overlay could say`,
    hint: "csvrecon model show prints its classes",
  };
}

/** What is remembered of a feed stands where the change log is. */
export function needsChangeLog(parameter: string): StopMessage {
  return {
    text: `#Parameter ${parameter} needs a change log: what a feed has is kept there`,
    hint: "Leave out change_log=none",
  };
}

/** More tables than these are not told. */
const MOST_TABLES = 20;

/** @param what undefined: nothing is called so @param tables those that can be loaded */
export function unknownTable(
  name: string,
  what: NotClass | undefined,
  near: string | null,
  tables: readonly string[],
): StopMessage {
  const all = listOf(tables);
  if (what !== undefined) return { text: `#Class ${quoted(name)} ${WHY_NOT[what]}. ${all}`, hint: A_CLASS };
  const meant = near === null ? "" : `. Did you mean ${quoted(near)}?`;
  return { text: `#Unknown class: ${quoted(name)}${meant}`, hint: `${A_CLASS}. ${all}` };
}

const A_CLASS = "A class is a table, under its very name";

const WHY_NOT: Readonly<Record<NotClass, string>> = {
  view: "is a view: only tables can be loaded",
  virtual: "is a virtual table: only tables that keep their rows themselves can be loaded",
  shadow: "belongs to a virtual table, which alone may write to it: only other tables can be loaded",
  no_handle:
    "cannot be loaded: nothing tells its rows apart, as it has no key, and columns called rowid, _rowid_ and oid",
  hidden: "is hidden: the overlay says so, or csvrecon keeps its change log there",
};

function listOf(tables: readonly string[]): string {
  if (tables.length === 0) return "The database has none";
  const more = tables.length - MOST_TABLES;
  const told = tables.slice(0, MOST_TABLES).map(quoted).join(", ");
  return `Tables: ${told}${more > 0 ? `, and ${more} more: csvrecon model show lists them` : ""}`;
}

type WrongForDatabase = Extract<
  SettingProblem,
  { readonly kind: "database_without_users" | "only_for_foreign" | "database_missing" | "needs_change_log" }
>;

/** What speaks against a parameter because of whose the database is. */
export function wrongForDatabase(problem: WrongForDatabase): StopMessage {
  switch (problem.kind) {
    case "database_without_users":
      return databaseWithoutUsers(problem.database, problem.parameter);
    case "only_for_foreign":
      return onlyForForeign(problem.database, problem.parameter);
    case "database_missing":
      return databaseMissing(problem.database);
    case "needs_change_log":
      return needsChangeLog(problem.parameter);
  }
}
